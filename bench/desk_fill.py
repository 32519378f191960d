"""A setting with five years of records, for bench/desk.py: rows are written many at a time."""

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

import clock
from backends.database import Base
from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.categories import CATEGORIES
from models.dues import Due
from models.events import happened
from models.managers import Manager
from models.outbox import OutboxItem
from models.people import Person, PersonCategory
from models.settings import of
from models.signings import Declaration, Record, Signing
from models.tablets import Tablet
from models.voids import Void
from models.writing import writing
from records.codes import new_code
from records.signing import sign
from tests.cast import signing_body

RECORDS = int(os.environ.get("BENCH_DESK", "100000"))
YEARS = 5
AT_ONCE = 2000
# One record in so many was voided; one person in so many is overdue.
VOIDED, OVERDUE = 100, 12
FIRST = ("Siân", "Oluwaseun", "Margaret", "Zoë", "Tomos", "Łukasz", "Priya", "Anne-Marie")
LAST = ("Llewellyn", "Adeyemi", "Fairweather", "O’Connor", "Kowalski", "Jones", "Raman", "Smith")
Values = dict[str, Any]
One = TypeVar("One")


def fill(setting_id: UUID, one_in: int) -> None:
    """One signing of a tablet, its copies for everybody and each year; one in so many stayed."""
    real = _real_one(setting_id)
    today = clock.today("Europe/London")
    people = list(_people(setting_id, real, today, one_in))
    for portion in _portions(_acts(len(people), today)):
        with writing():
            rows: dict[type[Base], list[Values]] = {}
            for number, at in portion:
                _copy(rows, real, people[number], at)
            for table, values in rows.items():
                db.session.execute(sa.insert(table), values)
    _point_dues_at_the_newest(setting_id)


def _real_one(setting_id: UUID) -> dict[type[Base], Values]:
    """The rows of one signing, as plain values."""
    with writing():
        tablet = Tablet(setting_id=setting_id, name="By the coats", token_hash="0" * 64)
        db.session.add(tablet)
    version_id = current_versions(setting_id)[0].id
    sign(tablet, new_id(), signing_body(version_id), clock.now(), None)
    found: dict[type[Base], Values] = {}
    for table in (Signing, Declaration, Due):
        found[table] = _values(db.session.scalars(of(setting_id, table).limit(1)).one())
    record = of(setting_id, Record).options(undefer(Record.pdf)).limit(1)
    found[Record] = _values(db.session.scalars(record).one())
    copy = of(setting_id, OutboxItem).where(OutboxItem.kind == "archive").limit(1)
    found[OutboxItem] = _values(db.session.scalars(copy).one())
    db.session.rollback()
    return found


def _people(
    setting_id: UUID, real: dict[type[Base], Values], today: date, one_in: int
) -> Iterator[Values]:
    """People with a category and a due day; whoever left keeps both, ended."""
    kinds = list(CATEGORIES)
    for portion in _portions(range(RECORDS // YEARS)):
        rows: dict[type[Base], list[Values]] = {Person: [], PersonCategory: [], Due: []}
        for number in portion:
            name = f"{FIRST[number % 8]} {LAST[number // 8 % 8]} {_letters(number // 64)}"
            person = {"id": new_id(), "full_name": name, "category": kinds[number % len(kinds)]}
            late = number // one_in % OVERDUE == 0
            due_on = today + timedelta(days=-(number % 40) if late else 31 + number % 330)
            own = {"setting_id": setting_id, "person_id": person["id"]}
            left = today - timedelta(days=90) if number % one_in else None
            since = today - timedelta(days=365 * YEARS)
            rows[Person].append(
                {"setting_id": setting_id, "id": person["id"], "full_name": name,
                 "name_key": name.casefold(), "email": f"person{number}@example.org"}
            )  # fmt: skip
            rows[PersonCategory].append(
                own | {"category": person["category"], "since": since, "until": left}
            )
            rows[Due].append(real[Due] | own | {"id": new_id(), "due_on": due_on})
            yield person
        with writing():
            for table, values in rows.items():
                db.session.execute(sa.insert(table), values)


def _acts(people: int, today: date) -> Iterator[tuple[int, datetime]]:
    """Who signs when, in the order of the days: everybody once a year."""
    now = clock.now()
    step = timedelta(days=365) / people
    for year in range(YEARS, 0, -1):
        for number in range(people):
            yield number, now - timedelta(days=365 * year) + step * number


def _copy(
    rows: dict[type[Base], list[Values]],
    real: dict[type[Base], Values],
    person: Values,
    at: datetime,
) -> None:
    """The same act by somebody else at another moment."""
    signing_id, sitting_id, code = new_id(), new_id(), new_code()
    setting_id = real[Signing]["setting_id"]
    said = {"record": str(signing_id), "code": code, "record_sha256": real[Record]["sha256"]}
    event = happened(setting_id, "signing.sealed", said)
    who = {"person_id": person["id"], "sitting_id": sitting_id}
    signed = {"device_signed_at": at, "received_at": at, "effective_at": at}
    named = {"full_name": person["full_name"], "category": person["category"]}
    _add(rows, Signing, real[Signing] | who | signed | named | {"id": signing_id})
    own = {"signing_id": signing_id, "code": code, "event_id": event.id}
    _add(rows, Record, real[Record] | own)
    _add(rows, Declaration, real[Declaration] | who | {"id": new_id(), "made_at": at})
    done = {"made_at": at, "not_before": at, "done_at": at, "outcome": "kept"}
    _add(rows, OutboxItem, real[OutboxItem] | done | {"id": new_id(), "about": str(signing_id)})
    if len(rows[Signing]) % VOIDED == 0:
        manager_id = db.session.scalars(sa.select(Manager.id).limit(1)).one()
        voided = {"signing_id": signing_id, "by_id": manager_id, "event_id": event.id}
        _add(rows, Void, voided | {"setting_id": setting_id})


def _point_dues_at_the_newest(setting_id: UUID) -> None:
    """Everybody's day hangs on their newest signing."""
    newest = (
        sa.select(Signing.id)
        .where(Signing.person_id == Due.person_id, Signing.setting_id == setting_id)
        .order_by(Signing.effective_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    with writing():
        db.session.execute(
            sa.update(Due).where(Due.setting_id == setting_id).values(signing_id=newest),
            execution_options={"synchronize_session": False},
        )


def _add(rows: dict[type[Base], list[Values]], table: type[Base], values: Values) -> None:
    rows.setdefault(table, []).append(values)


def _values(row: Base) -> Values:
    return {column.key: getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def _portions(all_of_them: Iterable[One]) -> Iterator[list[One]]:
    portion: list[One] = []
    for one in all_of_them:
        portion.append(one)
        if len(portion) == AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _letters(number: int) -> str:
    """A number as a name: there are no digits in a person's name."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()
