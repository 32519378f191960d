"""What an export reads, in short reads: the list first, then the bytes of a few records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa

from backends.database import Base
from extensions import db
from models.agreements import Agreement, Version
from models.choices import EVERYTHING, Choice, how_many
from models.erasures import still_kept
from models.events import Event
from models.settings import of
from models.signings import Record, Signing
from models.templates import Template
from models.voids import Void
from models.writing import end_reading

PAGE = 500
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Listed:
    """A signing with its record, but for the bytes.

    `size` is what is kept now; `sha256` is what the history says.
    """

    id: UUID
    received_at: datetime
    effective_at: datetime
    full_name: str
    category: str
    organisation: str | None
    method: str
    version_id: UUID
    code: str
    size: int
    sha256: str
    voided_at: datetime | None


def records_until(setting_id: UUID, sequence: int, choice: Choice = EVERYTHING) -> Iterator[Listed]:
    """The records that are meant, of those the history had up to an event and that are kept still.

    As they came in; no read stays open.
    """
    # Columns and not objects: it is a third of the time that an export takes.
    signed = (Signing.id, Signing.received_at, Signing.effective_at, Signing.full_name)
    how = (Signing.category, Signing.organisation, Signing.method, Signing.version_id)
    size = sa.func.length(Record.pdf) + sa.func.coalesce(sa.func.length(Template.pdf), 0)
    rows = (
        sa.select(
            *signed, *how, Record.code, size, Event.ids["record_sha256"].as_string(), Void.made_at
        )
        .join(Record, Record.signing_id == Signing.id)
        .join(Event, Event.id == Record.event_id)
        .outerjoin(Template, Template.id == Record.template_id)
        .outerjoin(Void, Void.signing_id == Signing.id)
        .where(
            Signing.setting_id == setting_id,
            Event.sequence <= sequence,
            still_kept(Signing.id),
            *choice.conditions(),
        )
        .order_by(Signing.received_at, Signing.id)
        .limit(PAGE)
    )
    page = _read(rows)
    while page:
        for row in page:
            last = Listed(*row)
            yield last
        page = _read(rows.where(_after(last)))


def events_until(setting_id: UUID, sequence: int) -> Iterator[Event]:
    """The history from its first event to this one; no read stays open."""
    known = 0
    while known < sequence:
        rows = of(setting_id, Event).where(Event.sequence > known, Event.sequence <= sequence)
        page = _read(rows.order_by(Event.sequence).limit(PAGE))
        if not page:
            return
        for row in page:
            yield row.Event
        known = page[-1].Event.sequence


def kept_of(setting_id: UUID, signing_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID | None, bytes]]:
    """The template and the kept bytes of some records, by signing; erased ones are missing."""
    # The setting is compared here: asked for it too, SQLite goes through all of its records.
    rows = sa.select(Record.setting_id, Record.signing_id, Record.template_id, Record.pdf)
    found = _read(rows.where(Record.signing_id.in_(signing_ids)))
    return {
        signing_id: (template_id, pdf)
        for owner, signing_id, template_id, pdf in found
        if owner == setting_id
    }


def template_bytes(template_id: UUID) -> bytes:
    """What the records of a template begin with."""
    ((pdf,),) = _read(sa.select(Template.pdf).where(Template.id == template_id))
    return pdf


def published(setting_id: UUID) -> list[tuple[str, Version]]:
    """Every published version of a setting with its agreement's short name."""
    rows = (
        of(setting_id, Version)
        .add_columns(Agreement.slug)
        .join(Agreement, Agreement.id == Version.agreement_id)
        .order_by(Agreement.slug, Version.number)
    )
    return [(row.slug, row.Version) for row in db.session.execute(rows)]


def how_much(setting_id: UUID, count: int | None = None) -> tuple[int, int]:
    """How many records there are, and about how many bytes: by the size of the newest ones.

    count: of so many of them.
    """
    count = how_many(setting_id, EVERYTHING) if count is None else count
    newest = (
        sa.select(Record.size)
        .join(Signing, Signing.id == Record.signing_id)
        .where(Signing.setting_id == setting_id, still_kept(Signing.id))
        .order_by(Signing.received_at.desc())
        .limit(100)
        .subquery()
    )
    usual = db.session.scalar(sa.select(sa.func.avg(newest.c.size)))
    return count, round(count * (usual or 0))


def _read(rows: sa.Select[*Columns]) -> list[sa.Row[*Columns]]:
    page = list(db.session.execute(rows))
    # A page is let go when it has been used, and must outlive the reader that is closed here.
    for one in (one for row in page for one in row if isinstance(one, Base)):
        db.session.expunge(one)
    end_reading()
    return page


def _after(last: Listed) -> sa.ColumnElement[bool]:
    """Said twice, because the first half lets the database use its index."""
    return sa.and_(
        Signing.received_at >= last.received_at,
        sa.or_(Signing.received_at > last.received_at, Signing.id > last.id),
    )
