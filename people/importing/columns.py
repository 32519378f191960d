"""Guesses what each column of a list holds, from its heading and from what stands in it."""

import re
from collections.abc import Callable, Sequence

from models.names import name_key
from people.importing.values import category_of
from records.fields import EMAIL

KINDS: dict[str, str] = {
    "": "Nothing we need",
    "full_name": "Full name",
    "first_name": "First name",
    "last_name": "Last name",
    "category": "What they are here as",
    "organisation": "Agency or college",
    "email": "E-mail address",
    "under_18": "Under 18: yes or no",
    "born_on": "Date of birth",
    "since": "First day here",
}
HEADINGS: dict[str, str] = {
    "full_name": "name|full name|person|staff name|volunteer name|display name|who|staff member",
    "first_name": "first name|forename|forenames|given name|first|christian name|known as",
    "last_name": "last name|surname|family name|last|second name",
    "category": "category|role|type|here as|job|job title|position|post|staff type|status",
    "organisation": "organisation|organization|agency|college|school|sent by|employer|provider",
    "email": "email|e mail|email address|e mail address|mail|contact email",
    "under_18": "under 18|under18|minor|is under 18|u18|young person",
    "born_on": "date of birth|dob|birthday|birth date|born|d o b",
    "since": "start date|started|start|since|first day|date started|joined|from|start day",
}
KIND_OF = {word: kind for kind, words in HEADINGS.items() for word in words.split("|")}
MOST_OF_THEM = 0.7


def guess(rows: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """What each column holds ("" for nothing), and whether the first row names the columns."""
    named = [_by_heading(cell) for cell in rows[0]]
    heading = any(named) and not any(EMAIL.fullmatch(cell) for cell in rows[0])
    kinds = _once(named) if heading else [""] * len(named)
    columns = list(zip(*(rows[1:] if heading else rows), strict=True)) or [()] * len(kinds)
    for kind, fits in _BY_CONTENT:
        if kind in kinds:
            continue
        free = [place for place, there in enumerate(kinds) if not there]
        place = next((one for one in free if _mostly(columns[one], fits)), None)
        if place is not None:
            kinds[place] = kind
    if "full_name" not in kinds and "first_name" not in kinds:
        _guess_names(kinds, columns)
    return kinds, heading


def _by_heading(cell: str) -> str:
    key = re.sub(r"\W+", " ", cell.replace("_", " ").replace("-", " ")).strip()
    return KIND_OF.get(name_key(key), "")


def _once(kinds: list[str]) -> list[str]:
    """A kind holds for the first column that has it."""
    return [kind if kind not in kinds[:place] else "" for place, kind in enumerate(kinds)]


def _guess_names(kinds: list[str], columns: Sequence[Sequence[str]]) -> None:
    free = [place for place, kind in enumerate(kinds) if not kind]
    whole = next((place for place in free if _mostly(columns[place], _two_words)), None)
    if whole is not None:
        kinds[whole] = "full_name"
        return
    words = [place for place in free if _mostly(columns[place], _one_word)]
    if len(words) >= 2:
        kinds[words[0]], kinds[words[1]] = "first_name", "last_name"


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(fits, filled)) >= MOST_OF_THEM * len(filled)


def _two_words(cell: str) -> bool:
    return len(cell.split()) > 1 and not any(letter.isdigit() for letter in cell)


def _one_word(cell: str) -> bool:
    return len(cell.split()) == 1 and cell.replace("-", "").replace("’", "").isalpha()


_BY_CONTENT: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("email", lambda cell: bool(EMAIL.fullmatch(cell))),
    ("category", lambda cell: category_of(cell) is not None),
)
