"""Where everybody stands, in one read: over all their agreements, the most pressing one counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.dues import Due, dues_asked
from renewals.schedule import DAYS_OF_SOON, Stage, stage

# The stages, the least pressing first.
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True)
class Place:
    """Somebody's most pressing stage and its day."""

    stage: Stage
    due_on: date

    @property
    def urgency(self) -> tuple[int, int]:
        """Sorts the most pressing to the front."""
        return -STAGES.index(self.stage), self.due_on.toordinal()


def places(
    setting_id: UUID, today: date, people: Collection[UUID] | None = None
) -> dict[UUID, Place]:
    """The place of every current person who has something to sign, or of these, by person id."""
    rows = dues_asked(setting_id).with_only_columns(Due.person_id, Due.due_on, Due.signing_id)
    if people is not None:
        rows = rows.where(Due.person_id.in_(people))
    found: dict[UUID, Place] = {}
    for person_id, due_on, signing_id in db.session.execute(rows):
        place = Place(stage(due_on, today, ever_signed=signing_id is not None), due_on)
        if person_id not in found or place.urgency < found[person_id].urgency:
            found[person_id] = place
    return found


def people_in(setting_id: UUID, wanted: Stage, today: date) -> sa.Select[UUID]:
    """The ids of everybody whose most pressing stage is this one: places(), said to the database.

    As a select, because the ids of a large setting are too many to be sent back to it.
    """
    overdue = Due.due_on < today
    due_now = sa.or_(Due.due_on == today, Due.signing_id.is_(None))
    soon = Due.due_on <= today + timedelta(days=DAYS_OF_SOON)
    rank = sa.case((overdue, 3), (due_now, 2), (soon, 1), else_=0)
    return (
        dues_asked(setting_id)
        .with_only_columns(Due.person_id)
        .group_by(Due.person_id)
        .having(sa.func.max(rank) == STAGES.index(wanted))
    )


def counts(everybody: Mapping[UUID, Place]) -> dict[Stage, int]:
    """How many people are in each stage, the most pressing first."""
    stages = [place.stage for place in everybody.values()]
    return {name: stages.count(name) for name in reversed(STAGES)}


def to_chase(everybody: Mapping[UUID, Place]) -> list[UUID]:
    """The people who are overdue or due, the most pressing first."""
    pressing = {who: place for who, place in everybody.items() if place.stage in STAGES[2:]}
    return sorted(pressing, key=lambda who: pressing[who].urgency)
