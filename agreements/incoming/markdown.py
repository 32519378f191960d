"""Markdown comes in as it was typed; only front matter, pictures and the closing go apart."""

import re
from itertools import groupby

from agreements.incoming.marks import BLANK
from agreements.incoming.pieces import Aside, Flow, Found, Piece, plain
from agreements.incoming.refusals import TooMuch
from agreements.incoming.words import shown_words, words_of

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
PICTURE = re.compile(r"^!\[([^\]]*)\]\([^)]*\)$")
HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
# A hundred marks before a line nest it deeper than any page can show.
NESTED = re.compile(r"^(?:[\s>]|[-+*]\s|\d+[.)]\s){60}", re.MULTILINE)
MARKS = set("*_\\&`<[")
BLOCK = re.compile(r"^(?:\s|[#>|]|[-+*]\s|\d+[.)]\s)")


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name has Markdown's headings; one may be a hash in prose."""
    return len(HEADING.findall(text)) > 1


def read_markdown(text: str) -> Found:
    """Read Markdown: each block stays as it is."""
    if NESTED.search(text):
        raise TooMuch
    front = FRONT_MATTER.match(text)
    flow: Flow = [Aside("front matter", "line 1", front[1])] if front else []
    lines = text.split("\n")
    number = front[0].count("\n") if front else 0
    rest: list[str] = []
    for is_blank, block in groupby(lines[number:], key=lambda line: not line.strip()):
        some = list(block)
        piece = None if is_blank else _block(some, f"line {number + 1}")
        flow += [piece] if piece else []
        rest += [""] if isinstance(piece, Aside) else some
        number += len(some)
    apart = [word for piece in flow if isinstance(piece, Aside) for word in words_of(piece.words)]
    shown = apart + shown_words("\n".join(rest), numbers=False)
    return Found(lines, flow, shown, headed=HEADING.search(text) is not None)


def _block(lines: list[str], where: str) -> Piece | Aside:
    text = "\n".join(lines)
    if picture := PICTURE.match(text.strip()):
        return Aside("picture", where, picture[1])
    is_plain = not BLOCK.match(text) and not set(BLANK.sub(" ", text)) & MARKS
    if len(lines) == 1 and is_plain:
        return Piece("paragraph", where, plain(text))
    return Piece("markdown", where, plain(text))
