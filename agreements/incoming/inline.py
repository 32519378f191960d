"""The letters of one block as Markdown: bold, italics, and what would be a mark by accident."""

import re
from itertools import groupby

from agreements.incoming.pieces import Run, Runs
from records.text import plain_words

# Anywhere in a line: the backslash, what emphasises, and what would be read as a character's name.
ANYWHERE = re.compile(r"([\\*_]|&(?=#?\w+;))")
# At the start of a line: headings, quotations, lists, rules, tables, and lines under a heading.
AT_START = re.compile(
    r"^(\s*)([>=|:]|#(?=[#\s]|$)|[+\-](?=[\s\-|:]|$)|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)


def in_line(runs: Runs, *, heading: bool = False) -> str:
    """The words of a block; a line break inside it becomes a hard break."""
    styled = _joined(runs, styled=True)
    text = styled if _same(styled, runs) else _joined(runs, styled=False)
    if heading:
        return re.sub(r"(#+)$", r"\\\1", text)
    return start_escaped(text).replace("\n", "\\\n")


def cell(runs: Runs) -> str:
    """The words of a table's cell, on one line."""
    return in_line(tuple(_one_line(run) for run in runs), heading=True).replace("|", "\\|")


def start_escaped(text: str) -> str:
    """A text whose lines begin no block of another kind."""
    return AT_START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    # A number is escaped after it, because a backslash before a digit stays visible.
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _joined(runs: Runs, *, styled: bool) -> str:
    parts = []
    for stars, alike in groupby(runs, key=lambda run: "*" * (2 * run.bold + run.italic) * styled):
        text = "".join(run.text for run in alike)
        parts.append(_with_stars(ANYWHERE.sub(r"\\\1", text), stars))
    return _tidy("".join(parts))


def _with_stars(text: str, stars: str) -> str:
    """Stars close round the letters; spaces and line breaks stay outside of them."""
    if not stars:
        return text
    return "".join(
        f"{stars}{part}{stars}" if part.strip() else part
        for part in re.split(r"(^\s+|\s+$|\s*\n\s*)", text)
    )


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _same(written: str, runs: Runs) -> bool:
    """Whether the stars are read as looks: beside some letters and signs they would be shown."""
    if all(not (run.bold or run.italic) for run in runs):
        return True
    shown = plain_words(start_escaped(written).replace("\n", "\\\n"))
    return shown == "".join(run.text for run in runs).split()


def _one_line(run: Run) -> Run:
    return Run(run.text.replace("\n", " "), run.bold, run.italic)
