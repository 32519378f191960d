"""What a text says of its own adoption: by whom, when, and when to look at it again."""

import re
from dataclasses import dataclass
from datetime import date

from agreements.incoming.marks import BLANK

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# A longer line is prose, and would take these patterns long to search.
LONGEST_LINE = 400
WRITTEN = rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})"
DAY = rf"{WRITTEN}|(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})"
ABOUT = re.compile(
    r"\badopted\b|\bdate\b.*\breview|\breview(?:ed)?\s+(?:date|by|on)\b|\bnext review\b"
    r"|\bon behalf of\b|\b(?:name|role) of signatory\b",
    re.IGNORECASE,
)
BY = re.compile(
    r"adopted\s+(?:at a meeting of|by)\s*:?\s*(.+?)(?=\s+on\b|\s*$|\.\s|\.$|\s*\()", re.I
)
ON = re.compile(rf"(?:adopted\b.*?\bon|^on|held on)\s*:?\s*(?:{DAY})", re.IGNORECASE)
REVIEW = re.compile(rf"review.*?(?:{DAY})", re.IGNORECASE)
NAME = re.compile(r"name of signatory\s*:?\s*(.+)", re.IGNORECASE)
ROLE = re.compile(r"role of signatory\s*(?:\([^)]*\))?+\s*:?\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Adoption:
    """Suggestions for the form that writes an adoption down; days are ISO or empty."""

    adopted_by: str = ""
    adopted_on: str = ""
    review_on: str = ""
    signed_name: str = ""
    signed_role: str = ""

    @property
    def adopted_day(self) -> date | None:
        """The day of the adoption."""
        return date.fromisoformat(self.adopted_on) if self.adopted_on else None

    @property
    def review_day(self) -> date | None:
        """The day by which to look at it again."""
        return date.fromisoformat(self.review_on) if self.review_on else None

    def answers(self) -> dict[str, object]:
        """What it can fill in of the form, by the names of its fields."""
        said = {
            "adopted_by": self.adopted_by,
            "adopted_on": self.adopted_day,
            "review_on": self.review_day,
            "signed_name": self.signed_name,
            "signed_role": self.signed_role,
        }
        return {name: answer for name, answer in said.items() if answer}


def is_adoption(text: str) -> bool:
    """Whether a closing line is about the provider's own sign-off."""
    return len(text) <= LONGEST_LINE and bool(ABOUT.search(text))


def read_adoption(lines: list[str]) -> Adoption:
    """Read what closing lines say of an adoption, where they say something."""
    short = [line for line in lines if len(line) <= LONGEST_LINE and not BLANK.search(line)]
    lines = [" ".join(line.split()) for line in short]
    return Adoption(
        adopted_by=_words(BY, lines),
        adopted_on=_day(ON, lines),
        review_on=_day(REVIEW, lines),
        signed_name=_words(NAME, lines),
        signed_role=_words(ROLE, lines),
    )


def _words(pattern: re.Pattern[str], lines: list[str]) -> str:
    found = (pattern.search(line) for line in lines)
    return next((match[1].strip(" .:") for match in found if match), "")


def _day(pattern: re.Pattern[str], lines: list[str]) -> str:
    match = next((found for line in lines if (found := pattern.search(line))), None)
    if match is None:
        return ""
    day, month, year, *numbers = match.groups()
    if day is None:
        day, month, year = numbers
    number = int(month) if month.isdigit() else MONTHS.index(month.lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
