"""The year as a picture: how many people signed in each month, and how many are coming."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

import clock
from extensions import db
from models.signings import Signing
from models.voids import not_voided
from renewals.coverage import Place

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month by its first day: how many people, and how many of them for the first time."""

    first_day: date
    people: int
    new: int = 0


@dataclass(frozen=True)
class Picture:
    """Twelve months back and this one; this one and twelve ahead."""

    signed: tuple[Month, ...]
    overdue: int
    coming: tuple[Month, ...]
    later: int

    @property
    def tallest(self) -> int:
        """The most people in any one month, and never 0."""
        return max(1, self.overdue, *(month.people for month in (*self.signed, *self.coming)))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not any((self.overdue, *(month.people for month in (*self.signed, *self.coming))))


def picture(setting_id: UUID, everybody: dict[UUID, Place], today: date, time_zone: str) -> Picture:
    """What happened and what is to come; `everybody` is renewals.coverage.places()."""
    starts = [month_start(today, offset) for offset in range(MONTHS + 2)]
    waiting = [place.due_on for place in everybody.values() if place.stage != "overdue"]
    coming = tuple(
        Month(
            first_day=start,
            people=sum(start <= day < following for day in waiting),
        )
        for start, following in pairwise(starts)
    )
    return Picture(
        signed=_signed(setting_id, today, time_zone),
        overdue=len(everybody) - len(waiting),
        coming=coming,
        later=sum(day >= starts[-1] for day in waiting),
    )


def month_start(today: date, offset: int) -> date:
    """The first day of the month that comes `offset` months after this one."""
    years, month = divmod(today.month - 1 + offset, 12)
    return date(today.year + years, month + 1, 1)


def _signed(setting_id: UUID, today: date, time_zone: str) -> tuple[Month, ...]:
    """One read for all months: the database counts, so no signing is loaded."""
    starts = [month_start(today, offset) for offset in range(-MONTHS, 2)]
    moments = [clock.day_begins(start, time_zone) for start in starts]
    earlier = aliased(Signing)
    # EXISTS is asked once for each signing of the year, and an index answers it.
    before = (
        sa.select(earlier.id)
        .where(
            earlier.person_id == Signing.person_id,
            earlier.effective_at < Signing.effective_at,
            not_voided(earlier.id),
        )
        .exists()
    )
    of_year = (
        sa.select(Signing.person_id, Signing.effective_at, before.label("again"))
        .where(
            Signing.setting_id == setting_id,
            Signing.effective_at >= moments[0],
            not_voided(Signing.id),
        )
        .subquery()
    )
    counts = []
    for start, following in pairwise(moments):
        inside = sa.and_(of_year.c.effective_at >= start, of_year.c.effective_at < following)
        counts.append(_people(of_year, inside))
        counts.append(_people(of_year, sa.and_(inside, sa.not_(of_year.c.again))))
    found = db.session.execute(sa.select(*counts)).one()
    return tuple(
        Month(start, found[2 * place], found[2 * place + 1])
        for place, start in enumerate(starts[:-1])
    )


def _people(of_year: sa.Subquery, inside: sa.ColumnElement[bool]) -> sa.Function[int]:
    return sa.func.count(sa.distinct(sa.case((inside, of_year.c.person_id))))
