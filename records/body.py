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
    if not isinstance(body, dict) or _depth(body) > DEEPEST:
        raise NotJson
    return body


def canonical(body: dict[str, Any]) -> bytes:
    """The same bytes for the same JSON, however its keys are ordered or its numbers written."""
    return orjson.dumps(_plain(body), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(inner) for inner in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((_depth(inner) for inner in value), default=0)
    return 1
