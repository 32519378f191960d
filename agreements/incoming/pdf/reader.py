"""Reads a PDF: lines that belong together become paragraphs, items and headings."""

import statistics
from collections.abc import Iterator

from agreements.incoming.depth import Depths
from agreements.incoming.marks import labelled
from agreements.incoming.pdf.furniture import furniture_of
from agreements.incoming.pdf.line import PdfLine
from agreements.incoming.pdf.pages import pages_of
from agreements.incoming.pieces import Aside, Flow, Found, Piece, Run, Runs, without_label
from agreements.incoming.refusals import PicturesOfPages

# A heading's letters are this much larger than most; a paragraph's lines are this near (in sizes).
LARGER = 1.15
NEAR = 0.9
SAME_SIZE = 0.5
LONGEST_HEADING = 20
DEEPEST_HEADING = 3
# Points within which two items are moved in alike.
SAME_INDENT = 4.0


def read_pdf(data: bytes) -> Found:
    """Read a PDF's text layer; raises a Refused."""
    pages = pages_of(data)
    lines = [line for page in pages for line in page.lines]
    if not lines:
        raise PicturesOfPages
    furniture = furniture_of(pages)
    reading = _Reading([line for line in lines if id(line) not in furniture])
    flow: Flow = []
    for page in pages:
        for _picture in range(page.pictures):
            reading.lay_aside(Aside("picture", f"page {page.number}", ""))
        for line in page.lines:
            if what := furniture.get(id(line)):
                reading.lay_aside(Aside(what, f"page {page.number}", line.text.strip()))
            else:
                flow += reading.take(line)
    return Found([line.text for line in lines], [*flow, *reading.finish()])


class _Reading:
    """Gathers lines until the next one does not go on with them."""

    def __init__(self, lines: list[PdfLine]) -> None:
        usual = statistics.median(line.size for line in lines) if lines else 0.0
        sizes = {round(line.size) for line in lines if line.size >= usual * LARGER}
        self.levels = {size: level for level, size in enumerate(sorted(sizes, reverse=True), 1)}
        self.lines: list[PdfLine] = []
        self.aside: list[Aside] = []
        self.depths = Depths(SAME_INDENT)

    def lay_aside(self, aside: Aside) -> None:
        """Keep what is no text until the paragraph ends: it may go on over the page."""
        self.aside.append(aside)

    def take(self, line: PdfLine) -> Iterator[Piece | Aside]:
        """Take the next line; give the piece that ended before it."""
        if self.lines and not self._goes_on(line):
            yield from self.finish()
        self.lines.append(line)

    def finish(self) -> Iterator[Piece | Aside]:
        """The piece that was gathered, and what was laid aside meanwhile."""
        if self.lines:
            yield self._piece(self.lines)
        yield from self.aside
        self.lines, self.aside = [], []

    def _piece(self, lines: list[PdfLine]) -> Piece:
        first = lines[0]
        runs = _joined(lines)
        text = "".join(run.text for run in runs)
        label, _words = labelled(text)
        where = f"page {first.page}"
        level = min(self.levels.get(round(first.size), 0), DEEPEST_HEADING)
        if label and not level:
            depth = self.depths.of(first.left, label)
            return Piece("item", where, without_label(label, runs), depth, label)
        self.depths.clear()
        if level and len(text.split()) <= LONGEST_HEADING:
            plainly = tuple(Run(run.text) for run in runs)
            return Piece("heading", where, plainly, level, guessed=True)
        return Piece("paragraph", where, runs)

    def _goes_on(self, line: PdfLine) -> bool:
        """Whether a line continues the one before it."""
        before = self.lines[-1]
        if labelled(line.text)[0] or abs(line.size - before.size) > SAME_SIZE:
            return False
        if line.bold != before.bold and (line.bold or all(one.bold for one in self.lines)):
            return False
        if line.page != before.page or line.bottom > before.top:
            # The next page or column: a sentence goes on in small letters.
            ended = before.text.rstrip().endswith((".", ":", ";"))
            return not ended and line.text.lstrip()[0].islower()
        near = before.bottom - line.top < NEAR * line.size
        return near and before.right + _first_word(line) > max(before.edge, line.edge)


def _joined(lines: list[PdfLine]) -> Runs:
    runs: list[Run] = []
    for line in lines:
        runs += [*line.runs, Run(" ")]
    return tuple(runs)


def _first_word(line: PdfLine) -> float:
    """About how wide the first word of a line is, with the space before it."""
    letters = len(line.text.strip())
    return (line.right - line.left) * (len(line.text.split()[0]) + 1) / max(letters, 1)
