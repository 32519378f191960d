"""When a text was made, and by when somebody looks at it again."""

import re
from collections.abc import Iterator
from datetime import date

from agreements.health.hint import Hint, Where
from agreements.health.subject import Subject, at
from agreements.health.written import DATE, last_day

SAYS_WHEN = re.compile(
    rf"\b(?:adopted|agreed|approved|dated?|effective|issued|published|reviewed|updated|written)\b"
    rf"[^.]{{0,60}}?\b{DATE}\b|^\W*{DATE}\W*$",
    re.IGNORECASE,
)
SAYS_VERSION = re.compile(
    r"\b(?:version|issue|edition|revision)\s*(?:no\.?|number|:)?\s*\d|\bv\d+(?:\.\d+)?\b",
    re.IGNORECASE,
)
# "We review the risks" is about something else.
OFTEN = r"annual(?:ly)?|yearly|termly"
EACH = r"(?:each|every|once a)\s+(?:\w+\s+)?(?:year|term|month)s?"
SAYS_REVIEW = re.compile(
    rf"\breview(?:ed)?\b[^.]{{0,40}}?\b(?:{OFTEN}|{EACH}|{DATE})\b"
    rf"|\b(?:{OFTEN})\s+review",
    re.IGNORECASE,
)
TO_REVIEW = re.compile(
    r"\b(?:(?:next|for)\s+review|review\s+(?:date|due)|(?:to|will)\s+be\s+reviewed)\b"
    rf"[^.\d]{{0,30}}?\b({DATE})\b",
    re.IGNORECASE,
)


def undated(subject: Subject) -> Iterator[Hint]:
    """No date, no version, no day of review: neither in the text nor written down beside it."""
    text = subject.passages
    lacks = []
    if not subject.adopted and not any(SAYS_WHEN.search(p.words) for p in text):
        lacks.append("no date")
    if not subject.adopted and not any(SAYS_REVIEW.search(p.words) for p in text):
        lacks.append("no day of review")
    if not lacks:
        return
    if not any(SAYS_VERSION.search(p.words) for p in text):
        lacks.insert(1 if lacks[0] == "no date" else 0, "no version")
    yield Hint(
        "text.undated",
        f"The text says {_and(lacks)}",
        "Fingerpost gives every version a number and a day. A printed copy should tell them too, "
        "and by when somebody looks at the text again.",
        "look",
    )


def unadopted(subject: Subject) -> Iterator[Hint]:
    """A published text of which nobody has written down who adopted it."""
    if subject.adopted is False:
        yield Hint(
            "adoption.none",
            "Nobody has written down who adopted it",
            "Write down who adopted this text, on which day, and by when you look at it again. "
            "An inspector will ask.",
            "first",
        )


def overdue(subject: Subject) -> Iterator[Hint]:
    """The day of review is over. What is written down counts before what the text says."""
    if subject.review_on is not None:
        if subject.review_on < subject.today:
            words = _long(subject.review_on)
            yield _overdue(words, Where(words, "The adoption that is written down"))
        return
    found = [(last_day(match[1]), at(p, match.group())) for p, match in subject.find(TO_REVIEW)]
    days = [(day, where) for day, where in found if day is not None]
    if days and max(day for day, _ in days) < subject.today:
        day, where = max(days, key=lambda pair: pair[0])
        yield _overdue(_long(day), where)


def _overdue(words: str, where: Where) -> Hint:
    return Hint(
        "review.past",
        "The day of review is over",
        f"Somebody was to look at this text again by {words}. Look at it, and write down the "
        "adoption again, even when nothing changes.",
        "first",
        (where,),
    )


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
