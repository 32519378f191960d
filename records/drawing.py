"""Finger strokes: what is kept of them, the smooth curve through them, and their picture."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import orjson

from records.points import Group, sheet

Sample = tuple[float, float, float]
Spot = tuple[float, float]

# pixels per millisecond; a faster finger is a fault of the clock, and infinity would spread.
FASTEST = 1e6


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes as (x, y, line thickness) in pad pixels; no times and no pressure are kept."""

    width: float
    height: float
    strokes: tuple[tuple[Sample, ...], ...]

    def as_data(self) -> dict[str, object]:
        """Give plain lists and numbers, ready for JSON."""
        strokes = [[list(sample) for sample in stroke] for stroke in self.strokes]
        return {"width": self.width, "height": self.height, "strokes": strokes}

    def to_json(self) -> str:
        """Give the drawing as compact JSON, for the database."""
        return orjson.dumps(self.as_data()).decode()

    @classmethod
    def from_json(cls, text: str) -> "Drawing":
        """Give back the drawing that to_json() wrote."""
        data = orjson.loads(text)
        strokes = tuple(tuple((x, y, w) for x, y, w in stroke) for stroke in data["strokes"])
        return cls(data["width"], data["height"], strokes)


class Piece(NamedTuple):
    """One cubic Bézier piece between two samples, with the line's thickness at both ends."""

    start: Spot
    handle1: Spot
    handle2: Spot
    end: Spot
    start_width: float
    end_width: float


def read(raw: object) -> Drawing:
    """Read the tablet's `drawing` object, or raise DrawingNotAcceptable.

    raw: {"width", "height", "groups"} with signature_pad's toData() as groups.
    """
    pad = sheet(raw)
    strokes = tuple(tuple(_rounded(s) for s in samples(group)) for group in pad.groups)
    return Drawing(round(pad.width, 2), round(pad.height, 2), strokes)


def samples(group: Group) -> tuple[Sample, ...]:
    """Give each point of a stroke its line thickness by the library's rule: faster is thinner."""
    start = group.min_width + group.max_width
    first = group.points[0]
    if len(group.points) == 1:
        return ((first.x, first.y, 2 * group.dot_size or start),)
    traced = [(first.x, first.y, start)]
    speed = 0.0
    weight, thin, thick = group.weight, group.min_width, group.max_width
    for (ax, ay, earlier), (x, y, time) in pairwise(group.points):
        # A clock that was silent or went backwards says nothing about the pace.
        taken = 0.0 if earlier is None or time is None else time - earlier
        pace = min(math.hypot(x - ax, y - ay) / taken, FASTEST) if taken > 0 else 0.0
        speed = weight * pace + (1 - weight) * speed
        # The library's width is a pen radius; what is kept is the whole thickness.
        traced.append((x, y, 2 * max(thick / (speed + 1), thin)))
    return tuple(traced)


def curves(drawing: Drawing, *, library_order: bool = False) -> list[list[Piece]]:
    """Give the smooth pieces of every stroke; a dot is one piece that stays where it is."""
    return [list(pieces(stroke, library_order=library_order)) for stroke in drawing.strokes]


def pieces(stroke: tuple[Sample, ...], *, library_order: bool = False) -> Iterator[Piece]:
    """Give one stroke's pieces, each as smooth as its neighbours allow.

    signature_pad 5.1.4 swaps the two handles and leaves the last piece out. `library_order`
    does the same, so that a test can compare the two; nobody means their ink to look like that.
    """
    met = stroke if len(stroke) > 1 else stroke * 2
    handles = _handles(met)
    ends = pairwise(zip(met, handles, strict=True))
    for (b, (_, after)), (c, (before, _)) in list(ends)[:-1] if library_order else ends:
        if library_order:
            after, before = before, after
        yield Piece(b[:2], after, before, c[:2], b[2], c[2])


def _rounded(sample: Sample) -> Sample:
    """Round to hundredths; round(x, 2) takes ten times as long, for it goes by way of text."""
    x, y, width = sample
    return round(x * 100) / 100, round(y * 100) / 100, round(width * 100) / 100


def _handles(met: tuple[Sample, ...]) -> list[tuple[Spot, Spot]]:
    """Give the handles before and after each sample, on one straight line through it."""
    handles, near = [], 0.0
    (ax, ay, _), (bx, by, _) = met[0], met[0]
    for cx, cy, _ in (*met[1:], met[-1]):
        far = math.hypot(cx - bx, cy - by)
        share = far / (near + far) if near + far else 0.0
        # From the middle of b and c to that of a and b; its point at this share moves onto b.
        x, y = (ax - cx) / 2, (ay - cy) / 2
        after_x, after_y = bx - x * share, by - y * share
        handles.append(((after_x + x, after_y + y), (after_x, after_y)))
        ax, ay, bx, by, near = bx, by, cx, cy, far
    return handles
