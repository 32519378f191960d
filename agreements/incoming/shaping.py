"""What only looks like a heading is guessed to be one; blanks to write on are taken out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from agreements.incoming.marks import BLANK, number_of
from agreements.incoming.pieces import Aside, Flow, Piece, Run, Runs

LONGEST_HEADING = 14
LONGEST_NUMBERED = 6
ENDS_A_SENTENCE = (".", ";", ",", "!", "?")


def without_blanks(flow: Flow) -> Iterator[Piece | Aside]:
    """Take out the lines and dots that were drawn to write on, and say where they stood."""
    for piece in flow:
        if isinstance(piece, Aside) or piece.kind == "markdown":
            yield piece
            continue
        places = [piece.runs, *(cell for row in piece.rows for cell in row)]
        blanks = [found[0].strip() for runs in places for found in BLANK.finditer(_text(runs))]
        if blanks:
            rows = tuple(tuple(map(_blanked, row)) for row in piece.rows)
            piece = replace(piece, runs=_blanked(piece.runs), rows=rows)
        if piece.text or piece.label:
            yield piece
        yield from (Aside("blank", piece.where, blank) for blank in blanks)


def with_headings(flow: Flow) -> Iterator[Piece | Aside]:
    """Make headings of the paragraphs that look like one."""
    pieces = [piece for piece in flow if isinstance(piece, Piece)]
    has_title = any(piece.kind == "heading" and piece.level == 1 for piece in pieces)
    has_own = any(piece.kind == "heading" for piece in pieces)
    around = zip([None, *pieces], pieces, [*pieces[1:], None], strict=False)
    found = {
        id(piece) for before, piece, after in around if _is_heading(before, piece, after, has_own)
    }
    for piece in flow:
        if isinstance(piece, Aside) or id(piece) not in found:
            yield piece
            continue
        is_title = not has_title and not piece.label and not piece.text.endswith(":")
        has_title = has_title or is_title
        runs = tuple(Run(run.text) for run in piece.runs)
        yield replace(piece, kind="heading", level=1 if is_title else 2, runs=runs, guessed=True)


def _is_heading(before: Piece | None, piece: Piece, after: Piece | None, has_own: bool) -> bool:
    text = piece.text
    if piece.kind not in {"paragraph", "item"} or len(text.split()) > LONGEST_HEADING:
        return False
    if after is None or after.kind == "heading" or "\n" in text or not text.strip(":"):
        return False
    if piece.kind == "item":
        return _is_numbered_heading(before, piece, after)
    if text.endswith(":"):
        return True
    if text.endswith(ENDS_A_SENTENCE):
        return False
    return _stands_out(piece) or (not has_own and _is_title(piece))


def _is_numbered_heading(before: Piece | None, piece: Piece, after: Piece) -> bool:
    """Whether a number stands before a few words with text or its own clauses (1.1) below."""
    if number_of(piece.label) is None or piece.text.endswith((*ENDS_A_SENTENCE, ":")):
        return False
    if before is not None and number_of(before.label) is not None:
        return False
    has_text = after.kind != "item" or after.label.startswith(f"{number_of(piece.label)}.")
    is_short = len(piece.text.split()) <= LONGEST_NUMBERED
    return has_text and number_of(after.label) is None and (is_short or _stands_out(piece))


def _stands_out(piece: Piece) -> bool:
    """Whether all of it is bold, or all of it capitals."""
    letters = [letter for letter in piece.text if letter.isalpha()]
    capitals = len(letters) > 3 and all(letter.isupper() for letter in letters)
    return capitals or all(run.bold for run in piece.runs if run.text.strip())


def _is_title(piece: Piece) -> bool:
    """Whether most of its words begin with a capital, as a title's do; no registration's number."""
    words = [word for word in piece.text.split() if word[0].isalpha()]
    if re.search(r"\d{5}|[@:]", piece.text):
        return False
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 4 >= len(words) * 3


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _blanked(runs: Runs) -> Runs:
    """The same letters with a space for each blank; a blank may go on from one run to the next."""
    drawn = {place for found in BLANK.finditer(_text(runs)) for place in range(*found.span())}
    kept, start = [], 0
    for run in runs:
        letters = enumerate(run.text, start)
        kept.append(replace(run, text="".join(" " if n in drawn else c for n, c in letters)))
        start += len(run.text)
    return tuple(kept)
