"""The picture of a drawing: SVG that looks on screen and on paper as it did under the finger."""

import math
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree

from records.drawing import Drawing, Piece, curves

INK = "#1b2a41"
MARGIN = 4.0
# The picture keeps its size on the pad, a little larger at most: a dot stays a dot.
LARGEST_SCALE, WIDEST, TALLEST = 1.5, 520.0, 150.0
# Thickness is drawn in steps that are too small to be seen.
STEP = 0.25

# The thickness of a part, and its curve: where it starts, its two handles, where it ends.
Part = tuple[float, float, float, float, float, float, float, float, float]


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


def runs(stroke: list[Piece], step: float) -> Iterator[tuple[float, list[Part]]]:
    """Join neighbouring pieces of the same thickness, rounded to a step, into one line each."""
    parts = (part for piece in stroke for part in stepped(piece, step))
    for width, run in groupby(parts, key=itemgetter(0)):
        yield width, list(run)


def stepped(piece: Piece, step: float) -> list[Part]:
    """Cut a piece where its thickness changes, and round each part's thickness to a step."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), thin, thick = piece
    change = thick - thin
    if abs(change) <= step:
        width = round((thick - change / 2) / step) * step or step
        return [(width, x0, y0, x1, y1, x2, y2, x3, y3)]
    count = math.ceil(abs(change) / step)
    # The curve is ((a t + b) t + c) t + start, and a handle is a third of its direction away.
    cx, cy = 3 * (x1 - x0), 3 * (y1 - y0)
    bx, by = 3 * (x2 - x1) - cx, 3 * (y2 - y1) - cy
    ax, ay = x3 - x0 - cx - bx, y3 - y0 - cy - by
    third = 1 / (3 * count)
    x, y, way_x, way_y = x0, y0, cx * third, cy * third
    parts = []
    for index in range(count):
        t, before, before_x, before_y = (index + 1) / count, (x, y), x + way_x, y + way_y
        x, y = ((ax * t + bx) * t + cx) * t + x0, ((ay * t + by) * t + cy) * t + y0
        way_x = ((3 * ax * t + 2 * bx) * t + cx) * third
        way_y = ((3 * ay * t + 2 * by) * t + cy) * third
        width = round((thin + change * (index + 0.5) / count) / step) * step or step
        parts.append((width, *before, before_x, before_y, x - way_x, y - way_y, x, y))
    return parts


def _path(parts: list[Part]) -> str:
    moves = "".join(f"C{_numbers(part[3:])}" for part in parts)
    return f"M{_numbers(parts[0][1:3])}{moves}"


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(map(_short, numbers))


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
