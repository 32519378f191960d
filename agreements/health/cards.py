"""Whether a text that sends people to somebody finds a contact card for them."""

import re
from collections.abc import Iterator

from agreements.health.hint import Hint
from agreements.health.subject import Subject

# Kind of card → what the text speaks of, and what to call it.
WANTED: dict[str, tuple[re.Pattern[str], str, str]] = {
    "dsl": (
        re.compile(r"\bsafeguarding (?:designated )?(?:lead|officer)\b|\bDSL\b", re.IGNORECASE),
        "the safeguarding lead",
        "The text sends people to the safeguarding lead. A card says who that is.",
    ),
    "lado": (
        re.compile(r"\bLADO\b|\blocal authority designated officer\b", re.IGNORECASE),
        "the LADO",
        "The text sends people to the LADO. A card says how to reach them.",
    ),
}


def missing_cards(subject: Subject) -> Iterator[Hint]:
    """One hint for each card that the text needs and the setting has not."""
    for kind, (spoken_of, name, sentence) in WANTED.items():
        if kind not in subject.cards and spoken_of.search(subject.everything):
            yield Hint(
                f"contacts.{kind}", f"There is no contact card for {name}", sentence, "first"
            )
