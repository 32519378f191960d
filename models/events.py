"""The append-only history of a setting: every event is chained to the one before it."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, OfSetting, new_id
from models.prepared import PreparedChange, PreparedSelect
from models.writing import insert_all, insert_values

BEGINNING = "0" * 64
PAGE = 500


class Event(Identified, OfSetting, Base):
    """What happened, with ids and hashes only; whatever names a person is in its details."""

    __tablename__ = "events"
    __table_args__ = (sa.UniqueConstraint("setting_id", "sequence"),)

    sequence: Mapped[int]
    kind: Mapped[str]
    at: Mapped[datetime]
    ids: Mapped[dict[str, Any]]
    details_mac: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class EventDetails(Base):
    """Names, reasons and notes of an event. Erasing the row leaves the chain whole."""

    __tablename__ = "event_details"

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("events.id"), primary_key=True)
    setting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("settings.id"), index=True)
    salt: Mapped[bytes]
    body: Mapped[dict[str, Any]]


class Head(Base):
    """The newest event of a setting; locking this row puts writers in order on PostgreSQL."""

    __tablename__ = "heads"

    setting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("settings.id"), primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str]


class Link(NamedTuple):
    """An event as it was chained, by the values of its row."""

    id: UUID
    setting_id: UUID
    sequence: int
    kind: str
    at: datetime
    ids: dict[str, str]
    details_mac: str
    previous_hash: str
    hash: str


class Newest(NamedTuple):
    """The number and the hash of a setting's newest event."""

    sequence: int
    hash: str


# Every act asks for the head and moves it on, so the statements are built once.
_SETTING = sa.bindparam("setting", type_=sa.Uuid())
_OF_HEAD = sa.select(Head.sequence, Head.hash).where(Head.setting_id == _SETTING)
_HEAD = PreparedSelect(_OF_HEAD)
_LOCKED_HEAD = PreparedSelect(_OF_HEAD.with_for_update())
_MOVE_HEAD = PreparedChange(
    sa.update(Head.__table__).where(Head.setting_id == _SETTING),  # type: ignore[arg-type]
    ["sequence", "hash"],
)


@dataclass(frozen=True)
class Chain:
    """What checking a setting's history found; `faults` are sentences, none when it is whole."""

    events: int
    erased: int
    head: str
    faults: list[str]


def names_by_id(one: UUID) -> sa.ColumnElement[bool]:
    """Whether an event names this id, whatever it calls it there, for where()."""
    return sa.cast(Event.ids, sa.Text()).contains(str(one))


def begin_history(setting_id: UUID) -> None:
    """Start the chain of a new setting, inside writing()."""
    db.session.add(Head(setting_id=setting_id, sequence=0, hash=BEGINNING))
    db.session.flush()


def current_head(setting_id: UUID) -> Newest:
    """The newest head, for printing; it may grow a moment later."""
    return Newest(*_HEAD.one(setting=setting_id))


def wait_for_turn(setting_id: UUID) -> Newest:
    """Hold the setting's head until the transaction ends: on PostgreSQL, one writer at a time."""
    return Newest(*_LOCKED_HEAD.one(setting=setting_id))


def happened(
    setting_id: UUID, kind: str, ids: dict[str, str], details: dict[str, Any] | None = None
) -> Link:
    """Append an event inside writing(). `ids` holds ids, codes and hashes, never a name."""
    link, told = _following(wait_for_turn(setting_id), setting_id, kind, ids, details or {})
    insert_values(Event, **link._asdict())
    insert_values(EventDetails, **told)
    _move_head(link)
    return link


def happened_to_each(
    setting_id: UUID, kind: str, each: Iterable[tuple[dict[str, str], dict[str, Any]]]
) -> None:
    """Append one event after the other inside writing(), for what happens to many at once.

    each: ids and details of each, as in happened(), which would ask the database for every one.
    """
    head, links, told = wait_for_turn(setting_id), [], []
    for ids, details in each:
        link, body = _following(head, setting_id, kind, ids, details)
        head = Newest(link.sequence, link.hash)
        links.append(link)
        told.append(body)
    if links:
        insert_all([Event(**link._asdict()) for link in links])
        insert_all([EventDetails(**body) for body in told])
        _move_head(links[-1])


def _following(
    head: Newest, setting_id: UUID, kind: str, ids: dict[str, str], details: dict[str, Any]
) -> tuple[Link, dict[str, Any]]:
    """The event that comes after a head, and the values of its details."""
    salt = secrets.token_bytes(16)
    link = Link(
        id=new_id(),
        setting_id=setting_id,
        sequence=head.sequence + 1,
        kind=kind,
        at=clock.now(),
        ids=ids,
        details_mac=_mac(salt, details),
        previous_hash=head.hash,
        hash="",
    )
    told = {"event_id": link.id, "setting_id": setting_id, "salt": salt, "body": details}
    return link._replace(hash=_hash(link)), told


def _move_head(link: Link) -> None:
    _MOVE_HEAD.run(setting=link.setting_id, sequence=link.sequence, hash=link.hash)


def check_history(setting_id: UUID) -> Chain:
    """Walk the whole chain in short reads and compare it with its head."""
    faults: list[str] = []
    sequence, newest, erased = 0, BEGINNING, 0
    head = current_head(setting_id)
    known = (head.sequence, head.hash)
    for event, details in _pages(setting_id):
        sequence += 1
        faults += _faults_of(event, details, sequence, newest)
        erased += details is None
        sequence, newest = event.sequence, event.hash
        if event.sequence == known[0] and event.hash != known[1]:
            faults.append(f"Event {event.sequence} is not the one the head names.")
    if sequence < known[0]:
        faults.append(f"The history ends at event {sequence}, but its head is event {known[0]}.")
    if sequence > current_head(setting_id).sequence:
        faults.append(f"Event {sequence} comes after the head; nobody vouches for it.")
    return Chain(events=sequence, erased=erased, head=newest, faults=faults)


def _pages(setting_id: UUID) -> Iterator[tuple[Event, EventDetails | None]]:
    after = 0
    while True:
        rows = db.session.execute(
            sa.select(Event, EventDetails)
            .outerjoin(EventDetails, EventDetails.event_id == Event.id)
            .where(Event.setting_id == setting_id, Event.sequence > after)
            .order_by(Event.sequence)
            .limit(PAGE)
        ).all()
        if not rows:
            return
        for row in rows:
            yield row[0], row[1]
        after = rows[-1][0].sequence
        # Nothing of this page is needed any more, and no reader may stay open for long.
        db.session.expunge_all()
        db.session.rollback()


def _faults_of(
    event: Event, details: EventDetails | None, sequence: int, previous: str
) -> list[str]:
    faults = []
    if event.sequence != sequence:
        faults.append(f"Event {sequence} is missing; event {event.sequence} follows.")
    elif event.previous_hash != previous:
        faults.append(f"Event {event.sequence} does not follow the event before it.")
    if event.hash != _hash(event):
        faults.append(f"Event {event.sequence} was changed.")
    if details is not None and event.details_mac != _mac(details.salt, details.body):
        faults.append(f"The details of event {event.sequence} were changed.")
    return faults


def _mac(salt: bytes, body: dict[str, Any]) -> str:
    packed = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return hmac.new(salt, packed, hashlib.sha256).hexdigest()


def _hash(event: Event | Link) -> str:
    packed = orjson.dumps(hashed(event), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(packed).hexdigest()


def hashed(event: Event | Link) -> dict[str, Any]:
    """What the hash of an event is made of, as an export shows it to a checker."""
    return {
        "sequence": event.sequence,
        "kind": event.kind,
        # Written out by hand: both databases must give back the very same text.
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "ids": event.ids,
        "details_mac": event.details_mac,
        "previous_hash": event.previous_hash,
        "setting": str(event.setting_id),
    }
