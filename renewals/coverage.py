"""Where everybody stands, in one read: over all their agreements, the most pressing one counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args
from uuid import UUID

from extensions import db
from models.dues import Due, dues_asked
from renewals.schedule import Stage, stage

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


def places(setting_id: UUID, today: date) -> dict[UUID, Place]:
    """The place of every current person who has something to sign, by person id."""
    rows = db.session.execute(
        dues_asked(setting_id).with_only_columns(Due.person_id, Due.due_on, Due.signing_id)
    )
    found: dict[UUID, Place] = {}
    for person_id, due_on, signing_id in rows:
        place = Place(stage(due_on, today, ever_signed=signing_id is not None), due_on)
        if person_id not in found or place.urgency < found[person_id].urgency:
            found[person_id] = place
    return found


def counts(everybody: Mapping[UUID, Place]) -> dict[Stage, int]:
    """How many people are in each stage, the most pressing first."""
    stages = [place.stage for place in everybody.values()]
    return {name: stages.count(name) for name in reversed(STAGES)}


def to_chase(everybody: Mapping[UUID, Place]) -> list[UUID]:
    """The people who are overdue or due, the most pressing first."""
    pressing = {who: place for who, place in everybody.items() if place.stage in STAGES[2:]}
    return sorted(pressing, key=lambda who: pressing[who].urgency)
