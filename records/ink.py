"""The ink of a drawing as PDF draws it: the same picture as picture.py's, in few bytes."""

from records.drawing import Drawing, Sample, pieces
from records.picture import crop, scale_of, stepped

# Coordinates are whole tenths of a pad pixel, which is finer than any printer.
FINE = 10
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
    lines = [f"q {place} 1 J 1 j"]
    for stroke in drawing.strokes:
        lines += _stroke(stroke)
    lines.append("Q")
    return "\n".join(lines)


def _stroke(stroke: tuple[Sample, ...]) -> list[str]:
    """Give the operators of one stroke; each change of thickness begins a new line."""
    lines: list[str] = []
    drawn_with = 0.0
    fine = tuple((x * FINE, y * FINE, thickness) for x, y, thickness in stroke)
    for piece in pieces(fine):
        for thickness, part in stepped(piece, STEP):
            start, (x1, y1), (x2, y2), (x3, y3) = part
            if thickness != drawn_with:
                begun = f"{round(thickness * FINE)} w {round(start[0])} {round(start[1])} m"
                lines.append(f"S {begun}" if lines else begun)
                drawn_with = thickness
            lines.append(
                f"{round(x1)} {round(y1)} {round(x2)} {round(y2)} {round(x3)} {round(y3)} c"
            )
    return [*lines, "S"]


def extent(drawing: Drawing) -> tuple[float, float]:
    """Give how wide and tall it is drawn, in page pixels."""
    _, _, width, height = crop(drawing)
    scale = scale_of(width, height)
    return width * scale, height * scale
