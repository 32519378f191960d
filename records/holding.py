"""Puts a legal hold on one person's records, and lifts it."""

from datetime import date
from uuid import UUID

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.holds import Hold, hold_of
from models.writing import writing


def hold(
    setting_id: UUID,
    person_id: UUID,
    manager_id: UUID,
    since: date,
    until: date | None,
    reason: str,
) -> None:
    """Let nothing of a person be erased, until a day or until the hold is lifted."""
    with writing():
        wait_for_turn(setting_id)
        ids = {"person": str(person_id), "manager": str(manager_id)}
        details = {"reason": reason, "until": until.isoformat() if until else None}
        event = happened(setting_id, "person.held", ids, details)
        db.session.add(
            Hold(
                setting_id=setting_id,
                person_id=person_id,
                since=since,
                until=until,
                by_id=manager_id,
                event_id=event.id,
            )
        )


def lift(setting_id: UUID, person_id: UUID, hold_id: UUID, manager_id: UUID) -> None:
    """End a hold today. Lifting what is lifted changes nothing."""
    with writing():
        wait_for_turn(setting_id)
        found = hold_of(setting_id, person_id, hold_id)
        if found is None or found.lifted_at is not None:
            return
        found.lifted_at, found.lifted_by_id = clock.now(), manager_id
        ids = {"person": str(person_id), "hold": str(hold_id), "manager": str(manager_id)}
        happened(setting_id, "person.hold_lifted", ids)
