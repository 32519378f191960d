"""What a new version does to due days: decided in one place, for its preview and its publishing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.dues import Due
from models.people import Person, PersonCategory
from renewals.dues import FIRST_SIGNING, day_again, first_day
from renewals.schedule import DueDay, Material


@dataclass(frozen=True)
class News:
    """A version that is to be published: who signs it, and who signed the one before it.

    material: None for a first version and for one that keeps everybody current.
    """

    agreement_id: UUID
    categories: frozenset[str]
    before: frozenset[str] = frozenset()
    material: Material | None = None


@dataclass(frozen=True)
class Somebody:
    """Somebody as a new version finds them; `category` is None for one who has left.

    was: their due day for the agreement, None when they have never been asked.
    """

    person_id: UUID
    full_name: str
    category: str | None
    due_id: UUID | None
    was: DueDay | None


@dataclass(frozen=True)
class NewDay:
    """Somebody whose due day a new version opens or moves."""

    who: Somebody
    day: DueDay


@dataclass(frozen=True)
class Effect:
    """What a new version does to the people who are here; soonest days first.

    asked: whose day opens or moves. waiting: who must sign the change too, but is due before its
    last day anyway. stay: who is left in peace. stopped: who is not asked any more.
    """

    asked: list[NewDay]
    waiting: list[Somebody]
    stay: list[Somebody]
    stopped: list[Somebody]

    @property
    def must_sign(self) -> list[NewDay]:
        """Everybody who must sign this version before long, by the day of each."""
        days = [*self.asked, *(NewDay(who, who.was) for who in self.waiting if who.was)]
        return sorted(days, key=lambda new: new.day.on)


def decide(news: News, who: Somebody, today: date) -> DueDay | None:
    """The due day that a new version gives somebody; None when there is nothing to change.

    Whoever it newly applies to has a week. A material one moves every day that is later than its
    last day, also of those who left: so it is right when they come back.
    """
    signs = who.category in news.categories
    if who.was is None:
        return first_day(today) if signs else None
    day = who.was
    if signs and who.category not in news.before and day.on < day_again(today).on:
        day = day_again(today)
    if news.material is not None and news.material.day.on < day.on:
        last = news.material.day
        # A day that no signing leads to stays one, so that another rule does not move it.
        day = DueDay(
            last.on, last.reason, FIRST_SIGNING if day.rule == FIRST_SIGNING else last.rule
        )
    return None if day == who.was else day


def effect(setting_id: UUID, news: News, today: date) -> Effect:
    """Who would be asked, by when; nothing is changed."""
    found = Effect([], [], [], [])
    for who in everybody(setting_id, news.agreement_id):
        day = decide(news, who, today)
        if who.category not in news.categories:
            if who.was is not None and who.category in news.before:
                found.stopped.append(who)
        elif day is not None:
            found.asked.append(NewDay(who, day))
        else:
            (found.waiting if news.material else found.stay).append(who)
    found.asked.sort(key=lambda asked: asked.day.on)
    return found


def ask(setting_id: UUID, news: News, today: date) -> int:
    """Open and move the due days, inside the transaction that publishes; gives how many."""
    opened, moved = [], []
    for who in everybody(setting_id, news.agreement_id):
        day = decide(news, who, today)
        if day is None:
            continue
        row = {"due_on": day.on, "reason": day.reason, "rule": day.rule}
        if who.due_id is not None:
            moved.append({"id": who.due_id, **row})
            continue
        about = {"person_id": who.person_id, "agreement_id": news.agreement_id}
        opened.append({"id": new_id(), "setting_id": setting_id, **about, **row})
    if opened:
        db.session.execute(sa.insert(Due), opened)
    if moved:
        db.session.execute(sa.update(Due), moved)
    return len(opened) + len(moved)


def ask_again(setting_id: UUID, agreement_id: UUID, archived_on: date, today: date) -> None:
    """Ask for an agreement that was archived, inside writing().

    Everybody is due when they were before; whose day passed meanwhile, and who came meanwhile,
    has a week.
    """
    version = next(v for v in current_versions(setting_id) if v.agreement_id == agreement_id)
    ask(setting_id, News(agreement_id, version.categories, version.categories), today)
    again = day_again(today)
    db.session.execute(
        sa.update(Due)
        .where(Due.setting_id == setting_id, Due.agreement_id == agreement_id)
        .where(Due.due_on >= archived_on, Due.due_on < today)
        .values(due_on=again.on, reason=again.reason, rule=again.rule)
    )


def everybody(setting_id: UUID, agreement_id: UUID) -> list[Somebody]:
    """Everybody a setting ever had, by name: one read."""
    return [
        Somebody(
            *(person_id, full_name, category, due_id),
            was=DueDay(*day) if due_id is not None else None,
        )
        for person_id, full_name, category, due_id, *day in db.session.execute(
            _everybody(setting_id, agreement_id)
        )
    ]


def _everybody(setting_id: UUID, agreement_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    now = sa.and_(PersonCategory.person_id == Person.id, PersonCategory.until.is_(None))
    due = sa.and_(Due.person_id == Person.id, Due.agreement_id == agreement_id)
    who = (Person.id, Person.full_name, PersonCategory.category)
    return (
        sa.select(*who, Due.id, Due.due_on, Due.reason, Due.rule)
        .outerjoin(PersonCategory, now)
        .outerjoin(Due, due)
        .where(Person.setting_id == setting_id)
        .order_by(Person.name_key, Person.id)
    )
