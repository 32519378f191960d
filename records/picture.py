"""The picture of a drawing: SVG that looks on screen and on paper as it did under the finger."""

import math
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree

from records.drawing import Drawing, Piece, Spot, curves

INK = "#1b2a41"
MARGIN = 4.0
# The picture keeps its size on the pad, a little larger at most: a dot stays a dot.
LARGEST_SCALE, WIDEST, TALLEST = 1.5, 520.0, 150.0
# Thickness is drawn in steps that are too small to be seen.
STEP = 0.25

Curve = tuple[Spot, Spot, Spot, Spot]


def svg(drawing: Drawing, *, title: str | None = None) -> str:
    """Give an inline <svg> cropped to the ink; `title` says in words what it shows."""
    left, top, width, height = crop(drawing)
    scale = scale_of(width, height)
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "drawing",
            "role": "img",
            "viewBox": " ".join(map(_short, (left, top, width, height))),
            "width": _short(width * scale),
            "height": _short(height * scale),
            "fill": "none",
            "stroke": INK,
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
        },
    )
    if title:
        ElementTree.SubElement(root, "title").text = title
    for stroke in curves(drawing):
        for width_drawn, parts in runs(stroke, STEP):
            shape = {"d": _path(parts), "stroke-width": _short(width_drawn)}
            ElementTree.SubElement(root, "path", shape)
    return ElementTree.tostring(root, encoding="unicode")


def scale_of(width: float, height: float) -> float:
    """Give how large a picture of a crop is drawn, in page pixels for a pad pixel."""
    return min(LARGEST_SCALE, WIDEST / width, TALLEST / height)


def crop(drawing: Drawing) -> tuple[float, float, float, float]:
    """Give left, top, width and height of the box around all ink, with a margin."""
    ink = [sample for stroke in drawing.strokes for sample in stroke]
    room = MARGIN + max(width for _, _, width in ink)
    left, right = min(x for x, _, _ in ink) - room, max(x for x, _, _ in ink) + room
    top, bottom = min(y for _, y, _ in ink) - room, max(y for _, y, _ in ink) + room
    return left, top, right - left, bottom - top


def runs(stroke: list[Piece], step: float) -> Iterator[tuple[float, list[Curve]]]:
    """Join neighbouring pieces of the same thickness, rounded to a step, into one line each."""
    parts = (part for piece in stroke for part in stepped(piece, step))
    for width, run in groupby(parts, key=itemgetter(0)):
        yield width, [part for _, part in run]


def stepped(piece: Piece, step: float) -> list[tuple[float, Curve]]:
    """Cut a piece where its thickness changes, and round each part's thickness to a step."""
    start, handle1, handle2, end, thin, thick = piece
    rest, change = (start, handle1, handle2, end), thick - thin
    if abs(change) <= step:
        return [(_rounded(thick - change / 2, step), rest)]
    count, parts = math.ceil(abs(change) / step), []
    for index in range(count - 1):
        part, rest = _cut(rest, 1 / (count - index))
        parts.append((_rounded(thin + change * (index + 0.5) / count, step), part))
    parts.append((_rounded(thick - change / (2 * count), step), rest))
    return parts


def _rounded(width: float, step: float) -> float:
    return round(width / step) * step or step


def _path(parts: list[Curve]) -> str:
    moves = "".join(f"C{_spots(*part[1:])}" for part in parts)
    return f"M{_spots(parts[0][0])}{moves}"


def _cut(curve: Curve, t: float) -> tuple[Curve, Curve]:
    """Cut a cubic at t in two: de Casteljau's construction, without a call for each step of it."""
    start, (x1, y1), (x2, y2), end = curve
    (x0, y0), (x3, y3) = start, end
    xa, ya = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
    xb, yb = x1 + (x2 - x1) * t, y1 + (y2 - y1) * t
    xc, yc = x2 + (x3 - x2) * t, y2 + (y3 - y2) * t
    xd, yd = xa + (xb - xa) * t, ya + (yb - ya) * t
    xe, ye = xb + (xc - xb) * t, yb + (yc - yb) * t
    middle = xd + (xe - xd) * t, yd + (ye - yd) * t
    return (start, (xa, ya), (xd, yd), middle), (middle, (xe, ye), (xc, yc), end)


def _spots(*spots: Spot) -> str:
    return " ".join(f"{_short(x)} {_short(y)}" for x, y in spots)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
