"""The JSON of a signing: read strictly, and the same bytes for the same meaning."""

from typing import Any

import orjson

DEEPEST = 16
# From here on a float no longer tells one whole number from the next.
WHOLE_BELOW = 2**53


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
    _make_plain(body, DEEPEST)
    return body


def canonical(body: dict[str, Any]) -> bytes:
    """The same bytes for the same JSON, however its keys are ordered or its numbers written.

    body: as parse() gives it.
    """
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def _make_plain(value: Any, levels: int) -> None:
    """Write whole numbers as such, however they came, in place; NotJson below so many levels."""
    if levels <= 1 and value:
        raise NotJson
    for place, inner in value.items() if type(value) is dict else enumerate(value):
        kind = type(inner)
        if kind is float:
            if inner.is_integer() and abs(inner) < WHOLE_BELOW:
                value[place] = int(inner)
        elif kind is dict or kind is list:
            _make_plain(inner, levels - 1)
