"""Reads what people write into a cell: a category in many words, yes and no, a day."""

import re
from datetime import date, datetime

from models.categories import CATEGORIES
from models.names import name_key

# How settings say it, as name_key() has it.
WORDS: dict[str, str] = {
    "employee": "employee|employees|staff|practitioner|early years practitioner|manager|deputy|"
    "deputy manager|leader|room leader|teacher|assistant|nursery assistant|permanent|cook|cleaner|"
    "key person|preschool assistant|apprentice|paid staff",
    "bank_staff": "bank|bank staff|relief|casual|supply bank|zero hours",
    "agency_worker": "agency|agency worker|agency staff|supply|supply staff|temp|temporary",
    "volunteer": "volunteer|volunteers|vol|helper",
    "parent_helper": "parent|parent helper|parent volunteer|mum|dad|carer|grandparent|parents",
    "committee_member": "committee|committee member|trustee|chair|treasurer|secretary|"
    "chairperson|governor",
    "student": "student|student on placement|placement|work experience|trainee|pupil|students",
    "visitor": "visitor|visitors|guest|visiting|therapist|inspector",
}
CATEGORY_OF = {
    **{name_key(words): category for category, words in CATEGORIES.items()},
    **{category.replace("_", " "): category for category in CATEGORIES},
    **{word: category for category, words in WORDS.items() for word in words.split("|")},
}
YES = {"yes", "y", "true", "1", "x", "u18", "under 18", "tick", "✓", "✔"}
NO = {"", "no", "n", "false", "0", "-", "over 18", "adult"}
DAYS = (
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
)


def category_of(text: str) -> str | None:
    """The category that a word means; None for a word we do not know."""
    return CATEGORY_OF.get(name_key(text.replace("_", " ").replace("/", " ")))


def truth_of(text: str) -> bool | None:
    """Yes or no; None for anything else."""
    word = text.strip().lower()
    if word in YES:
        return True
    return False if word in NO else None


def day_of(text: str) -> date | None:
    """A day as it is written in Britain, or as a spreadsheet has it; None for anything else."""
    bare = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", text.strip())
    try:
        return date.fromisoformat(bare)
    except ValueError:
        pass
    for form in DAYS:
        try:
            # Only the day is read, so it is nobody's clock.
            return datetime.strptime(bare, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
