"""Lines of a plain text become pieces: paragraphs, items, tables, and the furniture of pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from agreements.incoming.depth import Depths
from agreements.incoming.marks import NAMED_PAGE, labelled
from agreements.incoming.pieces import Aside, Flow, Found, Piece, Runs, plain

# Somebody pressed Enter at the end of each line when the longest are about this long.
NARROWEST, WIDEST = 50, 120
FULL = 0.8
# A few lines may be longer than that.
USUAL = 0.93
ENDS_A_SENTENCE = (".", ":", ";", "!", "?")
FEWEST_FULL_LINES = 3
TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1."""

    number: int
    text: str

    @property
    def where(self) -> str:
        """Where to look for it."""
        return f"line {self.number}"

    @property
    def indent(self) -> int:
        """How many columns it is moved in."""
        text = self.text.expandtabs(TAB)
        return len(text) - len(text.lstrip())


def read_plain(text: str) -> Found:
    """Read a plain or pasted text; one page ends where a form feed stands."""
    source = text.replace("\f", "\n").split("\n")
    lines = [Line(number, line) for number, line in enumerate(source, 1)]
    width = _width_of_wrapping(lines)
    flow: Flow = []
    depths = Depths()
    for is_blank, block in groupby(lines, key=lambda line: not line.text.strip()):
        if not is_blank:
            flow += _block(list(block), width, depths)
    return Found(source, flow)


def _block(lines: list[Line], width: int | None, depths: Depths) -> Iterator[Piece | Aside]:
    """The pieces between two empty lines."""
    for columns, some in groupby(lines, key=lambda line: line.text.strip().count("\t")):
        rows = list(some)
        if columns and len(rows) > 1 and not any(labelled(row.text)[0] for row in rows):
            depths.clear()
            yield Piece("table", rows[0].where, rows=tuple(_cells(row) for row in rows))
        else:
            yield from _joined(rows, width, depths)


def _cells(line: Line) -> tuple[Runs, ...]:
    return tuple(plain(cell.strip()) for cell in line.text.strip().split("\t"))


def _joined(lines: list[Line], width: int | None, depths: Depths) -> Iterator[Piece | Aside]:
    waiting = list(lines)
    while waiting:
        first = waiting.pop(0)
        parts = [first.text.strip()]
        last = first
        while waiting and width and _goes_on(last, waiting[0], width):
            last = waiting.pop(0)
            parts.append(last.text.strip())
        yield _piece(first, " ".join(parts), depths)


def _piece(line: Line, text: str, depths: Depths) -> Piece | Aside:
    if NAMED_PAGE.fullmatch(text):
        return Aside("page number", line.where, text)
    label, words = labelled(text)
    if not label:
        depths.clear()
        return Piece("paragraph", line.where, plain(text))
    return Piece("item", line.where, plain(words), depths.of(line.indent, label), label)


def _goes_on(line: Line, after: Line, width: int) -> bool:
    """Whether a line was broken only because the next word would not have fitted."""
    label, words = labelled(after.text)
    length = len(line.text.rstrip())
    return not label and length <= width < length + 1 + len(words.split()[0])


def _width_of_wrapping(lines: list[Line]) -> int | None:
    """The width at which a text was broken into lines, or None when each is a paragraph.

    Lines that were broken mostly end in the middle of a sentence.
    """
    texts = [line.text.rstrip() for line in lines if line.text.strip()]
    lengths = sorted(map(len, texts))
    width = lengths[int(len(lengths) * USUAL)] if lengths else 0
    full = [text for text in texts if FULL * width <= len(text) <= width]
    broken = sum(not text.endswith(ENDS_A_SENTENCE) for text in full)
    is_wrapped = len(full) >= FEWEST_FULL_LINES and broken * 2 >= len(full)
    return width if NARROWEST <= width <= WIDEST and is_wrapped else None
