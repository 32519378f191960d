"""Writes pieces down as our Markdown, so that nothing becomes a mark by accident."""

from dataclasses import dataclass, field

from agreements.incoming.inline import cell, in_line
from agreements.incoming.marks import is_bullet, number_of
from agreements.incoming.pieces import Piece, Run


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading by its looks: the line it stands on, and both ways to write it."""

    line: int
    heading: str
    paragraph: str


@dataclass(slots=True)
class _Open:
    """An open item of a list: where its text begins, and what the next number would be."""

    offset: int
    next_number: int | None
    delimiter: str


@dataclass(slots=True)
class _Sheet:
    """What is written so far, and the lists that are still open."""

    lines: list[str] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    after_item: bool = False


def write_down(pieces: list[Piece]) -> tuple[str, list[Guess]]:
    """Give the Markdown of some pieces, and which of its headings were guessed."""
    sheet = _Sheet()
    for piece in pieces:
        if piece.kind == "item" and not piece.text and is_bullet(piece.label):
            continue  # A bullet before a line to write on.
        if piece.kind == "item" and piece.text:
            _item(sheet, piece)
        elif piece.kind == "table":
            _block(sheet, _table(piece))
        elif piece.kind == "heading":
            _heading(sheet, piece)
        elif piece.kind == "markdown":
            # As it was typed: an indent may belong to the list before it.
            _block(sheet, "".join(run.text for run in piece.runs).split("\n"))
        elif words := in_line(_with_label(piece)):
            _block(sheet, words.split("\n"))
    return "\n".join(sheet.lines).strip("\n") + "\n", sheet.guesses


def _block(sheet: _Sheet, lines: list[str], indent: int = 0) -> None:
    """Add a block after an empty line; without an indent it ends every list."""
    if not indent:
        sheet.open.clear()
    if sheet.lines:
        sheet.lines.append("")
    sheet.lines += [" " * indent + line for line in lines]
    sheet.after_item = False


def _heading(sheet: _Sheet, piece: Piece) -> None:
    whole = _with_label(piece)
    plainly = tuple(Run(" ".join(run.text.split("\n"))) for run in whole)
    words = in_line(plainly, heading=True)
    if not words:
        return
    _block(sheet, [f"{'#' * piece.level} {words}"])
    if piece.guessed:
        line = len(sheet.lines) - 1
        sheet.guesses.append(Guess(line, sheet.lines[line], in_line(whole).replace("\\\n", " ")))


def _item(sheet: _Sheet, piece: Piece) -> None:
    number = number_of(piece.label)
    if number is None and not is_bullet(piece.label):
        # Markdown has no such list, so the label stays a word of its paragraph.
        depth = min(piece.level, len(sheet.open))
        indent = sheet.open[depth - 1].offset if depth else 0
        del sheet.open[depth:]
        _block(sheet, in_line(_with_label(piece)).split("\n"), indent)
        return
    depth = min(piece.level, len(sheet.open))
    mark, goes_on = _mark(sheet, depth, number)
    indent = sheet.open[depth - 1].offset if depth else 0
    offset = indent + len(mark) + 1
    if sheet.lines and not (sheet.after_item and goes_on):
        sheet.lines.append("")
    first, *rest = in_line(piece.runs).split("\n")
    sheet.lines.append(f"{' ' * indent}{mark} {first}")
    sheet.lines += [" " * offset + line for line in rest]
    del sheet.open[depth:]
    after = None if number is None else number + 1
    sheet.open.append(_Open(offset, after, mark[-1]))
    sheet.after_item = True


def _mark(sheet: _Sheet, depth: int, number: int | None) -> tuple[str, bool]:
    """The mark of an item, and whether it goes on with the list that is open there."""
    before = sheet.open[depth] if depth < len(sheet.open) else None
    if number is None:
        return "-", depth > 0 if before is None else before.delimiter == "-"
    if before is None or before.delimiter == "-":
        # Only a list that begins with 1 may follow a line directly.
        return f"{number}.", depth > 0 and before is None and number == 1
    if before.next_number == number:
        return f"{number}{before.delimiter}", True
    # Markdown counts on by itself; the other delimiter begins a list with a number of its own.
    return f"{number}{')' if before.delimiter == '.' else '.'}", False


def _with_label(piece: Piece) -> tuple[Run, ...]:
    return (Run(f"{piece.label} "), *piece.runs) if piece.label else piece.runs


def _table(piece: Piece) -> list[str]:
    width = max(len(row) for row in piece.rows)
    rows = [[cell(runs) for runs in row] + [""] * (width - len(row)) for row in piece.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], f"|{' --- |' * width}", *lines[1:]]
