"""What each nightly check of a setting's records found: one dated row a check."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class Check(Identified, Made, OfSetting, Base):
    """A finished check: how much was looked at, how far it came, and what is wrong."""

    __tablename__ = "checks"
    __table_args__ = (sa.Index("ix_checks_setting_id_made_at", "setting_id", "made_at"),)

    day: Mapped[date]
    # All records' bytes, and how many of them had their seal and their copy read as well.
    records: Mapped[int]
    seals: Mapped[int]
    events: Mapped[int]
    # The newest event that was there: records after it are new to the next check.
    sequence: Mapped[int]
    # The event of the last record whose turn it was; the next check goes on from there.
    turn: Mapped[int]
    # Sentences, worst first; `wrong` counts those that were not kept as well.
    faults: Mapped[list[Any]] = mapped_column(sa.JSON(none_as_null=True))
    wrong: Mapped[int]


def last_check(setting_id: UUID) -> Check | None:
    """The newest check of a setting."""
    return db.session.scalar(
        of(setting_id, Check).order_by(Check.made_at.desc(), Check.id.desc()).limit(1)
    )
