"""The JSON of a signing: read strictly, and the same bytes for the same meaning."""

from typing import Any

import orjson

DEEPEST = 16


class NotJson(Exception):
    """The request is not the JSON that a tablet sends."""


def parse(raw: bytes) -> dict[str, Any]:
    """JSON to an object; NotJson for anything else, NaN, or nesting beyond what a tablet sends."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotJson from error
    if not isinstance(body, dict):
        raise NotJson
    plain: dict[str, Any] = _plain(body, DEEPEST)
    return plain


def canonical(body: dict[str, Any]) -> bytes:
    """The same bytes for the same JSON, however its keys are ordered or its numbers written.

    body: as parse() gives it.
    """
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def _plain(value: Any, levels: int) -> Any:
    """Whole numbers as such, however they were written; NotJson below so many levels."""
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if kind is not dict and kind is not list:
        return value
    if levels <= 1 and value:
        raise NotJson
    if kind is dict:
        return {key: _plain(inner, levels - 1) for key, inner in value.items()}
    return [_plain(inner, levels - 1) for inner in value]
