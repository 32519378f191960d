"""Leaving and coming back: from the day after the last day nothing is asked of anybody."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
import structlog

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.leavings import Leaving, anybody, leaving_of
from models.pauses import end_pauses
from models.people import PersonCategory, begin_category
from models.settings import Setting
from models.writing import CannotSave, end_reading, writing
from renewals.dues import ask_in_new_category

log = structlog.get_logger()


def leave(
    setting: Setting, person_id: UUID, last_day: date, manager_id: UUID | None, reason: str = ""
) -> None:
    """Write down somebody's last day. A day to come waits; today or a day before ends it at once.

    Their records stay. Writing it down twice is writing it down once.
    """
    setting_id, today = setting.id, clock.today(setting.time_zone)
    with writing():
        wait_for_turn(setting_id)
        known = anybody(setting_id, person_id)
        if known is None or known.left_on or leaving_of(setting_id, person_id):
            return
        leaving = Leaving(
            setting_id=setting_id, person_id=person_id, last_day=last_day, by_id=manager_id
        )
        db.session.add(leaving)
        db.session.flush()
        details = {"last_day": last_day.isoformat(), "reason": reason}
        happened(setting_id, "person.leaving", _ids(leaving, manager_id), details)
        if last_day <= today:
            _close(leaving)


def stay(setting_id: UUID, person_id: UUID, manager_id: UUID) -> None:
    """Take back a last day that is still to come. Taking back what is over changes nothing."""
    with writing():
        wait_for_turn(setting_id)
        leaving = leaving_of(setting_id, person_id)
        if leaving is None or leaving.closed_at is not None:
            return
        leaving.ended_at, leaving.ended_by_id = clock.now(), manager_id
        happened(setting_id, "person.staying", _ids(leaving, manager_id))


def come_back(
    setting: Setting, person_id: UUID, category: str, organisation: str | None, manager_id: UUID
) -> None:
    """Somebody who left is here again from today, and is asked what their category signs."""
    setting_id, today = setting.id, clock.today(setting.time_zone)
    with writing():
        wait_for_turn(setting_id)
        known = anybody(setting_id, person_id)
        if known is None or known.left_on is None:
            return
        if leaving := leaving_of(setting_id, person_id):
            leaving.ended_at, leaving.ended_by_id = clock.now(), manager_id
        begin_category(setting_id, person_id, category, organisation, today)
        ask_in_new_category(setting_id, person_id, None, category, today)
        ids = {"person": str(person_id), "manager": str(manager_id)}
        happened(setting_id, "person.back", ids, {"category": category})


def close_those_who_left() -> None:
    """The chore: whose last day is over by the setting's clock is not on the list any more."""
    rows = db.session.execute(
        sa.select(Leaving.id, Leaving.last_day, Setting.id, Setting.time_zone)
        .join(Setting, Setting.id == Leaving.setting_id)
        .where(Leaving.closed_at.is_(None), Leaving.ended_at.is_(None))
    ).all()
    end_reading()
    for leaving_id, last_day, setting_id, time_zone in rows:
        if last_day >= clock.today(time_zone):
            continue
        try:
            _close_one(setting_id, leaving_id)
        except CannotSave:
            # The next round asks again, and the others need not wait for it.
            log.warning("leaving.put_off", setting=str(setting_id))


def _close_one(setting_id: UUID, leaving_id: UUID) -> None:
    with writing():
        wait_for_turn(setting_id)
        leaving = db.session.get_one(Leaving, leaving_id)
        if leaving.closed_at is None and leaving.ended_at is None:
            _close(leaving)


def _close(leaving: Leaving) -> None:
    """Their category ends with the last day, and so does what they had put off."""
    setting_id, person_id = leaving.setting_id, leaving.person_id
    leaving.closed_at = clock.now()
    db.session.execute(
        sa.update(PersonCategory)
        .where(
            PersonCategory.setting_id == setting_id,
            PersonCategory.person_id == person_id,
            PersonCategory.until.is_(None),
        )
        .values(until=leaving.last_day)
    )
    end_pauses(setting_id, person_id)
    happened(setting_id, "person.left", _ids(leaving, None))


def _ids(leaving: Leaving, manager_id: UUID | None) -> dict[str, str]:
    ids = {"person": str(leaving.person_id), "leaving": str(leaving.id)}
    return ids | ({"manager": str(manager_id)} if manager_id else {})
