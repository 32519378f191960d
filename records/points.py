"""What the pad sent: signature_pad's point groups, checked and made into plain numbers."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from records.errors import DrawingNotAcceptable

MOST_POINTS = 20_000
MOST_GROUPS = 500
LARGEST_PAD = 10_000.0
# A finger may slide off the sheet while it draws: ink stays within this share of the pad's size.
MARGIN = 0.2
# No screen is this large; such a number is a fault and not a finger.
FARTHEST = 20_000.0
THINNEST, THICKEST = 0.1, 20.0

NOT_READABLE = "We could not read your drawing. Please clear it and sign again."
NO_INK = "There is no drawing yet. Please sign on the line."
TOO_MUCH = "Your drawing has too many strokes for us to keep. Please clear it and sign again."


class Point(NamedTuple):
    """One sample: pad pixels from the top left corner, and milliseconds (None when not told)."""

    x: float
    y: float
    time: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """One stroke with the pen it was drawn with."""

    points: tuple[Point, ...]
    min_width: float
    max_width: float
    weight: float
    dot_size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pad's size in CSS pixels and the strokes on it."""

    width: float
    height: float
    groups: tuple[Group, ...]


def sheet(raw: object) -> Sheet:
    """Read {"width", "height", "groups": toData()} or raise DrawingNotAcceptable."""
    if not isinstance(raw, dict):
        raise DrawingNotAcceptable(NOT_READABLE)
    width, height = (_number(raw.get(side), 1, LARGEST_PAD) for side in ("width", "height"))
    groups = _list(raw.get("groups"))
    drawn = [points for group in groups if (points := _list(_part(group, "points")))]
    if not drawn:
        raise DrawingNotAcceptable(NO_INK)
    if len(groups) > MOST_GROUPS or sum(map(len, drawn)) > MOST_POINTS:
        raise DrawingNotAcceptable(TOO_MUCH)
    kept = [group for group in groups if _part(group, "points")]
    return Sheet(width, height, tuple(_group(group, width, height) for group in kept))


def _group(raw: object, width: float, height: float) -> Group:
    thin = _setting(_part(raw, "minWidth"), 0.5, THINNEST, THICKEST)
    thick = _setting(_part(raw, "maxWidth"), 2.5, THINNEST, THICKEST)
    return Group(
        points=tuple(_point(point, width, height) for point in _list(_part(raw, "points"))),
        min_width=thin,
        max_width=max(thin, thick),
        weight=_setting(_part(raw, "velocityFilterWeight"), 0.7, 0.0, 1.0),
        dot_size=_setting(_part(raw, "dotSize"), 0.0, 0.0, THICKEST),
    )


def _point(raw: object, width: float, height: float) -> Point:
    """Read one of a stroke's hundreds of points, with few calls for the usual ones."""
    if not isinstance(raw, dict):
        raise DrawingNotAcceptable(NOT_READABLE)
    x, y = raw.get("x"), raw.get("y")
    if type(x) is not float or not 0.0 <= x <= width:
        x = _near(x, width)
    if type(y) is not float or not 0.0 <= y <= height:
        y = _near(y, height)
    return Point(x, y, _finite(raw.get("time")))


def _near(raw: object, size: float) -> float:
    place = _number(raw, -FARTHEST, FARTHEST)
    return min(max(place, -MARGIN * size), (1 + MARGIN) * size)


def _part(raw: object, name: str) -> object:
    if not isinstance(raw, dict):
        raise DrawingNotAcceptable(NOT_READABLE)
    return raw.get(name)


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise DrawingNotAcceptable(NOT_READABLE)
    return raw


def _number(raw: object, least: float, most: float) -> float:
    number = _finite(raw)
    if number is None or not least <= number <= most:
        raise DrawingNotAcceptable(NOT_READABLE)
    return number


def _setting(raw: object, default: float, least: float, most: float) -> float:
    """Give a pen setting within its bounds; a wrong one is no reason to refuse a signature."""
    number = _finite(raw)
    return default if number is None else min(max(number, least), most)


def _finite(raw: object) -> float | None:
    if isinstance(raw, float):
        return raw if math.isfinite(raw) else None
    if isinstance(raw, bool) or not isinstance(raw, int):
        return None
    try:
        return float(raw)
    except OverflowError:
        return None
