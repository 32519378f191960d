"""What a reader finds in a file: pieces of text and what is laid aside, in the page's order."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "table", "markdown"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters that look alike; a line break is a newline."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of text.

    level: of a heading, from 1; of an item, how deep it lies, from 0. label: what stands before
    an item ("•", "1.", "(a)"). rows: a table's cells. guessed: it is a heading by its looks only.
    """

    kind: Kind
    where: str
    runs: Runs = ()
    level: int = 0
    label: str = ""
    rows: tuple[tuple[Runs, ...], ...] = ()
    guessed: bool = False

    @property
    def text(self) -> str:
        """Its words without their looks; a table's cells one after another."""
        cells = [*(cell for row in self.rows for cell in row)] or [self.runs]
        return " ".join("".join(run.text for run in runs) for runs in cells).strip()


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that is not part of the text: what it is, where it stood, and its words."""

    what: str
    where: str
    words: str


Flow = list[Piece | Aside]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader gives: the file's lines as plain text, and the same as pieces.

    shown: where marks stand between the source's words, as in Markdown, the words that a reader
    sees, without the numbers of lists. headed: it marks its own headings, so none is guessed.
    """

    source: list[str]
    flow: Flow = field(default_factory=list)
    shown: list[str] | None = None
    headed: bool = False


def plain(text: str) -> Runs:
    """Letters without any looks."""
    return (Run(text),) if text else ()


def cleaned(found: Found, clean: Callable[[str], str]) -> Found:
    """The same with every letter passed through `clean`."""

    def of(runs: Runs) -> Runs:
        return tuple(replace(run, text=clean(run.text)) for run in runs)

    flow: Flow = [
        replace(piece, words=clean(piece.words))
        if isinstance(piece, Aside)
        else replace(piece, runs=of(piece.runs), rows=tuple(tuple(map(of, r)) for r in piece.rows))
        for piece in found.flow
    ]
    return Found([clean(line) for line in found.source], flow)


def without_label(label: str, runs: Runs) -> Runs:
    """Some runs without the label that they begin with."""
    left = len(label)
    kept: list[Run] = []
    for run in runs:
        text = run.text.lstrip() if not kept else run.text
        cut = min(left, len(text))
        left -= cut
        text = text[cut:].lstrip() if not kept else text
        if text:
            kept.append(Run(text, run.bold, run.italic))
    return tuple(kept)
