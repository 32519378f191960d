"""Is the history whole, and is it the one that was sealed into records that left the house?"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from backends.storage import StorageAway
from extensions import db
from models.events import Chain, Event, EventDetails, check_history
from models.signings import Record
from models.writing import end_reading
from records.heads import SealedHead, heads_in_archive, heads_in_database
from records.stamped import heads_in_manifests


def verify_history(setting_id: UUID, slug: str, others: Iterable[SealedHead] = ()) -> Chain:
    """Walk the chain, then compare it with every sealed head that can be found.

    Whoever changes events and mends the chain and its head after them cannot mend what was
    sealed: the records in the database, the archived ones, and `others`, which somebody brought;
    nor what a timestamp server confirmed.
    """
    stamped, strange = heads_in_manifests(setting_id)
    heads = [*heads_in_database(setting_id), *stamped, *others]
    try:
        archived, faults = heads_in_archive(setting_id, slug)
    except StorageAway as error:
        archived, faults = [], [str(error)]
    chain = check_history(setting_id)
    faults = [
        *chain.faults,
        *missing_records(setting_id),
        *faults,
        *strange,
        *compared(setting_id, [*heads, *archived]),
    ]
    return replace(chain, faults=faults)


def missing_records(setting_id: UUID) -> list[str]:
    """A sentence for each record that the history knows and the database has lost.

    What was erased has lost its event's details as well, and is not missing.
    """
    events = db.session.scalars(
        sa.select(Event)
        .join(EventDetails, EventDetails.event_id == Event.id)
        .outerjoin(Record, Record.event_id == Event.id)
        .where(
            Event.setting_id == setting_id,
            Event.kind == "signing.sealed",
            Record.signing_id.is_(None),
        )
        .order_by(Event.sequence)
    )
    gone = [f"The record {event.ids['code']} is not in the database any more." for event in events]
    end_reading()
    return gone


def compared(setting_id: UUID, heads: list[SealedHead]) -> list[str]:
    """A sentence for each sealed head that the events do not fit."""
    rows = db.session.execute(
        sa.select(Event.sequence, Event.hash).where(
            Event.setting_id == setting_id, Event.sequence.in_({head.sequence for head in heads})
        )
    )
    hashes = {row.sequence: row.hash for row in rows}
    end_reading()
    wrong = [head for head in heads if hashes.get(head.sequence) != head.hash]
    return [_fault(head, head.sequence in hashes) for head in wrong]


def _fault(head: SealedHead, there: bool) -> str:
    if there:
        return (
            f"Event {head.sequence} is not the one that {head.where} {head.knows}: the history was "
            "rewritten."
        )
    return (
        f"There is no event {head.sequence}, but {head.where} {head.knows} it: the history was cut "
        "off, or put back to an older state."
    )
