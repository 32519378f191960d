"""Legal holds: while one is in force, nothing of a person is erased, whatever any clock says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.events import EventDetails
from models.managers import CALLED, Manager
from models.people import Person
from models.settings import of


class Hold(Identified, Made, OfSetting, Base):
    """Keep everything of one person, from a day on until another or until it is lifted.

    Why is in the event's details, which can be erased.
    """

    __tablename__ = "holds"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("events.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.lifted_at is None and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Held:
    """A hold in force as the desk shows it; `reason` is None once it was erased."""

    hold: Hold
    by: str
    reason: str | None


def holds_on(setting_id: UUID, person_id: UUID, day: date) -> list[Held]:
    """The holds on one person that are in force on a day, the newest first."""
    return [held for held, _ in _held(setting_id, day, Hold.person_id == person_id)]


def every_hold(setting_id: UUID, day: date) -> list[tuple[Held, Person]]:
    """All holds of a setting that are in force on a day, the newest first, and on whom."""
    return _held(setting_id, day)


def hold_of(setting_id: UUID, person_id: UUID, hold_id: UUID) -> Hold | None:
    """One hold on one person of this setting."""
    return db.session.scalar(
        of(setting_id, Hold).where(Hold.id == hold_id, Hold.person_id == person_id)
    )


def holds_of(setting_id: UUID, person_id: UUID) -> Sequence[Hold]:
    """Every hold there ever was on one person."""
    rows = of(setting_id, Hold).where(Hold.person_id == person_id).order_by(Hold.made_at)
    return db.session.scalars(rows).all()


def people_held(setting_id: UUID, day: date) -> set[UUID]:
    """Who must be kept on a day."""
    held = sa.select(Hold.person_id).where(Hold.setting_id == setting_id, _in_force(day))
    return set(db.session.scalars(held))


def _held(setting_id: UUID, day: date, *only: sa.ColumnElement[bool]) -> list[tuple[Held, Person]]:
    rows = (
        of(setting_id, Hold)
        .join(Manager, Manager.id == Hold.by_id)
        .join(Person, Person.id == Hold.person_id)
        .outerjoin(EventDetails, EventDetails.event_id == Hold.event_id)
        .where(_in_force(day), *only)
        .order_by(Hold.made_at.desc(), Hold.id.desc())
        .add_columns(CALLED, EventDetails.body, Person)
    )
    return [
        (Held(hold, by, (details or {}).get("reason")), person)
        for hold, by, details, person in db.session.execute(rows)
    ]


def _in_force(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(Hold.lifted_at.is_(None), sa.or_(Hold.until.is_(None), Hold.until >= day))
