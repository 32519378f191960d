"""The picture of a drawing: SVG that looks on screen and on paper as it did under the finger."""

import math
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree

from records.drawing import Drawing, Piece, Spot, curves

INK = "#1b2a41"
MARGIN = 4.0
# The picture keeps its size on the pad, a little larger at most: a dot stays a dot.
LARGEST_SCALE, WIDEST, TALLEST = 1.5, 520.0, 150.0
# Thickness is drawn in steps that are too small to be seen.
STEP = 0.25


def svg(drawing: Drawing, *, title: str | None = None) -> str:
    """Give an inline <svg> cropped to the ink; `title` says in words what it shows."""
    left, top, width, height = _crop(drawing)
    scale = min(LARGEST_SCALE, WIDEST / width, TALLEST / height)
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
        for width_drawn, path in _runs(stroke):
            shape = {"d": path, "stroke-width": _short(width_drawn)}
            ElementTree.SubElement(root, "path", shape)
    return ElementTree.tostring(root, encoding="unicode")


def _crop(drawing: Drawing) -> tuple[float, float, float, float]:
    """Give left, top, width and height of the box around all ink, with a margin."""
    ink = [sample for stroke in drawing.strokes for sample in stroke]
    room = MARGIN + max(width for _, _, width in ink)
    left, right = min(x for x, _, _ in ink) - room, max(x for x, _, _ in ink) + room
    top, bottom = min(y for _, y, _ in ink) - room, max(y for _, y, _ in ink) + room
    return left, top, right - left, bottom - top


def _runs(stroke: list[Piece]) -> Iterator[tuple[float, str]]:
    """Join neighbouring pieces of the same thickness into one path each."""
    stepped = (part for piece in stroke for part in _stepped(piece))
    for width, run in groupby(stepped, key=lambda part: part[0]):
        parts = [part for _, part in run]
        moves = "".join(f"C{_spots(*part[1:])}" for part in parts)
        yield width, f"M{_spots(parts[0][0])}{moves}"


def _stepped(piece: Piece) -> Iterator[tuple[float, tuple[Spot, Spot, Spot, Spot]]]:
    """Cut a piece where its thickness changes, and round each part's thickness to a step."""
    change = piece.end_width - piece.start_width
    count = max(1, math.ceil(abs(change) / STEP))
    rest = piece[:4]
    for index in range(count):
        part, rest = _cut(rest, 1 / (count - index))
        width = piece.start_width + change * (index + 0.5) / count
        yield max(STEP, round(width / STEP) * STEP), part


def _cut(
    curve: tuple[Spot, Spot, Spot, Spot], t: float
) -> tuple[tuple[Spot, Spot, Spot, Spot], tuple[Spot, Spot, Spot, Spot]]:
    """Cut a cubic at t in two (de Casteljau's construction)."""
    p0, p1, p2, p3 = curve
    p01, p12, p23 = _between(p0, p1, t), _between(p1, p2, t), _between(p2, p3, t)
    p012, p123 = _between(p01, p12, t), _between(p12, p23, t)
    middle = _between(p012, p123, t)
    return (p0, p01, p012, middle), (middle, p123, p23, p3)


def _between(a: Spot, b: Spot, t: float) -> Spot:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _spots(*spots: Spot) -> str:
    return " ".join(f"{_short(x)} {_short(y)}" for x, y in spots)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
