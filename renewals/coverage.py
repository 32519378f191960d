"""Where everybody stands: over all their agreements, the most pressing one counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.dues import Due, dues_asked
from models.people import Person, PersonCategory, people_now
from renewals.schedule import DAYS_OF_SOON, Stage

# The stages, the least pressing first.
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True)
class Place:
    """Somebody's most pressing stage and its day."""

    stage: Stage
    due_on: date


def placed(setting_id: UUID, today: date, people: Collection[UUID] | None = None) -> sa.Subquery:
    """Every current person who has something to sign, for the database to count and to sort.

    Columns: person_id, category, organisation_id, rank (the place in STAGES) and due_on.
    What renewals.schedule.stage() says of one due day, said of all of somebody's at once.
    """
    first = sa.func.min(Due.due_on).label("first")
    unsigned = sa.func.min(sa.case((Due.signing_id.is_(None), Due.due_on))).label("unsigned")
    who = (Due.person_id, PersonCategory.category, PersonCategory.organisation_id)
    dues = dues_asked(setting_id, people).with_only_columns(*who, first, unsigned).group_by(*who)
    day = dues.subquery().c
    is_due = sa.or_(day.unsigned.is_not(None), day.first == today)
    rank = sa.case(
        (day.first < today, STAGES.index("overdue")),
        (is_due, STAGES.index("due")),
        (day.first <= today + timedelta(days=DAYS_OF_SOON), STAGES.index("soon")),
        else_=STAGES.index("current"),
    )
    # Of the days of somebody new, an earlier one that is only soon is not the pressing one.
    due_on = sa.case(
        (day.first <= today, day.first), else_=sa.func.coalesce(day.unsigned, day.first)
    )
    return sa.select(
        day.person_id, day.category, day.organisation_id, rank.label("rank"), due_on.label("due_on")
    ).subquery()


def places(
    setting_id: UUID, today: date, people: Collection[UUID] | None = None
) -> dict[UUID, Place]:
    """The place of everybody who has something to sign, or of some people, by person id."""
    found = placed(setting_id, today, people).c
    rows = db.session.execute(sa.select(found.person_id, found.rank, found.due_on))
    return {person_id: Place(STAGES[rank], due_on) for person_id, rank, due_on in rows}


def to_chase(setting_id: UUID, today: date, most: int) -> list[UUID]:
    """So many of the people who are overdue or due, the most pressing first."""
    late = sa.func.min(sa.case((Due.due_on < today, Due.due_on)))
    rows = (
        dues_asked(setting_id)
        .with_only_columns(Due.person_id)
        .where(sa.or_(Due.due_on <= today, Due.signing_id.is_(None)))
        .group_by(Due.person_id)
        .order_by(late.is_(None), late, sa.func.min(Due.due_on), Due.person_id)
    )
    return list(db.session.scalars(rows.limit(most)))


def ids_in(setting_id: UUID, today: date, stage: Stage) -> sa.Select[UUID]:
    """The ids of everybody in a stage, for another query: there are too many to send them back."""
    found = placed(setting_id, today).c
    return sa.select(found.person_id).where(found.rank == STAGES.index(stage))


def people_in(
    setting_id: UUID, today: date, stage: Stage, after: Person | None = None
) -> sa.Select[Person, str, str | None]:
    """The current people in a stage, the most pressing first; or those who come after somebody."""
    found = placed(setting_id, today).c
    rows = (
        people_now(setting_id)
        .join(found.person_id.table, found.person_id == Person.id)
        .where(found.rank == STAGES.index(stage))
        .order_by(None)
        .order_by(found.due_on, Person.name_key, Person.id)
    )
    place = places(setting_id, today, [after.id]).get(after.id) if after else None
    if after is None or place is None:
        return rows
    last = (place.due_on, after.name_key, after.id)
    return rows.where(sa.tuple_(found.due_on, Person.name_key, Person.id) > last)
