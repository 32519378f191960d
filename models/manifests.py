"""The daily manifests: which records a setting has, and what somebody else confirmed of that."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.events import Event
from models.settings import of
from models.signings import Record
from models.writing import end_reading

SEALED = "signing.sealed"
PAGE = 500


class Manifest(Identified, Made, OfSetting, Base):
    """The records of the days since the manifest before, and the chain head at the day's end.

    Never changed once it is made, but for the answer of the timestamp server, which comes later.
    """

    __tablename__ = "manifests"
    __table_args__ = (
        sa.UniqueConstraint("setting_id", "number"),
        sa.UniqueConstraint("setting_id", "day"),
    )

    number: Mapped[int]
    day: Mapped[date]
    # The newest event that it tells of.
    sequence: Mapped[int]
    hash: Mapped[str]
    # Not loaded with the row: the first one of a large setting is long.
    body: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]
    # The server's whole answer (RFC 3161, DER), the time in it, and whose certificate signed it.
    answer: Mapped[bytes | None] = mapped_column(deferred=True)
    stamped_at: Mapped[datetime | None]
    stamped_by: Mapped[str | None]


def last_manifest(setting_id: UUID) -> Manifest | None:
    """The newest manifest of a setting."""
    return db.session.scalar(of(setting_id, Manifest).order_by(Manifest.number.desc()).limit(1))


def has_manifest(setting_id: UUID, day: date) -> bool:
    """Whether there is one for this day."""
    row = of(setting_id, Manifest).where(Manifest.day == day)
    return db.session.scalar(sa.select(row.exists())) or False


def oldest_unstamped(setting_id: UUID) -> Manifest | None:
    """The manifest that has waited longest for its timestamp."""
    waiting = of(setting_id, Manifest).where(Manifest.stamped_at.is_(None))
    return db.session.scalar(waiting.order_by(Manifest.number).limit(1))


def newest_stamped(setting_id: UUID) -> Manifest | None:
    """The newest manifest that was confirmed."""
    stamped = of(setting_id, Manifest).where(Manifest.stamped_at.is_not(None))
    return db.session.scalar(stamped.order_by(Manifest.number.desc()).limit(1))


def how_many_unstamped(setting_id: UUID) -> int:
    """How many manifests wait for their timestamp."""
    waiting = sa.select(sa.func.count()).select_from(Manifest)
    rows = waiting.where(Manifest.setting_id == setting_id, Manifest.stamped_at.is_(None))
    return db.session.scalar(rows) or 0


def manifests_until(setting_id: UUID, sequence: int) -> list[Manifest]:
    """A setting's manifests up to an event, the oldest first, without their bodies."""
    rows = of(setting_id, Manifest).where(Manifest.sequence <= sequence).order_by(Manifest.number)
    return list(db.session.scalars(rows))


def body_of(manifest_id: UUID) -> bytes:
    """The bytes that were hashed; no read stays open."""
    body = db.session.scalars(sa.select(Manifest.body).where(Manifest.id == manifest_id)).one()
    end_reading()
    return body


def answer_of(manifest_id: UUID) -> bytes:
    """What the server answered, empty while it did not; no read stays open."""
    rows = sa.select(Manifest.answer).where(Manifest.id == manifest_id)
    answer = db.session.scalars(rows).one()
    end_reading()
    return answer or b""


def manifest_with(signing_id: UUID) -> tuple[Manifest, Event] | None:
    """The stamped manifest that tells of a record, with the event that it tells of."""
    event = db.session.scalar(
        sa.select(Event)
        .join(Record, Record.event_id == Event.id)
        .where(Record.signing_id == signing_id)
    )
    if event is None:
        return None
    rows = of(event.setting_id, Manifest).where(Manifest.sequence >= event.sequence)
    manifest = db.session.scalar(rows.order_by(Manifest.number).limit(1))
    return (manifest, event) if manifest and manifest.stamped_at else None


def sealed_between(
    setting_id: UUID, after: int, until: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """The events of records after one event and up to another: number and ids of each.

    In short reads, none of which stays open.
    """
    while rows := db.session.execute(
        sa.select(Event.sequence, Event.ids)
        .where(
            Event.setting_id == setting_id,
            Event.kind == SEALED,
            Event.sequence > after,
            Event.sequence <= until,
        )
        .order_by(Event.sequence)
        .limit(PAGE)
    ).all():
        end_reading()
        for row in rows:
            yield row.sequence, row.ids
        after = rows[-1].sequence
    end_reading()
