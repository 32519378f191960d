"""Finds people by a name as somebody types it: by its beginnings, and forgiving."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.erasures import not_erased
from models.merges import not_joined
from models.names import likeness, name_key, word_likeness
from models.people import Known, Organisation, Person, PersonCategory, people_now


def find_people(
    setting_id: UUID,
    typed: str,
    most: int,
    among: sa.Select[Person, str, str | None] | None = None,
) -> list[Known]:
    """The current people a typed name may mean, best first: each typed word starts one of theirs.

    A word of four letters or more may also be slightly misspelt ("Sian Lewelyn").
    among: people_now() with further conditions, where only some are looked through.
    """
    rows = people_now(setting_id) if among is None else among
    # Columns and not objects, because everybody is looked at and few are shown.
    names = db.session.execute(rows.with_only_columns(Person.id, Person.name_key).order_by(None))
    best = close_names(typed, ((row[0], row[1]) for row in names))[:most]
    found = {row[0].id: Known(*row) for row in db.session.execute(rows.where(Person.id.in_(best)))}
    return [found[person_id] for person_id in best]


def close_names(typed: str, names: Iterable[tuple[UUID, str]]) -> list[UUID]:
    """The ids whose name_key a typed name may mean, best first."""
    parts = name_key(typed).split()
    # A setting has many people and few names: each word of them is compared once.
    alike = cache(word_likeness)
    scored = []
    for person_id, key in names:
        score = likeness(parts, key.split(), alike)
        if score > 0:
            scored.append((-score, key, person_id))
    return [person_id for _, _, person_id in sorted(scored)]


def find_anybody(setting_id: UUID, typed: str, most: int) -> list[Known]:
    """The people a typed name may mean, among all there ever were, however many they are.

    Where words of a name begin with each typed word, nobody is guessed at. Only otherwise are
    slightly misspelt names looked for, among those with the same first letters.
    """
    words = name_key(typed).split()
    if not words:
        return []
    if found := _named(setting_id, [*map(_begins, words)], most):
        return found
    alike = _named(setting_id, [_begins(word[0]) for word in words], None)
    by_id = {known.person.id: known for known in alike}
    names = ((known.person.id, known.person.name_key) for known in alike)
    return [by_id[person_id] for person_id in close_names(typed, names)[:most]]


def _named(setting_id: UUID, where: list[sa.ColumnElement[bool]], most: int | None) -> list[Known]:
    here = (Person.setting_id == setting_id, not_erased(Person.id), not_joined(Person.id))
    people = sa.select(Person.id).where(*here, *where)
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


def _begins(word: str) -> sa.ColumnElement[bool]:
    key = Person.name_key
    inside = key.contains(f" {word}", autoescape=True)
    return sa.or_(key.startswith(word, autoescape=True), inside)
