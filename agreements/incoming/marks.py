"""Marks on paper that are not words: bullets of every make, numbers before clauses, blanks."""

import re

# These stand for a bullet even without a space after them. Word keeps its own glyphs (Symbol,
# Wingdings) in the private-use area.
GLYPHS = "•·●○◦▪▫■□‣⁃∙◆◇➢➤►▶✓✔❖\ue000-\uf8ff"
# And these only with a space.
SPACED = "§–—*+o-"
DIGITS = r"\d{1,3}[.)]"
CLAUSE = (
    rf"{DIGITS}|\d{{1,3}}(?:\.\d{{1,3}})+[.)]?|\((?:\d{{1,3}}|[a-z]|[ivxlc]{{1,6}})\)"
    r"|(?:[a-z]|[ivxlc]{1,6})[.)]|[A-Z]\)"
)
LABEL = re.compile(
    rf"\s*(?P<label>[{GLYPHS}](?=\s*\S)|[{SPACED}](?=\s+\S)|(?:{CLAUSE})(?=\s+\S))\s*"
)
# Three strokes, four dots or two ellipses, with or without spaces, are a line to write on.
BLANK = re.compile(
    r"(?:_[^\S\n]?){2,}_|\.{4,}|(?:\.[^\S\n]){3,}\.+|…(?:[^\S\n]?[….])+|(?:[-–—][^\S\n]?){4,}[-–—]"
    r"|(?:[․‥][^\S\n]?)+[․‥]"
)
PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
NAMED_PAGE = re.compile(r"\W*page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)

_bullet = re.compile(rf"[{GLYPHS}{SPACED}]")
_digits = re.compile(DIGITS)
_drawn = re.compile(rf"[{GLYPHS}§–—*+_.…․‥-]+")
_leading = re.compile(rf"^[{GLYPHS}]+")


def labelled(line: str) -> tuple[str, str]:
    """Part a line into what stands before it and its words: ("•", "Ask first")."""
    found = LABEL.match(line)
    return (found["label"], line[found.end() :].strip()) if found else ("", line.strip())


def is_bullet(label: str) -> bool:
    """Whether a label only draws a bullet."""
    return bool(_bullet.fullmatch(label))


def number_of(label: str) -> int | None:
    """The number of a label that a numbered list can show ("3." or "3)")."""
    return int(label[:-1]) if _digits.fullmatch(label) else None


def without_marks(token: str) -> str:
    """A word without the bullet before it; nothing for bullets, dots, dashes or strokes alone."""
    return "" if _drawn.fullmatch(token) else _leading.sub("", token)
