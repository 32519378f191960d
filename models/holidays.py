"""When a setting is closed: no letter leaves on these days."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class Holiday(Identified, Made, OfSetting, Base):
    """Half-term, Easter, the summer: from the first day to the last, both included."""

    __tablename__ = "holidays"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="in_order"),)

    name: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]


def holidays_of(setting_id: UUID) -> list[Holiday]:
    """All holidays of a setting, the earliest first."""
    return list(db.session.scalars(of(setting_id, Holiday).order_by(Holiday.first_day, Holiday.id)))


def holiday_of(setting_id: UUID, holiday_id: UUID) -> Holiday | None:
    """One holiday of this setting."""
    return db.session.scalar(of(setting_id, Holiday).where(Holiday.id == holiday_id))


def closed_on(day: date, holidays: Iterable[Holiday]) -> bool:
    """Whether the setting is closed on a day."""
    return any(holiday.first_day <= day <= holiday.last_day for holiday in holidays)
