"""What the rules look at: an agreement's words, and what the setting keeps beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agreements.health.hint import Where
from records.text import blocks


@dataclass(frozen=True)
class Passage:
    """One block of the text, and the heading above it."""

    words: str
    clause: str | None
    kind: str


@dataclass(frozen=True)
class Subject:
    """Plain facts, so that a rule is a function of this alone.

    `adopted` says whether an adoption is written down; None while the text is still a draft.
    `library` holds the titles of the setting's agreements, `cards` the kinds of its contact cards.
    """

    setting_name: str
    title: str
    passages: tuple[Passage, ...]
    signoff_title: str | None
    sentences: tuple[str, ...]
    today: date
    adopted: bool | None = None
    review_on: date | None = None
    library: tuple[str, ...] = ()
    cards: frozenset[str] = frozenset()

    @property
    def everything(self) -> str:
        """Title and text in one, for what may stand anywhere."""
        return "\n".join([self.title, *(passage.words for passage in self.passages)])

    def find(self, pattern: re.Pattern[str]) -> Iterable[tuple[Passage, re.Match[str]]]:
        """Every place where a pattern stands, in reading order."""
        for passage in self.passages:
            for match in pattern.finditer(passage.words):
                yield passage, match


@lru_cache(maxsize=64)
def passages(markdown: str) -> tuple[Passage, ...]:
    """Give the blocks of a text, each with the heading it stands under."""
    found, clause = [], None
    for block in blocks(markdown):
        found.append(Passage(block.words, clause, block.kind))
        if block.kind == "heading":
            clause = block.words.rstrip(" :;")
    return tuple(found)


def at(passage: Passage, words: str) -> Where:
    """Where some words of a passage stand."""
    return Where(words, passage.words, passage.clause)
