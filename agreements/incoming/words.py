"""Counts that nothing is lost: every word of the file is in the text or among what was dropped."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from agreements.incoming.marks import BLANK, without_marks
from records.text import to_html

INLINE = {"em", "strong"}


@dataclass(frozen=True, slots=True)
class Balance:
    """Words that are nowhere, words from nowhere, and whether the rest keeps its order."""

    missing: list[str]
    added: list[str]
    in_order: bool

    @property
    def holds(self) -> bool:
        """Whether words in = words out + words dropped, in order."""
        return self.in_order and not self.missing and not self.added


def words_of(text: str) -> list[str]:
    """The words of a plain text. Bullets, dashes alone and blanks are drawn, so they are none."""
    kept = BLANK.sub(" ", unicodedata.normalize("NFC", text)).split()
    return [_even(word) for token in kept if (word := without_marks(token))]


def shown_words(markdown: str, *, numbers: bool = True) -> list[str]:
    """The words that people see of a Markdown text, with the numbers of its lists or without."""
    reading = _Reading(numbers)
    reading.feed(to_html(markdown))
    reading.close()
    return words_of("".join(reading.pieces))


def balance(source: Sequence[str], *parts: Sequence[str]) -> Balance:
    """Compare a file's words with the parts they went to; each part keeps the file's order."""
    went = [word for part in parts for word in part]
    came_count, went_count = Counter(source), Counter(went)
    return Balance(
        missing=_rest(source, came_count - went_count),
        added=_rest(went, went_count - came_count),
        in_order=came_count != went_count or _interleaved(source, parts),
    )


def _interleaved(source: Sequence[str], parts: Sequence[Sequence[str]]) -> bool:
    """Whether a sequence is made of others, each in its order. Follows every way at once."""
    ways = {(0,) * len(parts)}
    for word in source:
        ways = {
            (*way[:n], way[n] + 1, *way[n + 1 :])
            for way in ways
            for n, part in enumerate(parts)
            if way[n] < len(part) and part[way[n]] == word
        }
        if not ways:
            return False
    return True


def _rest(words: Iterable[str], left: Counter[str]) -> list[str]:
    found = []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
            found.append(word)
    return found


def _even(word: str) -> str:
    """The same for "3)" and "3.": a list shows its numbers in one way."""
    return re.sub(r"^(\d{1,3})[.)]$", r"\1.", word)


class _Reading(HTMLParser):
    """Reads a page as a person does: blocks apart, and a number before each numbered item."""

    def __init__(self, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers
        self.pieces: list[str] = []
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INLINE:
            return
        self.pieces.append("\n")
        if tag in {"ol", "ul"}:
            start = int(dict(attrs).get("start") or 1)
            self.lists.append(start if tag == "ol" and self.numbers else None)
        if tag == "li" and self.lists and (number := self.lists[-1]) is not None:
            self.pieces.append(f"{number}. ")
            self.lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        if tag not in INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
