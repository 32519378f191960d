"""The one Markdown block model for the tablet, the desk and the PDF."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Rules that would hide words (raw HTML, link targets, pictures) or set them as program text.
# Without them the characters stand in the text as they were typed: nothing is lost.
UNWANTED = ["html_block", "html_inline", "link", "image", "autolink", "reference"]
UNWANTED += ["code", "fence", "backticks"]
# markdown-it drops blocks that are nested deeper than this; a list inside a list counts two.
DEEPEST = 100
# Between the cells of a table's row, when the row is said in one line.
CELLS = " | "
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, item of a list or row of a table, in reading order.

    shape: what it stands in and is, outermost first, like "ul/li/p". words: what is read, with
    single spaces. typed: the same with its Markdown marks. heading: the one it stands under; a
    heading's own is itself.
    """

    shape: str
    words: str
    typed: str
    heading: str

    @property
    def kind(self) -> str:
        """What it is in a word: heading, row, item or paragraph."""
        parts = self.shape.split("/")
        if parts[-1] in HEADINGS:
            return "heading"
        if "tr" in parts:
            return "row"
        return "item" if "li" in parts else "paragraph"


def to_html(markdown: str, *, top_heading: int = 1) -> str:
    """Give safe HTML for a text; its first heading gets the level `top_heading`."""
    tokens = _tokens(markdown)
    _level_headings(tokens, top_heading)
    return str(_parser().renderer.render(tokens, _parser().options, {}))


def plain_words(markdown: str) -> list[str]:
    """Give every word of a text in reading order, without the Markdown marks around them."""
    words: list[str] = []
    for token in _tokens(markdown):
        words += "".join(_pieces(token.children or [])).split()
    return words


def blocks(markdown: str) -> list[Block]:
    """Give the blocks that have words; together they have every word of the text."""
    found: list[Block] = []
    around: list[str] = []
    row: list[Token] = []
    heading = ""
    for token in _tokens(markdown):
        if token.nesting == 1:
            around.append(token.tag)
        if token.type == "inline" and "tr" in around:
            row.append(token)
        elif token.type in ("inline", "tr_close"):
            words, typed = _said(row or [token])
            heading = words if around[-1] in HEADINGS else heading
            found.append(Block("/".join(around), words, typed, heading))
            row = []
        if token.nesting == -1:
            around.pop()
    return [block for block in found if block.words.strip(CELLS)]


def normalised(markdown: str) -> str:
    """Give the text as it is hashed: Unicode NFC, lines ended by a single \\n."""
    return unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").replace("\r", "\n"))


def sha256(markdown: str) -> str:
    """Give the SHA-256 (hexadecimal) of the normalised text in UTF-8."""
    return hashlib.sha256(normalised(markdown).encode()).hexdigest()


def _tokens(markdown: str) -> list[Token]:
    return _parser().parse(normalised(markdown))


def _said(tokens: list[Token]) -> tuple[str, str]:
    """Give what is read of some inline tokens, and how it was typed."""
    words = (" ".join("".join(_pieces(token.children or [])).split()) for token in tokens)
    typed = (re.sub(r"[ \t\n]+", " ", token.content).strip() for token in tokens)
    return CELLS.join(words), CELLS.join(typed)


def _pieces(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _level_headings(tokens: list[Token], top: int) -> None:
    """Close the gaps between heading levels, so that a screen reader never meets a skipped one."""
    open_levels: list[int] = []
    level = top
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            open_levels = [*(outer for outer in open_levels if outer < typed), typed]
            level = min(top + len(open_levels) - 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    return parser.enable("table").disable(UNWANTED)
