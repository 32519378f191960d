"""erase(): one person's name, words and PDFs go; the chain, the codes and the hashes stay."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.accounts import Monitor
from models.addresses import AddressCheck
from models.dues import Due
from models.erasures import ERASED_NAME, ErasedRecord, Erasure
from models.events import Event, EventDetails, happened, names_by_id, wait_for_turn
from models.holds import people_held
from models.leavings import anybody
from models.merges import joined_to
from models.outbox import OutboxItem
from models.pauses import Pause
from models.people import Person, PersonCategory
from models.reminders import Reminder
from models.reviews import DeclarationReview
from models.scans import Scan
from models.settings import Setting, of
from models.signings import Declaration, Record, Signing
from models.talks import Talk
from models.writing import writing
from outbox.putting import put
from records.archive import UNARCHIVE

# Rows about one person that go; the rest of what names a person by its number keeps no word of
# them. A test holds every table that has a person_id to one of the two lists.
GOES: tuple[Any, ...] = (Declaration, Pause, Due, Reminder, AddressCheck, Scan)
STAYS = (
    "account_checks", "account_monitors", "distinctions", "erasures", "holds", "leavings", "merges",
    "person_categories", "signings",
)  # fmt: skip


class Held(Exception):
    """There is a hold on their records, so nothing was erased. Lift the hold first."""


class StillHere(Exception):
    """They are still here, so nothing was erased. Write down their last day first."""


@dataclass(frozen=True)
class Goes:
    """How much there is to erase."""

    records: int
    told: int
    letters: int


def what_goes(setting_id: UUID, person_id: UUID) -> Goes:
    """What the page says before; numbers only, and never what was told."""
    return Goes(
        records=_count(of(setting_id, Signing).where(Signing.person_id == person_id)),
        told=_count(
            of(setting_id, Declaration).where(Declaration.person_id == person_id, Declaration.told)
        ),
        letters=_count(of(setting_id, Reminder).where(Reminder.person_id == person_id)),
    )


def _count(rows: sa.Select[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0


def erase(setting: Setting, person_id: UUID, manager_id: UUID | None, why: str) -> None:
    """Erase one person who left, for "retention" or at their "request", all of it or nothing.

    The archive's copies go by the outbox, soon after. Raises Held, StillHere or CannotSave;
    erasing twice is erasing once.
    """
    setting_id, today = setting.id, clock.today(setting.time_zone)
    with writing():
        wait_for_turn(setting_id)
        known = anybody(setting_id, person_id)
        if known is None:
            return
        if known.left_on is None:
            raise StillHere
        if person_id in people_held(setting_id, today):
            raise Held
        _erase(setting_id, person_id, manager_id, why)


def erase_again(setting_id: UUID, person_id: UUID, why: str) -> None:
    """Repeat an erasure after an older copy of the data was put back; opens writing() itself.

    What stood in its way in the older copy was over when the owner decided. Whoever is not there,
    or is erased, stays so.
    """
    with writing():
        wait_for_turn(setting_id)
        if anybody(setting_id, person_id) is None:
            return
        today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
        db.session.execute(
            sa.update(PersonCategory)
            .where(PersonCategory.person_id == person_id, PersonCategory.until.is_(None))
            .values(until=today)
        )
        _erase(setting_id, person_id, None, why)


def _erase(setting_id: UUID, person_id: UUID, manager_id: UUID | None, why: str) -> None:
    erasure = Erasure(setting_id=setting_id, person_id=person_id, by_id=manager_id, why=why)
    db.session.add(erasure)
    db.session.flush()
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    # An entry that was joined to theirs is theirs as well, with the name and the letters it had.
    for one in (person_id, *(joined.id for joined in joined_to(setting_id, person_id))):
        _letters(setting_id, one)
        _notes(one)
        for table in GOES:
            db.session.execute(sa.delete(table).where(table.person_id == one))
        _person(one, today)
        _words(setting_id, one)
    records = _records(erasure)
    ids = {"person": str(person_id), "erasure": str(erasure.id)}
    ids |= {"manager": str(manager_id)} if manager_id else {}
    happened(setting_id, "person.erased", ids, {"why": why, "records": records})


def _notes(person_id: UUID) -> None:
    """What was noted about what they told, and about a talk with them."""
    told = sa.select(Declaration.id).where(Declaration.person_id == person_id)
    asked = sa.select(Pause.id).where(Pause.person_id == person_id)
    db.session.execute(
        sa.delete(DeclarationReview).where(DeclarationReview.declaration_id.in_(told))
    )
    db.session.execute(sa.delete(Talk).where(Talk.pause_id.in_(asked)))


def _letters(setting_id: UUID, person_id: UUID) -> None:
    """What waits or was sent: what a post office answered may quote an address."""
    signings = sa.select(Signing.id).where(Signing.person_id == person_id)
    checks = sa.select(AddressCheck.id).where(AddressCheck.person_id == person_id)
    about = [str(one) for rows in (signings, checks) for one in db.session.scalars(rows)]
    letters = sa.select(Reminder.outbox_id).where(
        Reminder.person_id == person_id, Reminder.outbox_id.is_not(None)
    )
    items = [one for one in db.session.scalars(letters) if one]
    db.session.execute(sa.delete(Reminder).where(Reminder.person_id == person_id))
    db.session.execute(
        sa.delete(OutboxItem).where(
            OutboxItem.setting_id == setting_id,
            sa.or_(OutboxItem.about.in_(about), OutboxItem.id.in_(items)),
        )
    )


def _records(erasure: Erasure) -> int:
    """The PDFs, names and drawings go, the codes and the hashes stay; gives how many."""
    setting_id, person_id = erasure.setting_id, erasure.person_id
    signings = list(db.session.scalars(sa.select(Signing.id).where(Signing.person_id == person_id)))
    # Without its end and its template no PDF can be put together again.
    db.session.execute(
        sa.update(Record)
        .where(Record.signing_id.in_(signings))
        .values(pdf=b"", template_id=None)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        sa.update(Signing)
        .where(Signing.id.in_(signings))
        .values(full_name=ERASED_NAME, organisation=None, drawing=None)
        .execution_options(synchronize_session=False)
    )
    for signing_id in signings:
        db.session.add(
            ErasedRecord(setting_id=setting_id, signing_id=signing_id, erasure_id=erasure.id)
        )
        put(setting_id, UNARCHIVE, str(signing_id))
    db.session.flush()
    return len(signings)


def _person(person_id: UUID, today: date) -> None:
    """A tombstone in place of the person: nobody finds it, and whatever refers to it still can."""
    db.session.execute(
        sa.update(Person)
        .where(Person.id == person_id)
        .values(
            full_name=ERASED_NAME, name_key="", email=None, under_18=False, name_prints_boxes=False
        )
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        sa.update(PersonCategory)
        .where(PersonCategory.person_id == person_id)
        .values(organisation_id=None)
    )
    db.session.execute(
        sa.update(Monitor)
        .where(Monitor.person_id == person_id, Monitor.until.is_(None))
        .values(until=today)
    )


def _words(setting_id: UUID, person_id: UUID) -> None:
    """The details and the salt of every event about them: what is left of it proves nothing."""
    # Whatever the number is called in the event: "person", or one of two that were joined.
    events = sa.select(Event.id).where(Event.setting_id == setting_id, names_by_id(person_id))
    db.session.execute(
        sa.delete(EventDetails)
        .where(EventDetails.event_id.in_(events))
        .execution_options(synchronize_session=False)
    )
