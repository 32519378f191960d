"""Whose records have been kept long enough: a list for the owner, who alone decides."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.events import happened, wait_for_turn
from models.holds import people_held
from models.leavings import people_who_left
from models.people import Known, PersonCategory
from models.retentions import Retention, years_of
from models.settings import of
from models.writing import writing

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Kept:
    """Somebody who left, and until when their records are kept by the setting's own rule."""

    known: Known
    years: int
    until: date
    held: bool

    def over(self, today: date) -> bool:
        """Whether the time is over."""
        return self.until < today


def coming_up(setting_id: UUID, today: date) -> list[Kept]:
    """Those whose time is over, or will be within 90 days; whose time is over first, is first.

    Whoever was here as more than one category is kept for the longest of their times.
    """
    years, held = years_of(setting_id), people_held(setting_id, today)
    # Nobody who left since then can be among them, and in a large setting those are most.
    known = people_who_left(setting_id, years_after(today + AHEAD, -min(years.values())))
    if not known:
        return []
    were = _were(setting_id, [one.person.id for one in known])
    kept = [_kept(one, max(years[name] for name in were[one.person.id]), held) for one in known]
    found = [one for one in kept if one.until < today + AHEAD]
    return sorted(found, key=lambda kept: (kept.until, kept.known.person.name_key))


def kept_of_person(known: Known, today: date) -> Kept:
    """Until when one person who left is kept."""
    setting_id, person_id = known.person.setting_id, known.person.id
    years, were = years_of(setting_id), _were(setting_id, [person_id])
    held = people_held(setting_id, today)
    return _kept(known, max(years[name] for name in were[person_id]), held)


def waiting_for_erasure(setting_id: UUID, today: date) -> int:
    """How many people's time is over and nothing holds them: a number for the first page."""
    return sum(kept.over(today) and not kept.held for kept in coming_up(setting_id, today))


def change_years(setting_id: UUID, manager_id: UUID, years: dict[str, int]) -> bool:
    """Save for how many years each category is kept; False when nothing differs."""
    with writing():
        wait_for_turn(setting_id)
        old = years_of(setting_id)
        changes = {name: number for name, number in years.items() if old[name] != number}
        if not changes:
            return False
        rows = {row.category: row for row in db.session.scalars(of(setting_id, Retention))}
        for name, number in changes.items():
            if name in rows:
                rows[name].years = number
            else:
                db.session.add(Retention(setting_id=setting_id, category=name, years=number))
        happened(
            setting_id,
            "retention.changed",
            {"manager": str(manager_id)},
            {"old": {name: old[name] for name in changes}, "new": changes},
        )
    return True


def years_after(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def _kept(known: Known, years: int, held: set[UUID]) -> Kept:
    if known.left_on is None:
        raise ValueError("Whoever is here has no last day to count from.")
    until = years_after(known.left_on, years)
    return Kept(known, years, until, held=known.person.id in held)


def _were(setting_id: UUID, people: Collection[UUID]) -> dict[UUID, set[str]]:
    """What these people have been here as."""
    rows = sa.select(PersonCategory.person_id, PersonCategory.category).where(
        PersonCategory.setting_id == setting_id, PersonCategory.person_id.in_(people)
    )
    were: dict[UUID, set[str]] = defaultdict(set)
    for person_id, category in db.session.execute(rows):
        were[person_id].add(category)
    return were
