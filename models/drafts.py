"""Drafts: what a manager is still writing. Publishing makes a version of one."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class Draft(Identified, Made, OfSetting, Base):
    """The next version of an agreement as it stands; `agreement_id` is None for a new one.

    `wordings` maps each category that signs to its sentence. `revision` counts the saves: whoever
    saves names the one they began from. `source` is what an import said of the text it came from.
    `publishing` is what a manager decided when they published it, while that lasts or if it failed.
    """

    __tablename__ = "drafts"
    __table_args__ = (sa.UniqueConstraint("agreement_id"),)

    agreement_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("agreements.id"))
    title: Mapped[str]
    text: Mapped[str]
    summary: Mapped[str]
    signoff_title: Mapped[str | None]
    name_label: Mapped[str]
    wordings: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=1)
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    source: Mapped[dict[str, Any] | None]
    publishing: Mapped[dict[str, Any] | None]


def draft_of(setting_id: UUID, draft_id: UUID) -> Draft | None:
    """One draft of this setting."""
    return db.session.scalar(of(setting_id, Draft).where(Draft.id == draft_id))


def draft_for(setting_id: UUID, agreement_id: UUID) -> Draft | None:
    """The draft of an agreement's next version, if somebody has begun one."""
    return db.session.scalar(of(setting_id, Draft).where(Draft.agreement_id == agreement_id))


def drafts_of(setting_id: UUID) -> list[Draft]:
    """Every draft of a setting, the one that was worked on last first."""
    return list(
        db.session.scalars(of(setting_id, Draft).order_by(Draft.edited_at.desc(), Draft.id))
    )
