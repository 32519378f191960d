"""Every reminder there was, with what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement
from models.managers import CALLED, Manager
from models.outbox import OutboxItem
from models.people import Person
from models.reminders import Reminder
from models.settings import of
from outbox.errands import FAILED

# The outbox kinds that are letters; the archive's rows are not.
LETTERS = ("reminder", "confirm", "copy", "digest", "invitation")
# Older reminders are history, and say nothing about whether somebody has been told.
TOLD_LATELY = timedelta(days=60)
CHANNEL_WORDS = {"letter": "Letter", "in_person": "In person", "slip": "Slip"}


@dataclass(frozen=True)
class Told:
    """One reminder; for a letter, `outcome` is none while it waits and `fault` says what failed."""

    id: UUID
    made_at: datetime
    person_id: UUID
    full_name: str
    title: str
    due_on: date
    channel: str
    step: int | None
    by: str | None
    outcome: str | None
    fault: str | None

    @property
    def channel_words(self) -> str:
        """How it was said."""
        return CHANNEL_WORDS[self.channel]

    @property
    def failed(self) -> bool:
        """Whether it is a letter that will never leave."""
        return self.outcome in FAILED


def reminder_of(setting_id: UUID, reminder_id: UUID) -> Reminder | None:
    """One reminder of this setting."""
    return db.session.scalar(of(setting_id, Reminder).where(Reminder.id == reminder_id))


def told(
    setting_id: UUID,
    limit: int,
    *,
    before: Reminder | None = None,
    people: Collection[UUID] | None = None,
) -> list[Told]:
    """Reminders, the newest first, from after `before` on: a setting's, or those of some people."""
    rows = _rows(setting_id)
    if before is not None:
        rows = rows.where(_comes_after(before))
    if people is not None:
        rows = rows.where(Reminder.person_id.in_(people))
    return [Told(*row) for row in db.session.execute(rows.limit(limit))]


def newest_of(
    setting_id: UUID, people: Collection[UUID], since: datetime | None
) -> dict[UUID, Told]:
    """The newest reminder of each of these people, as far as it is not older than `since`."""
    rows = _rows(setting_id).where(Reminder.person_id.in_(people))
    if since is not None:
        rows = rows.where(Reminder.made_at >= since)
    newest: dict[UUID, Told] = {}
    for row in db.session.execute(rows):
        newest.setdefault(row.person_id, Told(*row))
    return newest


def told_lately(setting_id: UUID, people: Collection[UUID]) -> dict[UUID, Told]:
    """The newest reminder of each of these people, as far as it says that they were told."""
    return newest_of(setting_id, people, clock.now() - TOLD_LATELY)


def letters_that_failed(setting_id: UUID, kinds: Sequence[str], since: datetime) -> list[str]:
    """What the post office last said about each letter that did not leave, the newest first."""
    rows = (
        sa.select(OutboxItem.last_fault)
        .where(
            OutboxItem.setting_id == setting_id,
            OutboxItem.kind.in_(kinds),
            OutboxItem.made_at >= since,
            OutboxItem.last_fault.is_not(None),
            sa.or_(OutboxItem.done_at.is_(None), OutboxItem.outcome.in_(FAILED)),
        )
        .order_by(OutboxItem.made_at.desc(), OutboxItem.id.desc())
    )
    return [str(fault) for fault in db.session.scalars(rows)]


def _rows(
    setting_id: UUID,
) -> sa.Select[
    UUID, datetime, UUID, str, str, date, str, int | None, str | None, str | None, str | None
]:
    return (
        sa.select(
            Reminder.id,
            Reminder.made_at,
            Reminder.person_id,
            Person.full_name,
            Agreement.title,
            Reminder.due_on,
            Reminder.channel,
            Reminder.step,
            CALLED,
            OutboxItem.outcome,
            OutboxItem.last_fault,
        )
        .join(Person, Person.id == Reminder.person_id)
        .join(Agreement, Agreement.id == Reminder.agreement_id)
        .outerjoin(Manager, Manager.id == Reminder.by_id)
        .outerjoin(OutboxItem, OutboxItem.id == Reminder.outbox_id)
        .where(Reminder.setting_id == setting_id)
        .order_by(Reminder.made_at.desc(), Reminder.id.desc())
    )


def _comes_after(last: Reminder) -> sa.ColumnElement[bool]:
    return sa.or_(
        Reminder.made_at < last.made_at,
        sa.and_(Reminder.made_at == last.made_at, Reminder.id < last.id),
    )
