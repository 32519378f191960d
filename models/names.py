"""Names: as they will be sealed, and as they are compared."""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher

LONGEST_NAME = 100
MOST_MARKS_ON_A_LETTER = 4
CLOSE_ENOUGH = 0.75
# Joiners hold emoji and some scripts' letters together; every other invisible character goes.
JOINERS = "\u200c\u200d"
# Letters with a stroke, which Unicode does not take apart into a letter and a mark.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"})


class NameNotAcceptable(Exception):
    """Write the name with at least one letter and at most 100 characters."""


def clean_name(typed: str) -> str:
    """A name as it will be sealed: NFC, single spaces, nothing invisible that changes reading.

    Raises NameNotAcceptable for nothing, too much, or letters buried under marks.
    """
    composed = unicodedata.normalize("NFC", typed)
    shown = "".join(
        letter
        for letter in composed
        if letter.isspace() or letter in JOINERS or unicodedata.category(letter)[0] != "C"
    )
    name = " ".join(shown.split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
        raise NameNotAcceptable
    if len(name) > 4 * LONGEST_NAME or _letters(name) > LONGEST_NAME or _marks(name):
        raise NameNotAcceptable
    return name


def name_key(name: str) -> str:
    """The same for the same name however it is typed: no accents, case or punctuation."""
    bare = unicodedata.normalize("NFKD", name).casefold().translate(PLAIN)
    kept = (
        " " if letter.isspace() or letter == "-" else letter
        for letter in bare
        if unicodedata.category(letter)[0] in "LNSZ" or letter == "-"
    )
    return " ".join("".join(kept).split())


def in_address(words: str) -> str:
    """A name or title as it stands in an address: "Ysgol Tŷ'r Môr" is "ysgol-tyr-mor"."""
    return re.sub(r"[^a-z0-9]+", "-", name_key(words)).strip("-")


def likeness(typed: list[str], words: list[str], alike: Callable[[str, str], float]) -> float:
    """How well typed words fit a name's words, from 0 (some word fits none) to 1.

    alike: word_likeness(), or the same with a memory where many names are compared.
    """
    total = 0.0
    for part in typed:
        best = max((alike(part, word) for word in words), default=0.0)
        if best == 0.0:
            return 0.0
        total += best
    return total / max(len(typed), 1)


def word_likeness(part: str, word: str) -> float:
    """1 where a word begins like this, less where it is slightly misspelt, and 0 for another."""
    if word.startswith(part):
        return 1.0
    if len(part) < 4:
        return 0.0
    letters = SequenceMatcher(None, part, word[: len(part) + 1])
    # The quick ratio is never below the real one, and costs a tenth.
    if letters.quick_ratio() < CLOSE_ENOUGH:
        return 0.0
    ratio = letters.ratio()
    return ratio if ratio >= CLOSE_ENOUGH else 0.0


def _letters(name: str) -> int:
    return sum(1 for letter in name if not unicodedata.combining(letter))


def _marks(name: str) -> bool:
    run = 0
    for letter in name:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run > MOST_MARKS_ON_A_LETTER:
            return True
    return False
