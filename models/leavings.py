"""Who leaves: the last day of somebody, and the people who left."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.erasures import not_erased
from models.merges import not_joined
from models.people import Known, Organisation, Person, PersonCategory
from models.settings import of

# The category that counts is the one they are in; of somebody who left, the one they were in last.
_NEWEST_FIRST = (
    PersonCategory.until.is_not(None),
    PersonCategory.until.desc(),
    PersonCategory.since.desc(),
    PersonCategory.id.desc(),
)


class Leaving(Identified, Made, OfSetting, Base):
    """Somebody's last day. It waits until that day is over, and ends when they stay or are back.

    Why they leave is in the event's details, which can be erased.
    """

    __tablename__ = "leavings"
    __table_args__ = (sa.Index("ix_leavings_closed_at_last_day", "closed_at", "last_day"),)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), index=True)
    last_day: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    # When their category ended with it: from then on nothing is asked of them.
    closed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def leaving_of(setting_id: UUID, person_id: UUID) -> Leaving | None:
    """The last day of one person that was written down and holds; the day itself may be to come."""
    return db.session.scalar(
        of(setting_id, Leaving)
        .where(Leaving.person_id == person_id, Leaving.ended_at.is_(None))
        .order_by(Leaving.made_at.desc(), Leaving.id.desc())
        .limit(1)
    )


def anybody(setting_id: UUID, person_id: UUID) -> Known | None:
    """One person of this setting with their newest category, whether they are here or left."""
    row = db.session.execute(
        _everybody(setting_id).where(Person.id == person_id).order_by(*_NEWEST_FIRST).limit(1)
    ).first()
    return Known(*row) if row else None


def people_who_left(setting_id: UUID, before: date | None = None) -> list[Known]:
    """Everybody who left, or did so before a day, as what they were last; the last one is first."""
    place = sa.func.row_number().over(partition_by=PersonCategory.person_id, order_by=_NEWEST_FIRST)
    theirs = sa.select(PersonCategory.id, place.label("place")).where(
        PersonCategory.setting_id == setting_id
    )
    if before is not None:
        gone = _gone(setting_id, before)
        if not gone:
            return []
        theirs = theirs.where(PersonCategory.person_id.in_(gone))
    numbered = theirs.subquery()
    rows = (
        _everybody(setting_id)
        .join(numbered, numbered.c.id == PersonCategory.id)
        .where(numbered.c.place == 1, PersonCategory.until.is_not(None))
        .order_by(PersonCategory.until.desc(), Person.name_key, Person.id)
    )
    return [Known(*row) for row in db.session.execute(rows)]


def _gone(setting_id: UUID, before: date) -> list[UUID]:
    """The ids of those who have been in no category since a day: often nobody."""
    later = aliased(PersonCategory)
    since = sa.or_(later.until.is_(None), later.until >= before)
    still = sa.exists().where(later.person_id == PersonCategory.person_id, since)
    rows = sa.select(PersonCategory.person_id).where(
        PersonCategory.setting_id == setting_id, PersonCategory.until < before, ~still
    )
    return list(db.session.scalars(rows))


def _everybody(setting_id: UUID) -> sa.Select[Person, str, str | None, date | None]:
    """People with each of their categories, without those who were erased or joined to another."""
    return (
        sa.select(Person, PersonCategory.category, Organisation.name, PersonCategory.until)
        .join(PersonCategory, PersonCategory.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(Person.setting_id == setting_id, not_erased(Person.id), not_joined(Person.id))
    )
