"""Looks through all records of a setting: their bytes, their seals, their copies, the history."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from backends.storage import StorageAway
from extensions import db, storage
from models.events import Event
from models.outbox import OutboxItem
from models.signings import Record, Signing, neutral_file_name
from models.templates import Template
from models.writing import end_reading
from outbox.errands import FAILED, KEPT
from records.heads import SealedHead
from records.history import compared, verify_history
from records.tail import Hash
from records.verdicts import verdict_on_record

# A share of the records is read in full each night, so that each has its turn in four weeks.
NIGHTS = 28
# The most that are read in full in one night: a minute of a processor.
MOST_SEALS = 2000
# So many records are in memory at once, and no reader is open while they are looked at.
PAGE = 50
NOT_AS_SEALED = "The record {} is not as it was sealed."
COPY_FITS = "The archive's copy of the record {} is as it was sealed: {}."


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the last check stopped: up to which event all is checked in full, and whose turn was
    the last, that many nights ago."""

    sequence: int = 0
    turn: int = 0
    nights: int = 1


@dataclass(slots=True)
class Outcome:
    """What a check looked at, where it stopped, and a sentence for each thing that is wrong."""

    sequence: int
    turn: int
    records: int = 0
    seals: int = 0
    events: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record to look at: the number of its event and the hash that stands there, its code, the
    name of its copy, and what became of that."""

    sequence: int
    sha256: str
    signing_id: UUID
    code: str
    copy: str
    copied: str | None


def check_all(setting_id: UUID, slug: str, time_zone: str, begun: Begun) -> Outcome:
    """Check every record's bytes, copy and event, and in full what is new or has its turn.

    Only reads, and each read is short.
    """
    chain = verify_history(setting_id, slug)
    listed = _listed(setting_id, slug, time_zone)
    full, outcome = whose_turn(listed, begun, chain.events)
    outcome.records, outcome.events, outcome.seals = len(listed), chain.events, len(full)
    faults = _bytes(setting_id) + _copies(slug, listed)
    heads = [head for one in full if (head := _in_full(one, faults))]
    # What is found on two ways is said once.
    outcome.faults = list(dict.fromkeys([*faults, *chain.faults, *compared(setting_id, heads)]))
    return outcome


def whose_turn(listed: list[Listed], begun: Begun, newest: int) -> tuple[list[Listed], Outcome]:
    """What is read in full tonight: what is new, and the next share of all, in order of events.

    The outcome says where the check after this one goes on.
    """
    new = [one for one in listed if one.sequence > begun.sequence][:MOST_SEALS]
    seen = newest if len(new) < MOST_SEALS else new[-1].sequence
    waiting = [one for one in listed if one.sequence > begun.turn]
    room = min(math.ceil(len(listed) / NIGHTS) * begun.nights, MOST_SEALS - len(new))
    due = waiting[:room]
    turn = due[-1].sequence if due else begun.turn
    # Whoever is last has had their turn: the round begins again.
    outcome = Outcome(seen, 0 if len(waiting) <= room else turn)
    return list(dict.fromkeys(new + due)), outcome


def _listed(setting_id: UUID, slug: str, time_zone: str) -> list[Listed]:
    copied = _became_of_copies(setting_id)
    rows = db.session.execute(
        sa.select(Event.sequence, Event.ids, Record.code, Signing)
        .options(load_only(Signing.effective_at, Signing.category))
        .join(Record, Record.event_id == Event.id)
        .join(Signing, Signing.id == Record.signing_id)
        .where(Event.setting_id == setting_id)
        .order_by(Event.sequence)
    )
    found = []
    for sequence, ids, code, signing in rows:
        name = f"{slug}/{neutral_file_name(signing, code, time_zone)}"
        became = copied.get(str(signing.id))
        found.append(Listed(sequence, ids["record_sha256"], signing.id, code, name, became))
    end_reading()
    return found


def _became_of_copies(setting_id: UUID) -> dict[str, str | None]:
    items = sa.select(OutboxItem.about, OutboxItem.outcome).where(
        OutboxItem.setting_id == setting_id, OutboxItem.kind == "archive"
    )
    return {row.about: row.outcome for row in db.session.execute(items)}


def _bytes(setting_id: UUID) -> list[str]:
    """Compare every record's bytes with the hash in the history, a page at a time."""
    faults: list[str] = []
    begun: dict[UUID | None, Hash] = {None: hashlib.sha256()}
    after = 0
    while rows := _page(setting_id, after):
        for template_id in {row.template_id for row in rows} - begun.keys():
            pdf = db.session.scalar(sa.select(Template.pdf).where(Template.id == template_id))
            begun[template_id] = hashlib.sha256(pdf or b"")
        end_reading()
        for row in rows:
            whole = begun[row.template_id].copy()
            whole.update(row.pdf)
            if whole.hexdigest() != row.ids["record_sha256"]:
                faults.append(NOT_AS_SEALED.format(row.code))
        after = rows[-1].sequence
    end_reading()
    return faults


def _page(setting_id: UUID, after: int) -> Sequence[sa.Row[Any]]:
    return db.session.execute(
        sa.select(Event.sequence, Event.ids, Record.code, Record.template_id, Record.pdf)
        .join(Record, Record.event_id == Event.id)
        .where(Event.setting_id == setting_id, Event.sequence > after)
        .order_by(Event.sequence)
        .limit(PAGE)
    ).all()


def _copies(slug: str, listed: list[Listed]) -> list[str]:
    """Miss the copies that were made and are gone, and those that never could be made."""
    try:
        there = set(storage.names(slug))
    except StorageAway:
        # The history said so already.
        return []
    gone = [one for one in listed if one.copied == KEPT and one.copy not in there]
    never = [one for one in listed if one.copied in FAILED]
    return [f"The archive has lost its copy of the record {one.code}." for one in gone] + [
        f"The record {one.code} could not be copied to the archive." for one in never
    ]


def _in_full(one: Listed, faults: list[str]) -> SealedHead | None:
    """Read a record's seal and its copy; the head that it was sealed with."""
    verdict = verdict_on_record(one.signing_id)
    if verdict is None:
        return None
    copy_fits = _copy_fits(one, faults)
    if not verdict.genuine:
        faults.append(NOT_AS_SEALED.format(one.code))
        faults.extend(f"{one.code}: {words}" for words, truth in verdict.truths() if truth is False)
        faults.extend([COPY_FITS.format(one.code, one.copy)] if copy_fits else [])
    return SealedHead(*verdict.head, f"the record {one.code}") if verdict.head else None


def _copy_fits(one: Listed, faults: list[str]) -> bool:
    if one.copied != KEPT:
        return False
    try:
        copy = storage.read(one.copy)
    except StorageAway as error:
        faults.append(str(error))
        return False
    fits = copy is not None and hashlib.sha256(copy).hexdigest() == one.sha256
    if copy is not None and not fits:
        faults.append(f"The archive's copy of the record {one.code} has other bytes.")
    return fits
