"""Whether what people sign under speaks of something that stands above it."""

import re
from collections.abc import Iterator

from agreements.health.hint import Hint, Where
from agreements.health.subject import Subject

SPEAKS_OF_IT = re.compile(r"\b(the above|the foregoing|as above|these guidelines)\b", re.IGNORECASE)
# What any sign-off may be called; the words that are left say which text it belongs to.
SAYS_NOTHING = re.compile(
    r"agreements?|polic(?:y|ies)|procedures?|statement|form|code|rules|declaration|signature|signing"
    r"|acknowledge?ment|staff|team|bank|agency|committee|setting|school|nursery|playgroup|safety"
    r"|esafety|online|(?:employee|helper|member|officer|parent|student|user|visitor|volunteer|worker)s?"
)
SHORTEST = 4
# "acceptable" is answered by "acceptably": the first letters are enough.
STEM = 6


def orphans(subject: Subject) -> Iterator[Hint]:
    """A sign-off called after another text ("Acceptable Use") that says "the above"."""
    above = f"{subject.setting_name}\n{subject.everything}".lower()
    named = _names(subject.signoff_title or "")
    if not named or any(word[:STEM] in above for word in named):
        return
    where = tuple(
        Where(match.group(), sentence, subject.signoff_title)
        for sentence in subject.sentences
        for match in [SPEAKS_OF_IT.search(sentence)]
        if match
    )
    if where:
        yield Hint(
            "signoff.above",
            "“The above” may be missing",
            f"People sign under “{subject.signoff_title}”, which speaks of “{where[0].words}”. "
            f"But nothing in the text above says “{' '.join(named)}”. Perhaps a part of the "
            "document got lost: look for it, or change the words people sign under.",
            "first",
            where,
        )  # fmt: skip


def _names(title: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", title.lower())
    return [word for word in found if len(word) >= SHORTEST and not SAYS_NOTHING.fullmatch(word)]
