"""The register: everybody who is here, and where they stand with each agreement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

import clock
from extensions import db
from models.agreements import Agreement, Version
from models.categories import CATEGORIES
from models.dues import Due, dues_asked
from models.people import Known, after, people_now
from models.reminders import Reminder
from models.signings import Record, Signing
from models.writing import end_reading
from records.rows import METHODS
from renewals.schedule import stage
from renewals.told import CHANNEL_WORDS

PEOPLE_AT_ONCE = 200
STAGE_WORDS = {"current": "Current", "soon": "Soon", "due": "Due", "overdue": "Overdue"}
NOTHING = "Nothing to sign"
HEADINGS = (
    "Name", "Category", "Organisation", "Under 18", "Agreement", "Version signed", "Last signed",
    "Check code", "Due on", "Stage", "Last reminded", "How", "How signed",
)  # fmt: skip
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One person and one agreement; whoever signs nothing has one entry without an agreement."""

    full_name: str
    category: str
    organisation: str | None
    under_18: bool
    title: str | None = None
    number: int | None = None
    signed_on: date | None = None
    code: str | None = None
    due_on: date | None = None
    stage: str | None = None
    reminded_on: date | None = None
    reminded: str | None = None
    method: str | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its values under HEADINGS."""
        return (
            self.full_name,
            CATEGORIES[self.category],
            self.organisation,
            "Yes" if self.under_18 else "No",
            self.title,
            self.number,
            self.signed_on,
            self.code,
            self.due_on,
            STAGE_WORDS[self.stage] if self.stage else NOTHING,
            self.reminded_on,
            self.reminded_words,
            METHODS[self.method] if self.method else None,
        )

    @property
    def reminded_words(self) -> str | None:
        """How they were last reminded, as people say it."""
        return CHANNEL_WORDS[self.reminded] if self.reminded else None


def register(setting_id: UUID, zone: str) -> Iterator[Entry]:
    """Every entry, by name; days are those of a time zone.

    No read stays open between two of them, and only a few people are in memory.
    """
    today = clock.today(zone)
    rows = people_now(setting_id)
    while True:
        people = [Known(*row) for row in db.session.execute(rows.limit(PEOPLE_AT_ONCE))]
        if not people:
            return
        entries = _entries(setting_id, zone, today, people)
        rows = people_now(setting_id).where(after(people[-1].person))
        end_reading()
        yield from entries


def _entries(setting_id: UUID, zone: str, today: date, people: list[Known]) -> list[Entry]:
    ids = [known.person.id for known in people]
    asked: dict[UUID, list[_Asked]] = {}
    for row in db.session.execute(_asked(setting_id, ids)):
        one = _Asked(*row)
        asked.setdefault(one.person_id, []).append(one)
    told = _told(setting_id, ids)
    found = []
    for known in people:
        person = known.person
        who = Entry(person.full_name, known.category, known.organisation, person.under_18)
        signs = asked.get(person.id, [])
        found += [_entry(who, one, told.get(one.about), zone, today) for one in signs] or [who]
    return found


class _Asked(NamedTuple):
    """An agreement that somebody is asked to sign, and their newest signing of it, if any."""

    person_id: UUID
    agreement_id: UUID
    title: str
    due_on: date
    signed_at: datetime | None
    number: int | None
    code: str | None
    method: str | None

    @property
    def about(self) -> tuple[UUID, UUID]:
        return self.person_id, self.agreement_id


def _entry(
    who: Entry, one: _Asked, told: tuple[datetime, str] | None, zone: str, today: date
) -> Entry:
    return replace(
        who,
        title=one.title,
        number=one.number,
        signed_on=clock.local_day(one.signed_at, zone) if one.signed_at else None,
        code=one.code,
        due_on=one.due_on,
        stage=stage(one.due_on, today, ever_signed=one.signed_at is not None),
        reminded_on=clock.local_day(told[0], zone) if told else None,
        reminded=told[1] if told else None,
        method=one.method,
    )


def _asked(
    setting_id: UUID, people: list[UUID]
) -> sa.Select[UUID, UUID, str, date, datetime, int, str, str]:
    signed = aliased(Version)
    return (
        dues_asked(setting_id, people)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .outerjoin(Signing, Signing.id == Due.signing_id)
        .outerjoin(signed, signed.id == Signing.version_id)
        .outerjoin(Record, Record.signing_id == Signing.id)
        .order_by(Agreement.title, Agreement.id)
        .with_only_columns(
            *(Due.person_id, Due.agreement_id, Agreement.title, Due.due_on),
            *(Signing.effective_at, signed.number, Record.code, Signing.method),
            maintain_column_froms=True,
        )
    )


def _told(setting_id: UUID, people: list[UUID]) -> dict[tuple[UUID, UUID], tuple[datetime, str]]:
    """When and how each of these people was last reminded of each agreement."""
    rows = sa.select(
        Reminder.person_id, Reminder.agreement_id, Reminder.made_at, Reminder.channel
    ).where(Reminder.setting_id == setting_id, Reminder.person_id.in_(people))
    found = db.session.execute(rows.order_by(Reminder.made_at, Reminder.id))
    return {(person, agreement): (at, how) for person, agreement, at, how in found}
