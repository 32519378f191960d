"""The policies that a text names, and whether the setting keeps them in its library."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agreements.health.hint import Hint, Where
from agreements.health.knowledge import Companion, companions
from agreements.health.subject import Passage, Subject, at

# Words that may stand with a capital in front of a policy of the setting's own.
OPENERS = re.compile(
    r"our|the|your|this|that|these|any|all|see|and|or|under|read|follow"
    r"|(?:setting|pre-?school|nursery|playgroup)(?:['’]?s)?",
    re.IGNORECASE,
)
LONGEST_NAME = 60
JOINS = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)(?:the\s+|our\s+)?"


def named_companions(subject: Subject) -> Iterator[Hint]:
    """One hint that names every policy which the text names and the library lacks."""
    missing: dict[str, Where] = {}
    for companion, where in _named(subject):
        if not _kept(companion, subject):
            missing.setdefault(companion.name, where)
    if missing:
        yield Hint(
            "companions.missing",
            "It names policies that are not in your library",
            f"Not in your library: {', '.join(missing)}. Whoever signs is to follow these too, so "
            "they should be able to read them. Keep them here as well, or say where they hang.",
            "look",
            tuple(missing.values()),
        )


def _named(subject: Subject) -> Iterator[tuple[Companion, Where]]:
    for passage, match in subject.find(_list_of_names()):
        if _belongs_to_others(passage, match.start(), subject.setting_name):
            continue
        for companion in companions():
            if re.search(rf"\b(?:{companion.pattern})\b", match["names"], re.IGNORECASE):
                yield companion, at(passage, match.group())


def _kept(companion: Companion, subject: Subject) -> bool:
    """Whether the library, or the text itself, is this policy."""
    title = re.compile(rf"\b(?:{companion.pattern})\b", re.IGNORECASE)
    return any(title.search(there) for there in (*subject.library, subject.title))


def _belongs_to_others(passage: Passage, start: int, setting_name: str) -> bool:
    """Whether another's name stands in front, as in "North Somerset safeguarding procedure"."""
    near = passage.words[max(0, start - LONGEST_NAME) : start]
    before = re.search(r"([^\W\d_][\w’'-]*)\s+$", near)
    if before is None or not before[1][0].isupper():
        return False
    return not OPENERS.fullmatch(before[1]) and before[1] not in setting_name


@lru_cache(maxsize=1)
def _list_of_names() -> re.Pattern[str]:
    """Matches "Safeguarding, Whistleblowing and Mobile phone and camera policy" as one."""
    name = "|".join(companion.pattern for companion in companions())
    # Atomic and at most ten: "camera and phone" is one name, never tried again as two. A hostile
    # text of thousands of names would otherwise be read in every way there is.
    names = rf"(?>{name})(?:{JOINS}(?>{name})){{0,9}}+"
    return re.compile(rf"\b(?P<names>{names})\s+(?:polic(?:y|ies)|procedures?)\b", re.IGNORECASE)
