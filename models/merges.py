"""Entries that turned out to be one person, or to be two people after all."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.people import Person
from models.prepared import PreparedSelect
from models.settings import of


class Merge(Made, OfSetting, Base):
    """An entry that was joined to another: who said so, and when. Its id goes on answering."""

    __tablename__ = "merges"

    merged_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    kept_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))


class Distinction(Identified, Made, OfSetting, Base):
    """A manager's word that two entries with much the same name are two people."""

    __tablename__ = "distinctions"
    __table_args__ = (sa.UniqueConstraint("first_id", "second_id"),)

    # The smaller id first, so that a pair is one row.
    first_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    second_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))


# Built once, because each signing asks.
_KEPT = PreparedSelect(
    sa.select(Merge.kept_id).where(
        Merge.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
        Merge.merged_id == sa.bindparam("person", type_=sa.Uuid()),
    )
)


def kept_id(setting_id: UUID, person_id: UUID) -> UUID:
    """The entry that stands for this one today: itself, unless it was joined to another."""
    while kept := _KEPT.first(setting=setting_id, person=person_id):
        (person_id,) = kept
    return person_id


def not_joined(person_id: sa.orm.InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Whether an entry stands for itself: it was not joined to another."""
    return ~sa.exists().where(Merge.merged_id == person_id)


def joined_to(setting_id: UUID, person_id: UUID) -> list[Person]:
    """The entries that were joined to this one, and those joined to them before."""
    found: list[Person] = []
    wanted = [person_id]
    while wanted:
        rows = of(setting_id, Person).join(Merge, Merge.merged_id == Person.id)
        joined = list(db.session.scalars(rows.where(Merge.kept_id.in_(wanted))))
        found += joined
        wanted = [person.id for person in joined]
    return found


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two ids in the order in which a distinction keeps them."""
    return (one, other) if one.int < other.int else (other, one)


def told_apart(setting_id: UUID) -> set[tuple[UUID, UUID]]:
    """Every pair that a manager said is two people."""
    rows = sa.select(Distinction.first_id, Distinction.second_id)
    found = db.session.execute(rows.where(Distinction.setting_id == setting_id))
    return {(first, second) for first, second in found}
