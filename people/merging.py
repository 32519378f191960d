"""Two entries become one person: both histories stand under the one that is kept.

What was sealed stays as it was sealed, and no event is touched, so the chain stays whole. What
becomes of each table that names a person is in one list, and a guard test holds it complete.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

import clock
from extensions import db
from models.accounts import Check, Monitor
from models.addresses import AddressCheck
from models.agreements import Agreement
from models.dues import Due
from models.events import happened, wait_for_turn
from models.holds import Hold
from models.leavings import Leaving
from models.merges import Distinction, Merge, pair, told_apart
from models.pauses import Pause
from models.people import Known, Person, PersonCategory, known_person
from models.reminders import Reminder
from models.scans import Scan
from models.settings import Setting, of
from models.signings import Declaration, Signing, last_signed, newest_that_counts
from models.writing import writing
from renewals.dues import put, runs_to


class CannotMerge(Exception):
    """One of the two is not on the list any more. Nothing was changed; please look again."""


@dataclass(frozen=True)
class Side:
    """One of two entries, as the question shows it."""

    known: Known
    signings: int
    pauses: int
    reminders: int
    last_signed: date | None


def side(known: Known, time_zone: str) -> Side:
    """What hangs on an entry."""
    person = known.person
    last = last_signed(person.setting_id, [person.id]).get(person.id)
    return Side(
        known,
        _count(Signing.person_id, person),
        _count(Pause.person_id, person),
        _count(Reminder.person_id, person),
        clock.local_day(last, time_zone) if last else None,
    )


def merge(setting_id: UUID, kept_id: UUID, merged_id: UUID, manager_id: UUID) -> None:
    """Let two entries be one person; raises CannotMerge where one of them is not current.

    Due days are worked out anew in the same transaction, from the newest signing of either.
    """
    with writing():
        wait_for_turn(setting_id)
        kept, merged = known_person(setting_id, kept_id), known_person(setting_id, merged_id)
        if kept is None or merged is None or kept_id == merged_id:
            raise CannotMerge
        setting = db.session.get_one(Setting, setting_id)
        today = clock.today(setting.time_zone)
        for move in MOVES.values():
            move(setting_id, kept_id, merged_id, today)
        _take_over_particulars(kept.person, merged.person)
        _due_again(setting, kept_id)
        db.session.add(
            Merge(setting_id=setting_id, merged_id=merged_id, kept_id=kept_id, by_id=manager_id)
        )
        ids = {"person": str(kept_id), "merged": str(merged_id), "manager": str(manager_id)}
        happened(setting_id, "person.merged", ids, {"full_name": merged.person.full_name})


def tell_apart(setting_id: UUID, one: UUID, other: UUID, manager_id: UUID) -> None:
    """Two entries are two people, and nobody is asked again. Saying it twice is saying it once."""
    first, second = pair(one, other)
    with writing():
        wait_for_turn(setting_id)
        if (first, second) in told_apart(setting_id):
            return
        db.session.add(
            Distinction(setting_id=setting_id, first_id=first, second_id=second, by_id=manager_id)
        )
        ids = {"person": str(first), "other": str(second), "manager": str(manager_id)}
        happened(setting_id, "person.told_apart", ids)


def _whole(
    table: type[Signing | Declaration | Pause | Check | Hold | Leaving | Scan],
) -> Callable[..., None]:
    """Every row goes over."""

    def move(setting_id: UUID, kept_id: UUID, merged_id: UUID, _today: date) -> None:
        db.session.execute(
            sa.update(table)
            .where(table.setting_id == setting_id, table.person_id == merged_id)
            .values(person_id=kept_id)
        )

    return move


def _reminders(setting_id: UUID, kept_id: UUID, merged_id: UUID, _today: date) -> None:
    """A letter that both had for the same day stays where it is: it may be there once each."""
    there = sa.select(Reminder.agreement_id, Reminder.due_on, Reminder.step).where(
        Reminder.person_id == kept_id, Reminder.step.is_not(None)
    )
    both = {tuple(row) for row in db.session.execute(there)}
    rows = of(setting_id, Reminder).where(Reminder.person_id == merged_id)
    for row in db.session.scalars(rows):
        if (row.agreement_id, row.due_on, row.step) not in both:
            row.person_id = kept_id
    db.session.flush()


def _addresses(setting_id: UUID, kept_id: UUID, merged_id: UUID, _today: date) -> None:
    """What was said about an address that both had counts for the one that is kept."""
    rows = of(setting_id, AddressCheck)
    there = {
        check.email: check
        for check in db.session.scalars(rows.where(AddressCheck.person_id == kept_id))
    }
    for check in db.session.scalars(rows.where(AddressCheck.person_id == merged_id)):
        same = there.get(check.email)
        if same is None:
            check.person_id = kept_id
        else:
            same.confirmed_at = same.confirmed_at or check.confirmed_at
            same.disowned_at = same.disowned_at or check.disowned_at
    db.session.flush()


def _monitors(setting_id: UUID, kept_id: UUID, merged_id: UUID, today: date) -> None:
    """Whoever watches an account under both names watches it once: one pair of eyes."""
    rows = of(setting_id, Monitor).where(Monitor.until.is_(None))
    there = {row.account_id for row in db.session.scalars(rows.where(Monitor.person_id == kept_id))}
    for row in db.session.scalars(rows.where(Monitor.person_id == merged_id)):
        if row.account_id in there:
            row.until = today
    db.session.flush()
    db.session.execute(
        sa.update(Monitor)
        .where(Monitor.setting_id == setting_id, Monitor.person_id == merged_id)
        .values(person_id=kept_id)
    )


def _categories(setting_id: UUID, _kept_id: UUID, merged_id: UUID, today: date) -> None:
    """A person is in one category at a time, so these end and stay with the entry they are of."""
    db.session.execute(
        sa.update(PersonCategory)
        .where(
            PersonCategory.setting_id == setting_id,
            PersonCategory.person_id == merged_id,
            PersonCategory.until.is_(None),
        )
        .values(until=today)
    )


def _dues(setting_id: UUID, kept_id: UUID, merged_id: UUID, _today: date) -> None:
    """Whoever has never signed goes on waiting since the earlier day; signings are looked at after.

    A joined entry is asked nothing, so its rows go.
    """
    rows = of(setting_id, Due)
    there = {
        row.agreement_id: row for row in db.session.scalars(rows.where(Due.person_id == kept_id))
    }
    for row in db.session.scalars(rows.where(Due.person_id == merged_id)):
        same = there.get(row.agreement_id)
        if same and same.signing_id is None and row.signing_id is None:
            same.due_on = min(same.due_on, row.due_on)
        db.session.delete(row)
    db.session.flush()


def _stay(_setting_id: UUID, _kept_id: UUID, _merged_id: UUID, _today: date) -> None:
    """Rows about entries as such, which say what was true of them when they were written."""


# What becomes of the rows of each table that names a person.
MOVES: dict[str, Callable[[UUID, UUID, UUID, date], None]] = {
    "signings": _whole(Signing),
    "declarations": _whole(Declaration),
    "pauses": _whole(Pause),
    "account_checks": _whole(Check),
    "account_monitors": _monitors,
    "erasures": _stay,
    "holds": _whole(Hold),
    "leavings": _whole(Leaving),
    "reminders": _reminders,
    "address_checks": _addresses,
    "person_categories": _categories,
    "dues": _dues,
    "merges": _stay,
    "distinctions": _stay,
    "scans": _whole(Scan),
}


def _take_over_particulars(kept: Person, merged: Person) -> None:
    """The kept entry's words stand; only what it does not say is filled in."""
    kept.email = kept.email or merged.email
    db.session.flush()


def _due_again(setting: Setting, person_id: UUID) -> None:
    """Each due day follows the newest signing that counts, whichever entry it was under."""
    rows = of(setting.id, Due).where(Due.person_id == person_id)
    there = {row.agreement_id: row for row in db.session.scalars(rows)}
    for agreement_id in db.session.scalars(_signed_agreements(setting.id, person_id)):
        newest = newest_that_counts(setting.id, person_id, agreement_id)
        row = there.get(agreement_id)
        if newest is None or (row is not None and row.signing_id == newest.id):
            continue
        if row is None:
            row = Due(setting_id=setting.id, person_id=person_id, agreement_id=agreement_id)
            db.session.add(row)
        put(row, runs_to(newest, setting.time_zone))
        row.signing_id = newest.id
    db.session.flush()


def _signed_agreements(setting_id: UUID, person_id: UUID) -> sa.Select[UUID]:
    return sa.select(Agreement.id).where(
        Agreement.setting_id == setting_id,
        sa.exists().where(Signing.agreement_id == Agreement.id, Signing.person_id == person_id),
    )


def _count(column: InstrumentedAttribute[UUID], person: Person) -> int:
    rows = sa.select(sa.func.count()).where(column == person.id)
    return db.session.scalar(rows) or 0
