"""How hard a text is to read, by one published formula and without a dictionary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from agreements.health.hint import Hint
from agreements.health.subject import Passage, Subject, at

# Automated Readability Index, R. J. Senter and E. A. Smith, 1967. It counts letters, words and
# sentences only, so everybody who counts gets the same number.
SOURCE = "https://apps.dtic.mil/sti/pdfs/AD667273.pdf"
# Below this many words the formula says little.
ENOUGH_WORDS = 100
# A heading or "Equality policy" is a name, not a sentence.
SHORTEST = 5
HARD_FROM_AGE = 17
# The index tells no ages beyond school.
OLDEST = 18
LONGEST_SHOWN = 3
LONG_SENTENCE = 35
ENDS = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9])")


@dataclass(frozen=True)
class Sentence:
    """One sentence and where it stands."""

    passage: Passage
    words: str

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(self.words.split())


def sentences(subject: Subject) -> list[Sentence]:
    """Every sentence of a text; a list item is one, and what has fewer than five words is none."""
    found = [
        Sentence(passage, words)
        for passage in subject.passages
        if passage.kind in ("paragraph", "item")
        for words in ENDS.split(passage.words)
    ]
    return [sentence for sentence in found if sentence.length >= SHORTEST]


def reading_age(found: list[Sentence]) -> int:
    """The age from which a text reads easily: an index of 13 is a pupil of 17."""
    words = [word for sentence in found for word in sentence.words.split()]
    letters = sum(1 for word in words for letter in word if letter.isalnum())
    index = 4.71 * letters / len(words) + 0.5 * len(words) / len(found) - 21.43
    return max(5, ceil(index) + 4)


def hard_to_read(subject: Subject) -> Iterator[Hint]:
    """A text for readers of seventeen and more, with its longest sentences."""
    found = sentences(subject)
    words = sum(sentence.length for sentence in found)
    if words < ENOUGH_WORDS or (age := reading_age(found)) < HARD_FROM_AGE:
        return
    longest = sorted(found, key=lambda sentence: -sentence.length)[:LONGEST_SHOWN]
    yield Hint(
        "text.hard",
        "Many people will find it hard to read",
        f"Its sentences have {round(words / len(found))} words on average, and the longest has "
        f"{longest[0].length}. By a formula that counts letters, words and sentences it suits "
        f"readers from about {min(age, OLDEST)} on. The short summary beside the text helps; "
        "shorter sentences help more.",
        "small",
        tuple(at(one.passage, one.words) for one in longest if one.length >= LONG_SENTENCE),
        SOURCE,
    )
