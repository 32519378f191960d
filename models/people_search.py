"""Finding somebody by name among everybody there ever was, however many they are."""

from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.names import name_key
from models.people import Known, Organisation, Person, PersonCategory, close_matches
from models.settings import of


def people_called(setting_id: UUID, typed: str, most: int, *, here: bool = False) -> list[Known]:
    """People whose name may be meant, each with their newest category; `here`: who are still here.

    Where a word of a name begins with each typed word, nobody is guessed at. Only otherwise are
    slightly misspelt names looked for, among those with the same first letters.
    """
    words = name_key(typed).split()
    if not words:
        return []
    still = [_is_here()] if here else []
    found = _named(setting_id, [*still, *map(_begins, words)], most)
    if found:
        return found
    alike = _named(setting_id, [*still, *(_begins(word[0]) for word in words)], None)
    return close_matches(typed, alike)[:most]


def _named(setting_id: UUID, where: list[sa.ColumnElement[bool]], most: int | None) -> list[Known]:
    people = sa.select(Person.id).where(Person.setting_id == setting_id, *where)
    people = people.order_by(Person.name_key, Person.id).limit(most)
    rows = (
        sa.select(Person, PersonCategory.category, Organisation.name)
        .join(PersonCategory, PersonCategory.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(Person.id.in_(people))
        .order_by(Person.name_key, Person.id, PersonCategory.since, PersonCategory.made_at)
    )
    newest = {row[0].id: Known(*row) for row in db.session.execute(rows)}
    return list(newest.values())


def _is_here() -> sa.ColumnElement[bool]:
    held = sa.exists().where(PersonCategory.person_id == Person.id)
    return held.where(PersonCategory.until.is_(None))


def _begins(word: str) -> sa.ColumnElement[bool]:
    key = Person.name_key
    inside = key.contains(f" {word}", autoescape=True)
    return sa.or_(key.startswith(word, autoescape=True), inside)


def anybody(setting_id: UUID, person_id: UUID) -> Person | None:
    """A person of this setting, whether they are still there or not."""
    return db.session.scalar(of(setting_id, Person).where(Person.id == person_id))
