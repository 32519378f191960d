"""Reminding without a post office: whom it is time to ask, in person or with a slip of paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement
from models.dues import Due, dues_asked
from models.events import happened, wait_for_turn
from models.people import Organisation, Person, PersonCategory
from models.reminders import Reminder
from models.settings import Setting, of
from models.writing import writing
from renewals.coverage import STAGES
from renewals.schedule import DAYS_OF_SOON, Stage, stage


@dataclass(frozen=True)
class Asked:
    """One agreement that somebody is asked to sign now, or within 30 days."""

    person_id: UUID
    full_name: str
    category: str
    organisation: str | None
    organisation_id: UUID | None
    agreement_id: UUID
    title: str
    slug: str
    due_on: date
    ever_signed: bool
    stage: Stage


def asked(setting_id: UUID, today: date, people: Collection[UUID] | None = None) -> list[Asked]:
    """Everything that current people are asked to sign, the most pressing first."""
    rows = _asked_rows(setting_id, today, people)
    found = [_asked(*row, today=today) for row in db.session.execute(rows)]
    # By day alone, somebody who is due from today on would stand behind some who are only soon.
    return sorted(found, key=lambda one: -STAGES.index(one.stage))


def asked_now(setting_id: UUID, today: date) -> int:
    """How many people are overdue, due or due within 30 days: all that the tablet is told."""
    people = dues_asked(setting_id).where(_is_pressing(today))
    count = people.with_only_columns(sa.func.count(sa.distinct(Due.person_id)))
    return db.session.scalar(count) or 0


def remind_in_person(setting: Setting, person_id: UUID, manager_id: UUID | None) -> bool:
    """Note that somebody was reminded of all that they are asked to sign.

    False, and nothing is noted, when nothing is asked of them or it was noted today already.
    """
    setting_id, zone = setting.id, setting.time_zone
    today = clock.today(zone)
    with writing():
        wait_for_turn(setting_id)
        found = asked(setting_id, today, [person_id])
        if not found or _reminded_since(setting_id, person_id, clock.day_begins(today, zone)):
            return False
        _note(setting_id, found, "in_person", manager_id)
        happened(setting_id, "person.reminded", _ids(manager_id) | {"person": str(person_id)})
    return True


def note_slips(setting_id: UUID, slips: Collection[Asked], manager_id: UUID | None) -> None:
    """Note that these slips were printed, each as a reminder."""
    with writing():
        wait_for_turn(setting_id)
        _note(setting_id, slips, "slip", manager_id)
        happened(setting_id, "slips.printed", _ids(manager_id) | {"slips": str(len(slips))})


def one_each(found: Collection[Asked]) -> list[Asked]:
    """The most pressing agreement of each person, in the order given."""
    first: dict[UUID, Asked] = {}
    for one in found:
        first.setdefault(one.person_id, one)
    return list(first.values())


def _note(
    setting_id: UUID, found: Collection[Asked], channel: str, manager_id: UUID | None
) -> None:
    db.session.add_all(
        Reminder(
            setting_id=setting_id,
            person_id=one.person_id,
            agreement_id=one.agreement_id,
            due_on=one.due_on,
            channel=channel,
            by_id=manager_id,
        )
        for one in found
    )
    db.session.flush()


def _reminded_since(setting_id: UUID, person_id: UUID, moment: datetime) -> bool:
    noted = of(setting_id, Reminder).where(
        Reminder.person_id == person_id,
        Reminder.channel == "in_person",
        Reminder.made_at >= moment,
    )
    return db.session.scalar(sa.select(noted.exists())) or False


def _asked_rows(
    setting_id: UUID, today: date, people: Collection[UUID] | None
) -> sa.Select[Due, Person, str, Organisation, Agreement]:
    return (
        dues_asked(setting_id, people)
        .join(Person, Person.id == Due.person_id)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(_is_pressing(today))
        .order_by(Due.due_on, Person.name_key, Person.id, Agreement.title)
        .add_columns(Person, PersonCategory.category, Organisation, Agreement)
    )


def _is_pressing(today: date) -> sa.ColumnElement[bool]:
    last = today + timedelta(days=DAYS_OF_SOON)
    return sa.or_(Due.due_on <= last, Due.signing_id.is_(None))


def _asked(
    due: Due,
    person: Person,
    category: str,
    organisation: Organisation | None,
    agreement: Agreement,
    *,
    today: date,
) -> Asked:
    ever_signed = due.signing_id is not None
    return Asked(
        person_id=person.id,
        full_name=person.full_name,
        category=category,
        organisation=organisation.name if organisation else None,
        organisation_id=organisation.id if organisation else None,
        agreement_id=agreement.id,
        title=agreement.title,
        slug=agreement.slug,
        due_on=due.due_on,
        ever_signed=ever_signed,
        stage=stage(due.due_on, today, ever_signed=ever_signed),
    )


def _ids(manager_id: UUID | None) -> dict[str, str]:
    return {"manager": str(manager_id)} if manager_id else {}
