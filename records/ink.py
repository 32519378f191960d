"""The ink of a drawing as PDF draws it: the same picture as picture.py's, in few bytes."""

import orjson

from records.drawing import Drawing, Sample, pieces
from records.picture import crop, scale_of, stepped

# Coordinates are whole tenths of a pad pixel, which is finer than any printer.
FINE = 10
# The operators of PDF that a line is drawn with.
PAINT, THICK, MOVE, CURVE = "S", "w", "m", "c"
SPACES = bytes.maketrans(b",", b" ")
# Thickness in steps of half a pad pixel: coarser than on the screen, still too fine to be seen.
STEP = 0.5


def ink(drawing: Drawing, x: float, y: float) -> str:
    """Give the operators that draw it with its top left corner at x, y, on a page that counts
    downwards in page pixels; the colour is set before."""
    left, top, width, height = crop(drawing)
    scale = scale_of(width, height)
    place = (
        f"{scale / FINE:.6f} 0 0 {scale / FINE:.6f} {x - left * scale:.3f} {y - top * scale:.3f} cm"
    )
    strokes = "".join(f" {_stroke(stroke)}" for stroke in drawing.strokes)
    return f"q {place} 1 J 1 j{strokes} Q"


def _stroke(stroke: tuple[Sample, ...]) -> str:
    """Give the operators of one stroke; each change of thickness begins a new line.

    A fast signature is three hundred curves of six numbers. orjson writes numbers ten times as
    fast as Python does, so they are written as one JSON list, without its brackets and signs.
    """
    says: list[int | str] = []
    drawn_with = 0.0
    fine = tuple((x * FINE, y * FINE, thickness) for x, y, thickness in stroke)
    for piece in pieces(fine):
        for thickness, x0, y0, x1, y1, x2, y2, x3, y3 in stepped(piece, STEP):
            if thickness != drawn_with:
                says += (PAINT, round(thickness * FINE), THICK, round(x0), round(y0), MOVE)
                drawn_with = thickness
            says += (round(x1), round(y1), round(x2), round(y2), round(x3), round(y3), CURVE)
    # Nothing is there to be painted before the first line.
    return orjson.dumps([*says[1:], PAINT]).translate(SPACES, b'[]"').decode()


def extent(drawing: Drawing) -> tuple[float, float]:
    """Give how wide and tall it is drawn, in page pixels."""
    _, _, width, height = crop(drawing)
    scale = scale_of(width, height)
    return width * scale, height * scale
