"""The closing lines of a paper form: what is signed under, and who adopted it, kept apart."""

import re
from dataclasses import dataclass

from agreements.incoming.adoption import Adoption, is_adoption, read_adoption
from agreements.incoming.marks import BLANK
from agreements.incoming.pieces import Aside, Flow, Piece

MOST_LINES = 30
MOST_STATEMENTS = 3
LONGEST_LABEL = 8
LONGEST_TITLE = 14
STATEMENT = re.compile(
    r"(?:by signing|i(?:,| (?:have|agree|understand|confirm|acknowledge|accept|will|declare))\b)",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:sign(?:ed|ature)?|name|date|position|role|title|witness(?:ed)?)\b", re.I)
# A label that needs no blank behind it to be one.
BARE = re.compile(
    r".*:|(?:print(?:ed)? |full |your )?(?:name|signed|signature|date|position|role|job title)",
    re.IGNORECASE,
)
NO_TITLE = re.compile(r"[.:;]$|\d{3}")
SIGNED = re.compile(r"\bsign(?:ed|ature)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignOff:
    """What a paper form's last lines suggest for the sign-off."""

    title: str = ""
    wording: str = ""
    name_label: str = ""


def apart(flow: Flow) -> tuple[Flow, SignOff, Adoption]:
    """Part a text from the lines that close it; they become asides where they stood."""
    pieces = [piece for piece in flow if isinstance(piece, Piece)][-MOST_LINES:]
    chosen: dict[int, str] = {}
    for place in reversed(range(len(pieces))):
        piece = pieces[place]
        what = _what(piece, pieces[place + 1] if place + 1 < len(pieces) else None)
        if what is None:
            break
        chosen[id(piece)] = what
    signed_under = [piece for piece in pieces if chosen.get(id(piece)) == "sign-off"]
    really = _signed_under(signed_under)
    for piece in signed_under:
        if piece not in really:
            del chosen[id(piece)]
    kept = [_aside(chosen[id(p)], p) if chosen.get(id(p), "kept") != "kept" else p for p in flow]
    return kept, _sign_off(really), read_adoption([row for piece in pieces for row in _rows(piece)])


def _signed_under(pieces: list[Piece]) -> list[Piece]:
    """The closing lines without those that are the agreement itself, which may say "I will" too."""
    if not any(SIGNED.search(piece.text) for piece in pieces):
        return []
    statements = [n for n, piece in enumerate(pieces) if _is_statement(piece)]
    return pieces[statements[-1] :] if len(statements) > MOST_STATEMENTS else pieces


def _what(piece: Piece, below: Piece | None) -> str | None:
    """What a closing line is; None where the text itself ends."""
    text = piece.text
    if piece.kind == "markdown":
        return None
    if is_adoption(text):
        return "adoption" if BLANK.search(text) or "" in _cells(piece) else "kept"
    if _asks(piece) or _is_statement(piece):
        return "sign-off"
    is_title = piece.kind in {"paragraph", "heading"} and len(text.split()) <= LONGEST_TITLE
    if is_title and below and _is_statement(below) and not NO_TITLE.search(text):
        return "sign-off"
    return None


def _is_statement(piece: Piece) -> bool:
    return piece.kind != "item" and bool(STATEMENT.match(piece.text))


def _asks(piece: Piece) -> bool:
    """Whether a line is only labels, with blanks behind them or without."""
    cells = _cells(piece)
    chunks = [chunk.strip() for cell in cells for chunk in BLANK.split(cell)]
    chunks = [chunk for chunk in chunks if any(map(str.isalpha, chunk))]
    has_blank = bool(BLANK.search(piece.text)) or "" in cells
    if not all(len(chunk.split()) <= LONGEST_LABEL and ASKED.search(chunk) for chunk in chunks):
        return False
    return has_blank or (piece.kind != "item" and all(BARE.fullmatch(chunk) for chunk in chunks))


def _aside(what: str, piece: Piece | Aside) -> Aside:
    label = f"{piece.label} " if isinstance(piece, Piece) and piece.label else ""
    return Aside(what, piece.where, label + (piece.text if isinstance(piece, Piece) else ""))


def _sign_off(pieces: list[Piece]) -> SignOff:
    statements = [piece for piece in pieces if _is_statement(piece)]
    titles = [piece for piece in pieces if piece not in statements and not _asks(piece)]
    chunks = [c for p in pieces if _asks(p) for cell in _cells(p) for c in BLANK.split(cell)]
    names = [chunk.strip() for chunk in chunks if re.search(r"\bname\b", chunk, re.IGNORECASE)]
    wording = " ".join(BLANK.sub(" ", piece.text) for piece in statements)
    return SignOff(
        title=titles[0].text if titles else "",
        wording=" ".join(wording.split()),
        name_label=names[0] if names else "",
    )


def _cells(piece: Piece) -> list[str]:
    cells = ["".join(run.text for run in cell).strip() for row in piece.rows for cell in row]
    return cells or [piece.text]


def _rows(piece: Piece) -> list[str]:
    rows = [" ".join("".join(run.text for run in cell) for cell in row) for row in piece.rows]
    return rows or [piece.text]
