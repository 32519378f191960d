"""Who is to be reminded on a day, and by which step: one question to the database.

A step is a day counted from the due day, those before it negative. Only the newest step that a
day has reached is ever asked about: after an outage or a holiday the missed ones are not sent
one after another. Somebody who has never signed is due seven days after being added, so the
steps before that do not exist for them. After the last step it is the manager's task.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.addresses import AddressCheck
from models.dues import Due, dues_asked
from models.people import Person
from models.reminders import Reminder
from models.settings import Setting
from renewals.schedule import DAYS_TO_SIGN_FIRST

STEPS = (-30, -14, -7, -1, 0, 1, 8, 15, 22, 29, 36)
FIRST_STEP_OF_A_NEWCOMER = -DAYS_TO_SIGN_FIRST
# A word in person so shortly before a letter, or any time after its day, takes its place.
DAYS_A_WORD_COUNTS = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """One step for one person and agreement."""

    person_id: UUID
    agreement_id: UUID
    due_on: date
    step: int

    @property
    def about(self) -> tuple[UUID, UUID, date]:
        """What the step is about."""
        return self.person_id, self.agreement_id, self.due_on


def newest_step(due_on: date, day: date, *, ever_signed: bool) -> int | None:
    """The newest step that a day has reached; None before the first."""
    first = STEPS[0] if ever_signed else FIRST_STEP_OF_A_NEWCOMER
    reached = [step for step in STEPS if step >= first and due_on + timedelta(days=step) <= day]
    return max(reached, default=None)


def askings(setting: Setting, day: date) -> list[Asking]:
    """Every step of a setting that a day has reached and that nobody has taken, by person."""
    found = []
    agreements: dict[UUID, UUID] = {}
    for person_id, agreement_id, due_on, step, told_at in db.session.execute(
        _untaken(setting.id, day).order_by(Due.person_id, Due.due_on, Due.agreement_id)
    ):
        early = due_on + timedelta(days=step - DAYS_A_WORD_COUNTS)
        if told_at is None or clock.local_day(told_at, setting.time_zone) < early:
            # One object for each agreement, and not a hundred thousand.
            agreement_id = agreements.setdefault(agreement_id, agreement_id)
            found.append(Asking(person_id, agreement_id, due_on, step))
    return found


def still_untaken(setting_id: UUID, found: Sequence[Asking]) -> list[Asking]:
    """What of it nobody has taken since; ask while it is your turn (models.events)."""
    taken = db.session.execute(
        sa.select(
            Reminder.person_id, Reminder.agreement_id, Reminder.due_on, sa.func.max(Reminder.step)
        )
        .where(
            Reminder.setting_id == setting_id,
            Reminder.person_id.in_({asking.person_id for asking in found}),
            Reminder.due_on.in_({asking.due_on for asking in found}),
            Reminder.step.is_not(None),
        )
        .group_by(Reminder.person_id, Reminder.agreement_id, Reminder.due_on)
    )
    newest = {(person_id, agreement_id, day): step for person_id, agreement_id, day, step in taken}
    return [asking for asking in found if not _goes_as_far(newest.get(asking.about), asking.step)]


def _goes_as_far(taken: int | None, step: int) -> bool:
    return taken is not None and taken >= step


def _untaken(setting_id: UUID, day: date) -> sa.Select[UUID, UUID, date, int, datetime]:
    """Person, agreement, due day, newest step, and when somebody last had a word in person."""
    step = _newest_step(day)
    return (
        dues_asked(setting_id)
        .with_only_columns(
            Due.person_id, Due.agreement_id, Due.due_on, step, _told(), maintain_column_froms=True
        )
        .join(Person, Person.id == Due.person_id)
        .where(_reached(day), Person.email > "", ~_disowned(), ~_taken(step))
    )


def _newest_step(day: date) -> sa.Case[int]:
    """newest_step() for the database, once something is _reached()."""
    return sa.case(
        *((Due.due_on <= day - timedelta(days=step), step) for step in reversed(STEPS)),
        else_=STEPS[0],
    )


def _reached(day: date) -> sa.ColumnElement[bool]:
    return sa.or_(
        Due.due_on <= day - timedelta(days=FIRST_STEP_OF_A_NEWCOMER),
        sa.and_(Due.signing_id.is_not(None), Due.due_on <= day - timedelta(days=STEPS[0])),
    )


def _taken(step: sa.Case[int]) -> sa.Exists:
    """Whether this step or a later one has gone out: a clock set back repeats nothing."""
    return sa.exists().where(
        Reminder.person_id == Due.person_id,
        Reminder.agreement_id == Due.agreement_id,
        Reminder.due_on == Due.due_on,
        Reminder.step >= step,
    )


def _disowned() -> sa.Exists:
    return sa.exists().where(
        AddressCheck.person_id == Person.id,
        AddressCheck.email == Person.email,
        AddressCheck.disowned_at.is_not(None),
    )


def _told() -> sa.ScalarSelect[datetime]:
    return (
        sa.select(sa.func.max(Reminder.made_at))
        .where(
            Reminder.person_id == Due.person_id,
            Reminder.agreement_id == Due.agreement_id,
            Reminder.due_on == Due.due_on,
            Reminder.channel == "in_person",
        )
        .scalar_subquery()
    )
