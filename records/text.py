"""The one Markdown block model for the tablet, the desk and the PDF."""

import hashlib
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


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or table cell: its words with single spaces."""

    kind: str
    words: str


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
    """Give the blocks of a text in reading order; `kind` is heading, item, cell or paragraph."""
    found: list[Block] = []
    opened: list[str] = []
    for token in _tokens(markdown):
        if token.nesting > 0:
            opened.append(token.type)
        elif token.nesting < 0:
            opened.pop()
        elif words := " ".join("".join(_pieces(token.children or [])).split()):
            found.append(Block(_kind(opened), words))
    return found


def normalised(markdown: str) -> str:
    """Give the text as it is hashed: Unicode NFC, lines ended by a single \\n."""
    return unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").replace("\r", "\n"))


def sha256(markdown: str) -> str:
    """Give the SHA-256 (hexadecimal) of the normalised text in UTF-8."""
    return hashlib.sha256(normalised(markdown).encode()).hexdigest()


def _tokens(markdown: str) -> list[Token]:
    return _parser().parse(normalised(markdown))


def _pieces(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _kind(opened: list[str]) -> str:
    if opened[-1] == "heading_open":
        return "heading"
    if opened[-1] in ("th_open", "td_open"):
        return "cell"
    return "item" if "list_item_open" in opened else "paragraph"


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
