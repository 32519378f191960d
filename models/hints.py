"""Hints about an agreement that a manager set aside, each with the reason why."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class Dismissal(Identified, Made, OfSetting, Base):
    """One hint, set aside by somebody on a day; taken back is a moment, so that the reason stays.

    `words_sha256` and `checked_on` say what the hint was about then: it comes back when its words
    change, or when its source is read again.
    """

    __tablename__ = "hint_dismissals"
    __table_args__ = (sa.Index("ix_hint_dismissals_agreement_id_key", "agreement_id", "key"),)

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    key: Mapped[str]
    words_sha256: Mapped[str]
    checked_on: Mapped[date | None]
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def dismissals_of(setting_id: UUID, agreement_id: UUID) -> list[Dismissal]:
    """Every dismissal of an agreement that stands, the newest first."""
    return list(
        db.session.scalars(
            of(setting_id, Dismissal)
            .where(Dismissal.agreement_id == agreement_id, Dismissal.taken_back_at.is_(None))
            .order_by(Dismissal.made_at.desc(), Dismissal.id.desc())
        )
    )


def dismissal_of(setting_id: UUID, dismissal_id: UUID) -> Dismissal | None:
    """One dismissal of this setting, taken back or not."""
    return db.session.scalar(of(setting_id, Dismissal).where(Dismissal.id == dismissal_id))
