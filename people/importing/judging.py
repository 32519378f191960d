"""What would come of each row: a new person, somebody who is there already, or a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from models.categories import SENT_BY_AN_ORGANISATION
from models.names import NameNotAcceptable, clean_name, name_key
from people.doubles import Namesakes
from people.importing.values import category_of, day_of, truth_of
from people.particulars import Particulars
from records.fields import EMAIL, LONGEST_EMAIL

AGE_OF_ADULTS = 18
OLDEST = 110
# A name in a list never begins like this, but what a spreadsheet works out does.
FORMULA = ("=", "+", "-", "@")
# Of what a cell holds, as much as tells which one is meant.
SHOWN = 40


@dataclass(frozen=True)
class Row:
    """One row of the list: what it says, or why it cannot be added.

    like: the names of those who may be the same person, on the list or further up in the file.
    """

    number: int
    name: str
    told: Particulars | None = None
    since: date | None = None
    errors: tuple[str, ...] = ()
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """All rows by what would come of them."""

    new: list[Row] = field(default_factory=list)
    here: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)


def judge(
    rows: dict[str, Any],
    columns: dict[str, Any],
    people: Sequence[tuple[UUID, str, str]],
    today: date,
) -> Judged:
    """Look at every row of an import (models.imports) beside the people who are on the list.

    people: id, name key and name of each (people.doubles.everybody).
    """
    names = {person_id: full_name for person_id, _key, full_name in people}
    namesakes = Namesakes((person_id, key) for person_id, key, _name in people)
    judged, seen = Judged(), _Seen()
    for number, cells in lines_of(rows, columns):
        row = _row(number, _fields(cells, columns["kinds"]), columns, today)
        if row.told is None:
            judged.wrong.append(row)
            continue
        like = [names[one] for one in namesakes.of(row.name)] + seen.like(row)
        seen.add(row)
        if like:
            judged.here.append(replace(row, like=tuple(like)))
        else:
            judged.new.append(row)
    return judged


def unknown_words(rows: dict[str, Any], columns: dict[str, Any]) -> list[str]:
    """What stands in the column of categories and is none that we know, each word once."""
    if "category" not in columns["kinds"]:
        return []
    place = columns["kinds"].index("category")
    words = {cells[place] for _number, cells in lines_of(rows, columns) if cells[place]}
    return sorted(word for word in words if category_of(word) is None)


def lines_of(rows: dict[str, Any], columns: dict[str, Any]) -> list[tuple[int, list[str]]]:
    """The rows with their numbers, without the one that names the columns."""
    lines = list(zip(rows["numbers"], rows["cells"], strict=True))
    return lines[1:] if columns["heading"] else lines


class _Seen:
    """The names further up in the file."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}

    def add(self, row: Row) -> None:
        """Remember one."""
        self.rows.setdefault(_sorted_key(row.name), []).append(row)

    def like(self, row: Row) -> list[str]:
        """Those with the same name."""
        same = self.rows.get(_sorted_key(row.name), [])
        return [f"{one.name} in row {one.number}" for one in same]


def _sorted_key(name: str) -> str:
    return " ".join(sorted(name_key(name).split()))


def _fields(cells: Sequence[str], kinds: Sequence[str]) -> dict[str, str]:
    return {kind: cell for kind, cell in zip(kinds, cells, strict=True) if kind}


def _row(number: int, said: dict[str, str], columns: dict[str, Any], today: date) -> Row:
    errors: list[str] = []
    full_name = _name(said, errors)
    category = _category(said, columns, errors)
    told = Particulars(
        full_name=full_name,
        category=category,
        organisation=_organisation(said, category, errors),
        email=_email(said, errors),
        under_18=_under_18(said, today, errors),
    )
    since = _since(said, today, errors)
    if errors:
        return Row(number, full_name or "No name", errors=tuple(errors))
    return Row(number, full_name, told, since)


def _name(said: dict[str, str], errors: list[str]) -> str:
    typed = said.get("full_name") or f"{said.get('first_name', '')} {said.get('last_name', '')}"
    # Some lists have the last name first, with a comma.
    if typed.count(",") == 1:
        last, _, first = typed.partition(",")
        typed = f"{first} {last}"
    typed = typed.strip()
    if not typed:
        errors.append("There is no name in this row.")
        return ""
    if typed.startswith(FORMULA):
        errors.append(f"“{_begun(typed)}” looks like a formula and not like a name.")
        return _begun(typed)
    try:
        return clean_name(typed)
    except NameNotAcceptable as error:
        errors.append(str(error.__doc__))
        return _begun(typed)


def _begun(typed: str) -> str:
    """Give how a cell begins, and a sign that it goes on."""
    return typed if len(typed) <= SHOWN else f"{typed[: SHOWN - 1].rstrip()}…"


def _category(said: dict[str, str], columns: dict[str, Any], errors: list[str]) -> str:
    typed = said.get("category", "")
    category = category_of(typed) or columns["words"].get(typed)
    if not typed:
        category = columns["category"]
    if category:
        return str(category)
    errors.append(
        f"“{_begun(typed)}” is nothing that people are here as. Say above what it means."
        if typed
        else "It does not say what they are here as. Choose one for everybody above."
    )
    return "visitor"


def _organisation(said: dict[str, str], category: str, errors: list[str]) -> str | None:
    if category not in SENT_BY_AN_ORGANISATION:
        return None
    typed = said.get("organisation", "")
    if not typed:
        errors.append("It does not say which agency or college sends them.")
        return None
    try:
        return clean_name(typed)
    except NameNotAcceptable as error:
        errors.append(str(error.__doc__))
        return None


def _email(said: dict[str, str], errors: list[str]) -> str | None:
    typed = said.get("email", "").removeprefix("mailto:")
    if not typed:
        return None
    if len(typed) > LONGEST_EMAIL or not EMAIL.fullmatch(typed):
        errors.append(f"“{_begun(typed)}” is not an e-mail address.")
    return typed


def _under_18(said: dict[str, str], today: date, errors: list[str]) -> bool:
    """Of a day of birth only this is kept."""
    born = said.get("born_on", "")
    if born:
        day = day_of(born)
        if day is None or not 0 <= _age(day, today) <= OLDEST:
            errors.append(f"“{_begun(born)}” is not a date of birth, such as 24/11/1998.")
            return False
        return _age(day, today) < AGE_OF_ADULTS
    truth = truth_of(said.get("under_18", ""))
    if truth is None:
        errors.append("Under 18 must be yes or no.")
    return bool(truth)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _since(said: dict[str, str], today: date, errors: list[str]) -> date | None:
    typed = said.get("since", "")
    if not typed:
        return None
    day = day_of(typed)
    if day is None or abs((day - today).days) > 366 * 70:
        errors.append(f"“{_begun(typed)}” is not a day, such as 24/11/2026.")
    return day
