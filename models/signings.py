"""Signings, the records they became, and what was told to the safeguarding lead."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.agreements import Version
from models.base import Identified, Made, OfSetting
from models.erasures import still_kept
from models.people import Person
from models.settings import of
from models.templates import Template
from models.voids import not_voided


class Signing(OfSetting, Base):
    """The act: who signed which version, when and how. The id is minted by the tablet.

    One of method "paper" was signed on paper, and filed later as a scan by a manager.
    """

    __tablename__ = "signings"
    __table_args__ = (
        sa.CheckConstraint("method IN ('drawn', 'typed', 'mark', 'paper')", name="method_known"),
        # What was signed on paper has no tablet, no clock of one, and no drawing.
        sa.CheckConstraint(
            "(method = 'paper' AND tablet_id IS NULL AND device_signed_at IS NULL "
            "AND drawing IS NULL) OR (method <> 'paper' AND tablet_id IS NOT NULL "
            "AND device_signed_at IS NOT NULL)",
            name="tablet_unless_paper",
        ),
        # All that a list of records can be narrowed down by: none is opened to be passed over.
        sa.Index(
            "ix_signings_setting_id_received_at",
            *("setting_id", "received_at", "id", "effective_at", "person_id"),
            *("agreement_id", "version_id", "category", "method"),
        ),
        # And all that says whether somebody has signed again since.
        sa.Index(
            "ix_signings_person_id_effective_at",
            *("person_id", "effective_at", "agreement_id", "received_at", "setting_id", "id"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("versions.id"))
    tablet_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("tablets.id"))
    full_name: Mapped[str]
    category: Mapped[str]
    organisation: Mapped[str | None]
    method: Mapped[str]
    # Ink only: [x, y, width] for each sample. No pressure and no timing is ever stored.
    drawing: Mapped[str | None]
    # "chosen", "matched by name" or "new": how the person was found.
    found: Mapped[str]
    device_signed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    effective_at: Mapped[datetime]
    # What the tablet was told when it was accepted; a replay is answered with the same.
    due_on: Mapped[date]
    body_mac: Mapped[str]


class Record(OfSetting, Base):
    """The sealed PDF of a signing, its hash and the code that finds it.

    Where it was filled into a template, `pdf` holds what comes after the template's bytes: read
    it by whole_pdf(). `sha256` and `size` are those of the whole. An erased record has no bytes and
    no template; models.erasures says so.
    """

    __tablename__ = "records"

    signing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("signings.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    pdf: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    template_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("templates.id"), index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    seal_key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("keys.id"))
    # The event that vouches for the hash: changing row and bytes together is still found.
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("events.id"), index=True)


class Declaration(Identified, Made, OfSetting, Base):
    """What somebody answered in a sitting, encrypted; only `told` (anything?) is in the open."""

    __tablename__ = "declarations"
    __table_args__ = (
        sa.Index("ix_declarations_setting_id_sitting_id", "setting_id", "sitting_id"),
        # Every page of the desk counts what waits, and few declarations tell anything.
        sa.Index("ix_declarations_waiting", "setting_id", "told", "first_read_at"),
    )

    sitting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    told: Mapped[bool]
    sealed_answer: Mapped[bytes]
    key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("keys.id"))
    first_read_at: Mapped[datetime | None]
    first_read_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


class Signed(Protocol):
    """A signing, as far as its file's name is made of it."""

    @property
    def effective_at(self) -> datetime:
        """When it counts from."""
        ...

    @property
    def category(self) -> str:
        """What they signed as."""
        ...


def signing_of(setting_id: UUID, signing_id: UUID) -> Signing | None:
    """One signing of this setting."""
    return db.session.scalar(of(setting_id, Signing).where(Signing.id == signing_id))


def newest_that_counts(
    setting_id: UUID, person_id: UUID, agreement_id: UUID, *, without: UUID | None = None
) -> Signing | None:
    """A person's newest signing of an agreement that was not voided; one may be left out."""
    rows = of(setting_id, Signing).where(
        Signing.person_id == person_id,
        Signing.agreement_id == agreement_id,
        not_voided(Signing.id),
    )
    if without is not None:
        rows = rows.where(Signing.id != without)
    return db.session.scalar(rows.order_by(Signing.effective_at.desc(), Signing.id.desc()).limit(1))


def signings_newest_first(setting_id: UUID) -> sa.Select[Signing, Record]:
    """A setting's signings with their records (without the PDF bytes); erased ones are left out."""
    return (
        sa.select(Signing, Record)
        .join(Record, Record.signing_id == Signing.id)
        .where(Signing.setting_id == setting_id, still_kept(Signing.id))
        .order_by(Signing.received_at.desc(), Signing.id.desc())
    )


def signed_before(setting_id: UUID, person_id: UUID, version: Version) -> sa.Select[Version, str]:
    """The older versions of an agreement that a person signed and as which category, the newest
    signing first."""
    return (
        sa.select(Version, Signing.category)
        .join(Signing, Signing.version_id == Version.id)
        .where(
            Signing.setting_id == setting_id,
            Signing.person_id == person_id,
            Signing.agreement_id == version.agreement_id,
            Version.number < version.number,
            not_voided(Signing.id),
        )
        .order_by(Signing.effective_at.desc(), Signing.id.desc())
    )


def record_pdf(setting_id: UUID, signing_id: UUID) -> tuple[Signing, str, bytes] | None:
    """A signing of this setting with its check code and its sealed bytes, while they are kept."""
    row = db.session.execute(
        sa.select(Signing, Record)
        .join(Record, Record.signing_id == Signing.id)
        .where(Signing.setting_id == setting_id, Signing.id == signing_id, still_kept(Signing.id))
    ).first()
    return (row[0], row[1].code, whole_pdf(row[1])) if row else None


def whole_pdf(record: Record) -> bytes:
    """The sealed bytes of a record, as they were when it was sealed: the only place that joins."""
    if record.template_id is None:
        return record.pdf
    return db.session.get_one(Template, record.template_id).pdf + record.pdf


def neutral_file_name(signing: Signed, code: str, time_zone: str) -> str:
    """What a record's file is called where no name may show: 2026-11-24_volunteer_CODE.pdf."""
    day = clock.local_day(signing.effective_at, time_zone)
    return f"{day.isoformat()}_{signing.category}_{code}.pdf"


def last_signed(setting_id: UUID, people: list[UUID]) -> dict[UUID, datetime]:
    """When each of these people last signed anything."""
    rows = db.session.execute(
        sa.select(Signing.person_id, sa.func.max(Signing.effective_at))
        .where(
            Signing.setting_id == setting_id,
            Signing.person_id.in_(people),
            not_voided(Signing.id),
        )
        .group_by(Signing.person_id)
    )
    return {row[0]: row[1] for row in rows}


def told_by_id(setting_id: UUID, declaration_id: UUID) -> tuple[Declaration, str] | None:
    """One declaration of this setting that tells something, still sealed, and who told it."""
    row = db.session.execute(
        of(setting_id, Declaration)
        .join(Person, Person.id == Declaration.person_id)
        .where(Declaration.told, Declaration.id == declaration_id)
        .add_columns(Person.full_name)
    ).first()
    return (row[0], row[1]) if row else None
