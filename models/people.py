"""People sign and never log in; what category they are in is dated."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.categories import CATEGORIES, SENT_BY_AN_ORGANISATION
from models.names import name_key
from models.prepared import PreparedSelect
from models.settings import of
from models.writing import insert, insert_values


class Organisation(Identified, Made, OfSetting, Base):
    """The agency or college that sends a person, and whom to ask there."""

    __tablename__ = "organisations"
    __table_args__ = (sa.UniqueConstraint("setting_id", "name_key"),)

    name: Mapped[str]
    name_key: Mapped[str]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    # When somebody last made sure that the contact is right.
    checked_on: Mapped[date | None]
    # It sends nobody any more; whoever it sends next brings it back.
    ended_at: Mapped[datetime | None]


class Person(Identified, Made, OfSetting, Base):
    """Somebody who works with the children and must sign."""

    __tablename__ = "people"
    __table_args__ = (sa.Index("ix_people_setting_id_name_key", "setting_id", "name_key"),)

    full_name: Mapped[str]
    name_key: Mapped[str]
    email: Mapped[str | None]
    under_18: Mapped[bool] = mapped_column(default=False)
    # Set when some letter of the name has no glyph in any font here, so the desk can say so.
    name_prints_boxes: Mapped[bool] = mapped_column(default=False)


class PersonCategory(Identified, Made, OfSetting, Base):
    """The category a person is in from a day on, and who sends them."""

    __tablename__ = "person_categories"
    __table_args__ = (
        sa.Index(
            "ix_person_categories_person_id_until",
            *("person_id", "until", "category", "organisation_id"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    category: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisations.id"))
    since: Mapped[date]
    until: Mapped[date | None]


@dataclass(frozen=True)
class Known:
    """A person with their category today, or with the last one of somebody who left."""

    person: Person
    category: str
    organisation: str | None
    # The last day of somebody who left; models.leavings finds them.
    left_on: date | None = None

    @property
    def category_words(self) -> str:
        """The category as people say it."""
        return CATEGORIES[self.category]


_NOW = (
    sa.select(Person, PersonCategory.category, Organisation.name)
    .join(PersonCategory, PersonCategory.person_id == Person.id)
    .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
    .where(PersonCategory.until.is_(None))
    .order_by(Person.name_key, Person.id)
)
# Built once, because each signing asks.
_OF_SETTING = _NOW.where(Person.setting_id == sa.bindparam("setting", type_=sa.Uuid()))
_KNOWN = _OF_SETTING.where(Person.id == sa.bindparam("person", type_=sa.Uuid()))
_NAMESAKES = PreparedSelect(
    _OF_SETTING.with_only_columns(Person.id).where(
        Person.name_key == sa.bindparam("name_key"),
        PersonCategory.category == sa.bindparam("category"),
        sa.func.coalesce(Organisation.name_key, "") == sa.bindparam("sender"),
    )
)


def people_now(setting_id: UUID) -> sa.Select[Person, str, str | None]:
    """Every current person of a setting with category and organisation, by name."""
    return _NOW.where(Person.setting_id == setting_id)


def known_person(setting_id: UUID, person_id: UUID) -> Known | None:
    """One person of this setting with their newest category."""
    row = db.session.execute(_KNOWN, {"setting": setting_id, "person": person_id}).first()
    return Known(*row) if row else None


def after(last: Person) -> sa.ColumnElement[bool]:
    """Whether somebody comes after `last` in the list by name, for where()."""
    return sa.or_(
        Person.name_key > last.name_key,
        sa.and_(Person.name_key == last.name_key, Person.id > last.id),
    )


def namesakes(
    setting_id: UUID, full_name: str, category: str, organisation: str | None
) -> list[Person]:
    """The current people with this name, category and organisation."""
    found = _NAMESAKES.all(
        setting=setting_id,
        name_key=name_key(full_name),
        category=category,
        sender=name_key(organisation) if organisation else "",
    )
    return [db.session.get_one(Person, one) for (one,) in found]


def same_person(
    setting_id: UUID, full_name: str, category: str, organisation: str | None
) -> Person | None:
    """The one current person with this name, category and organisation; None if not exactly one."""
    found = namesakes(setting_id, full_name, category, organisation)
    return found[0] if len(found) == 1 else None


def add_person(
    setting_id: UUID,
    *,
    full_name: str,
    category: str,
    organisation: str | None,
    since: date,
    email: str | None = None,
    under_18: bool = False,
    name_prints_boxes: bool = False,
) -> Person:
    """Add a person inside writing(); the name has been through clean_name()."""
    person = Person(
        setting_id=setting_id,
        full_name=full_name,
        name_key=name_key(full_name),
        email=email,
        under_18=under_18,
        name_prints_boxes=name_prints_boxes,
    )
    insert(person, keep=True)
    begin_category(setting_id, person.id, category, organisation, since)
    return person


def begin_category(
    setting_id: UUID, person_id: UUID, category: str, organisation: str | None, since: date
) -> None:
    """From a day on a person is in this category, inside writing(); they are in no other one."""
    sender = None
    if organisation and category in SENT_BY_AN_ORGANISATION:
        sender = organisation_named(setting_id, organisation).id
    insert_values(
        PersonCategory,
        setting_id=setting_id,
        person_id=person_id,
        category=category,
        organisation_id=sender,
        since=since,
    )


def organisation_named(setting_id: UUID, name: str) -> Organisation:
    """The agency or college with this name, added inside writing() where there is none."""
    key = name_key(name)
    found = db.session.scalar(of(setting_id, Organisation).where(Organisation.name_key == key))
    if found is None:
        found = Organisation(setting_id=setting_id, name=name, name_key=key)
        insert(found, keep=True)
    elif found.ended_at is not None:
        found.ended_at = None
        db.session.flush()
    return found
