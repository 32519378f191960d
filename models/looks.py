"""Who looked at something confidential: the events of looking, and whom they were about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.events import Event
from models.managers import CALLED, Manager
from models.people import Person
from models.settings import of
from models.signings import Declaration, Signing

# Each kind of event that is a look is like one of these.
LOOKS = ("%.downloaded", "%.exported", "%.read", "pack.made")
# What an event names, where it is about one person.
ABOUT = ("person", "record", "declaration")


@dataclass(frozen=True)
class Wanted:
    """Which looks: at these people, by this manager, from a moment until before another."""

    people: frozenset[UUID] | None = None
    manager: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Look:
    """One look. `manager` is None where whoever hosts looked; `person` where it was at everybody,
    and `erased` says that it was at somebody who is not in the tables any more."""

    sequence: int
    at: datetime
    kind: str
    manager: str | None
    person: str | None
    erased: bool


def looks(setting_id: UUID, wanted: Wanted, limit: int, before: int | None = None) -> list[Look]:
    """The looks of a setting, the newest first, from before an event's number on."""
    rows = of(setting_id, Event).where(
        sa.or_(*map(Event.kind.like, LOOKS)), *_only(setting_id, wanted)
    )
    if before is not None:
        rows = rows.where(Event.sequence < before)
    events = list(db.session.scalars(rows.order_by(Event.sequence.desc()).limit(limit)))
    people = _people(setting_id, events)
    managers = _names(Manager, CALLED, events, "manager")
    return [_look(event, people, managers) for event in events]


def _only(setting_id: UUID, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = []
    if wanted.manager is not None:
        found.append(Event.ids["manager"].as_string() == str(wanted.manager))
    if wanted.since is not None:
        found.append(Event.at >= wanted.since)
    if wanted.before is not None:
        found.append(Event.at < wanted.before)
    if wanted.people is not None:
        found.append(_about(setting_id, wanted.people))
    return found


def _about(setting_id: UUID, people: frozenset[UUID]) -> sa.ColumnElement[bool]:
    """What is about one of these people, or about everybody and so about them, too."""
    told = of(setting_id, Declaration).where(Declaration.person_id.in_(people))
    declarations = [str(one) for one in db.session.scalars(told.with_only_columns(Declaration.id))]
    signed = of(setting_id, Signing).where(Signing.person_id.in_(people))
    records = [str(one) for one in db.session.scalars(signed.with_only_columns(Signing.id))]
    return sa.or_(
        Event.ids["person"].as_string().in_([str(person) for person in people]),
        Event.ids["record"].as_string().in_(records),
        Event.ids["declaration"].as_string().in_(declarations),
        sa.and_(*(Event.ids[name].as_string().is_(None) for name in ABOUT)),
    )


def _people(setting_id: UUID, events: list[Event]) -> dict[str, str]:
    """The name of whoever each person, record and declaration is about, by its id."""
    asked = {name: _ids(events, name) for name in ABOUT}
    persons = of(setting_id, Person).where(Person.id.in_(asked["person"]))
    rows = list(db.session.execute(persons.with_only_columns(Person.id, Person.full_name)))
    for table, name in ((Signing, "record"), (Declaration, "declaration")):
        owned = (
            sa.select(table.id, Person.full_name)
            .join(Person, Person.id == table.person_id)
            .where(table.setting_id == setting_id, table.id.in_(asked[name]))
        )
        rows += list(db.session.execute(owned))
    return {str(one): full_name for one, full_name in rows}


def _names(table: Any, name: Any, events: list[Event], key: str) -> dict[str, str]:
    rows = db.session.execute(sa.select(table.id, name).where(table.id.in_(_ids(events, key))))
    return {str(one): called for one, called in rows}


def _ids(events: Iterable[Event], name: str) -> set[UUID]:
    return {UUID(event.ids[name]) for event in events if name in event.ids}


def _look(event: Event, people: dict[str, str], managers: dict[str, str]) -> Look:
    about = [event.ids[name] for name in ABOUT if name in event.ids]
    person = next((people[one] for one in about if one in people), None)
    return Look(
        sequence=event.sequence,
        at=event.at,
        kind=event.kind,
        manager=managers.get(event.ids.get("manager", "")),
        person=person,
        erased=bool(about) and person is None,
    )
