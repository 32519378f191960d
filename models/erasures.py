"""Who was erased, and which records with them: numbers and days, never a name."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of

ERASED_NAME = "Erased person"
# Why: the setting's own retention rule, or the person asked for it.
REASONS: dict[str, str] = {
    "retention": "by the setting’s retention rule",
    "request": "because the person asked for it",
}


class Erasure(Identified, Made, OfSetting, Base):
    """One person was erased; whoever puts an older copy of the data back erases them again."""

    __tablename__ = "erasures"
    __table_args__ = (sa.CheckConstraint("why IN ('retention', 'request')", name="why_known"),)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    why: Mapped[str]

    @property
    def why_words(self) -> str:
        """Why, as a sentence goes on."""
        return REASONS[self.why]


class ErasedRecord(OfSetting, Base):
    """A record whose PDF is gone; its row keeps the check code and the SHA-256 of the whole."""

    __tablename__ = "erased_records"

    signing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("signings.id"), primary_key=True)
    erasure_id: Mapped[UUID] = mapped_column(sa.ForeignKey("erasures.id"), index=True)


def not_erased(person_id: InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Whether a person is still known by name, for where()."""
    return ~sa.exists().where(Erasure.person_id == person_id)


def still_kept(signing_id: InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Whether the PDF of a signing is still kept, for where(): whatever reads records asks it."""
    return ~sa.exists().where(ErasedRecord.signing_id == signing_id)


def erasure_of_record(signing_id: UUID) -> Erasure | None:
    """The erasure that took a record's PDF with it."""
    return db.session.scalar(
        sa.select(Erasure)
        .join(ErasedRecord, ErasedRecord.erasure_id == Erasure.id)
        .where(ErasedRecord.signing_id == signing_id)
    )


def erasures_of(setting_id: UUID) -> list[tuple[Erasure, int]]:
    """Every erasure of a setting with its number of records, the newest first."""
    records = (
        sa.select(sa.func.count())
        .select_from(ErasedRecord)
        .where(ErasedRecord.erasure_id == Erasure.id)
        .scalar_subquery()
    )
    rows = of(setting_id, Erasure).add_columns(records)
    rows = rows.order_by(Erasure.made_at.desc(), Erasure.id.desc())
    return [(erasure, count or 0) for erasure, count in db.session.execute(rows)]


def erased_at(signing_id: UUID) -> datetime | None:
    """When the PDF of a signing was erased; None while it is kept."""
    erasure = erasure_of_record(signing_id)
    return erasure.made_at if erasure else None
