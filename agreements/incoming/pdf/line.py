"""A line of a PDF with its place; a bullet that was set by itself is put before its line."""

from dataclasses import dataclass, replace

from agreements.incoming.marks import labelled
from agreements.incoming.pieces import Run, Runs


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: its letters, where it stands (points from the page's foot and left), its size.

    edge: how far to the right the lines of its column reach.
    """

    page: int
    runs: Runs
    left: float
    right: float
    bottom: float
    top: float
    size: float
    edge: float

    @property
    def text(self) -> str:
        """Its letters."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs if run.text.strip())


def with_labels(lines: list[PdfLine]) -> list[PdfLine]:
    """Put bullets and numbers that were set as lines of their own before the lines beside them."""
    before: dict[int, PdfLine] = {}
    for label in lines:
        if labelled(f"{label.text.strip()} x")[1] == "x":
            beside = [line for line in lines if _stands_beside(label, line)]
            if beside:
                before[id(min(beside, key=lambda line: line.left))] = label
    labels = {id(label) for label in before.values()}
    return [
        _joined(before[id(line)], line) if id(line) in before else line
        for line in lines
        if id(line) not in labels
    ]


def _stands_beside(label: PdfLine, line: PdfLine) -> bool:
    return line.left > label.right - 1 and abs(line.bottom - label.bottom) < line.size / 2


def _joined(label: PdfLine, line: PdfLine) -> PdfLine:
    mark = Run(f"{label.text.strip()} ", line.runs[0].bold, line.runs[0].italic)
    return replace(line, runs=(mark, *line.runs), left=label.left)
