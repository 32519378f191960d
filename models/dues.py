"""When each person is asked to sign each agreement again: one row per person and agreement."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, OfSetting


class Due(Identified, OfSetting, Base):
    """The day somebody is due, why, and from which signing (none before the first)."""

    __tablename__ = "dues"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "agreement_id"),
        sa.Index("ix_dues_setting_id_due_on", "setting_id", "due_on"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    due_on: Mapped[date]
    reason: Mapped[str]
    rule: Mapped[str]
    signing_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("signings.id"))


def due_of(setting_id: UUID, person_id: UUID, agreement_id: UUID) -> Due | None:
    """When one person is due for one agreement."""
    return db.session.scalar(
        sa.select(Due).where(
            Due.setting_id == setting_id,
            Due.person_id == person_id,
            Due.agreement_id == agreement_id,
        )
    )


def dues_by_day(setting_id: UUID) -> sa.Select[Due]:
    """A setting's due days, the most pressing first."""
    return sa.select(Due).where(Due.setting_id == setting_id).order_by(Due.due_on, Due.id)
