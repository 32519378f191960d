"""Looks through all records of a setting: their bytes, their seals, their copies, the history."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import load_only

import clock
from backends.storage import StorageAway
from extensions import db, storage
from models.erasures import ErasedRecord, still_kept
from models.events import Event
from models.outbox import OutboxItem
from models.signings import Record, Signing, neutral_file_name
from models.templates import Template
from models.writing import end_reading
from outbox.errands import FAILED, KEPT
from records.archive import ARCHIVE, UNARCHIVE
from records.heads import SealedHead, code_in
from records.history import compared, verify_history
from records.tail import Hash
from records.turns import Begun, Listed, Outcome, Turns
from records.verdicts import verdict_on_record

# When this is over, the rest of what has its turn is left for the next night.
TIME_IN_FULL = timedelta(minutes=2)
# So many records are in memory at once, and no reader is open while they are looked at.
PAGE = 50
# So many missing copies are written again after one night; the next night goes on.
MOST_COPIES = 2000
NOT_AS_SEALED = "The record {} is not as it was sealed."
LEFT_OVER = "The archive still holds its copy of the record {}, which was erased."
COPY_FITS = "The archive's copy of the record {} is as it was sealed: {}."


def check_all(setting_id: UUID, slug: str, time_zone: str, begun: Begun) -> Outcome:
    """Check every record's bytes, copy and event, and in full what is new or has its turn.

    Only reads, and each read is short.
    """
    chain = verify_history(setting_id, slug)
    listed = _listed(setting_id, slug, time_zone)
    damaged, missing = _damaged(setting_id), _missing(slug, listed)
    faults = [NOT_AS_SEALED.format(code) for code in damaged]
    faults += [_missed(one) for one in missing] + _left_over(setting_id, slug)
    turns = Turns(begun, listed, chain.events)
    heads, done, until = [], [], clock.now() + TIME_IN_FULL
    for one in dict.fromkeys(turns.new + turns.due):
        if clock.now() > until:
            break
        heads += [head] if (head := _in_full(one, faults)) else []
        done.append(one)
    outcome = turns.outcome(done)
    whole = [str(one.signing_id) for one in missing if one.code not in damaged]
    outcome.to_copy = whole[:MOST_COPIES]
    # What is found on two ways is said once.
    outcome.faults = list(dict.fromkeys([*faults, *chain.faults, *compared(setting_id, heads)]))
    return outcome


def _listed(setting_id: UUID, slug: str, time_zone: str) -> list[Listed]:
    copied = _became_of_copies(setting_id)
    rows = db.session.execute(
        sa.select(Event.sequence, Event.ids, Record.code, Signing)
        .options(load_only(Signing.effective_at, Signing.category))
        .join(Record, Record.event_id == Event.id)
        .join(Signing, Signing.id == Record.signing_id)
        .where(Event.setting_id == setting_id, still_kept(Record.signing_id))
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
        OutboxItem.setting_id == setting_id, OutboxItem.kind == ARCHIVE
    )
    return {row.about: row.outcome for row in db.session.execute(items)}


def _damaged(setting_id: UUID) -> list[str]:
    """Compare every record's bytes with the hash in the history, a page at a time; gives codes."""
    damaged: list[str] = []
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
                damaged.append(row.code)
        after = rows[-1].sequence
    end_reading()
    return damaged


def _page(setting_id: UUID, after: int) -> Sequence[sa.Row[Any]]:
    return db.session.execute(
        sa.select(Event.sequence, Event.ids, Record.code, Record.template_id, Record.pdf)
        .join(Record, Record.event_id == Event.id)
        .where(
            Event.setting_id == setting_id,
            Event.sequence > after,
            still_kept(Record.signing_id),
        )
        .order_by(Event.sequence)
        .limit(PAGE)
    ).all()


def _missing(slug: str, listed: list[Listed]) -> list[Listed]:
    """The records whose copy was made and is gone, and those whose copy never could be made."""
    try:
        there = set(storage.names(slug))
    except StorageAway:
        # The history said so already.
        return []
    gone = [one for one in listed if one.copied == KEPT and one.copy not in there]
    return gone + [one for one in listed if one.copied in FAILED]


def _missed(one: Listed) -> str:
    if one.copied == KEPT:
        return f"The archive has lost its copy of the record {one.code}."
    return f"The record {one.code} could not be copied to the archive."


def _left_over(setting_id: UUID, slug: str) -> list[str]:
    """A sentence for each erased record whose copy the archive should not hold any more.

    While the errand that takes it away was not tried yet, nothing is wrong.
    """
    waiting = sa.select(OutboxItem.about).where(
        OutboxItem.setting_id == setting_id,
        OutboxItem.kind == UNARCHIVE,
        OutboxItem.done_at.is_(None),
        OutboxItem.last_fault.is_(None),
    )
    wait = set(db.session.scalars(waiting))
    rows = db.session.execute(
        sa.select(Record.signing_id, Record.code)
        .join(ErasedRecord, ErasedRecord.signing_id == Record.signing_id)
        .where(Record.setting_id == setting_id)
        .order_by(Record.code)
    )
    codes = [code for signing_id, code in rows if str(signing_id) not in wait]
    end_reading()
    try:
        there = {code_in(name) for name in storage.names(slug)}
    except StorageAway:
        # The history said so already.
        return []
    return [LEFT_OVER.format(code) for code in codes if code in there]


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
