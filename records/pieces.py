"""Marks, word by word, what is different in a clause."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from records.matching import matches

# A word with the space before it, or one sign of punctuation.
WORD = re.compile(r"\s?(?:[\w\u0300-\u036f]+(?:['’-][\w\u0300-\u036f]+)*|[^\w\s]|\s)")
# Below this share of common words two sentences are easier read one after the other.
LEAST_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stands in both texts ("same"), only before ("gone") or only now ("new"),
    with its spaces."""

    kind: Literal["same", "gone", "new"]
    words: str


# A run of common words, or what stands between two of them: words before and words now.
Run = tuple[bool, list[str], list[str]]


def pieces(before: str, now: str) -> tuple[Piece, ...]:
    """Give both texts in one: without what is new it is `before`, without what is gone `now`."""
    old, new = WORD.findall(before), WORD.findall(now)
    runs = _joined(_runs(old, new))
    common = sum(len(old) for same, old, _ in runs if same)
    if common < LEAST_ALIKE * max(len(old), len(new)):
        runs = [(False, old, new)]
    return tuple(piece for run in runs for piece in _pieces(run))


def only_punctuation(before: str, now: str) -> bool:
    """Say whether the words are the same, capitals too, and only the signs around them differ."""
    return plain(before) == plain(now)


def plain(text: str) -> list[str]:
    """Give the words of a text without the signs around and within them."""
    signs = {ord(char): " " for char in text if unicodedata.category(char).startswith("P")}
    return text.translate(signs).split()


def _runs(old: list[str], new: list[str]) -> list[Run]:
    """Cut two lists of words into runs that are different and common, by turns."""
    runs: list[Run] = [(False, [], [])]
    done_old = done_new = 0
    for at_old, at_new in [*matches(old, new), (len(old), len(new))]:
        if (at_old, at_new) != (done_old, done_new):
            runs.append((False, old[done_old:at_old], new[done_new:at_new]))
        if not runs[-1][0]:
            runs.append((True, [], []))
        runs[-1][1].extend(old[at_old : at_old + 1])
        runs[-1][2].extend(new[at_new : at_new + 1])
        done_old, done_new = at_old + 1, at_new + 1
    return runs


def _joined(runs: list[Run]) -> list[Run]:
    """Let a common run go where it is shorter than what is different on both its sides: a few
    words that stayed by chance make a rewritten sentence hard to read."""
    kept: list[Run] = []
    for place, (same, old, new) in enumerate(runs):
        after = runs[place + 1] if same and place + 1 < len(runs) else None
        lonely = after and kept and len(old) < min(_size(kept[-1]), _size(after))
        if kept and not kept[-1][0] and (not same or lonely):
            kept[-1] = (False, kept[-1][1] + old, kept[-1][2] + new)
        else:
            kept.append((same, old, new))
    return kept


def _size(run: Run) -> int:
    return max(len(run[1]), len(run[2]))


def _pieces(run: Run) -> list[Piece]:
    same, old, new = run
    if same:
        return [Piece("same", "".join(old))] if old else []
    sides: list[tuple[Literal["gone", "new"], list[str]]] = [("gone", old), ("new", new)]
    return [Piece(kind, "".join(words)) for kind, words in sides if words]
