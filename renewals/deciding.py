"""Decides once a day who gets which reminder, and puts the letters where they wait to leave.

A run can be killed anywhere and be run again: the people are decided in small transactions, each
with its reminders and its letters, and whoever has a reminder is not asked about again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog

import clock
from extensions import db
from models.base import new_id
from models.events import happened, wait_for_turn
from models.holidays import closed_on, holidays_of
from models.outbox import OutboxItem
from models.reminders import Decision, Reminder, held_decision, last_run, next_number
from models.settings import Setting
from models.writing import CannotSave, end_reading, writing
from renewals.quiet import FIRST_HOUR, next_quiet_end
from renewals.steps import Asking, askings, still_untaken

log = structlog.get_logger()

# A run after a longer gap, or before the last one, may be a clock that jumped.
DAYS_BETWEEN_RUNS = 3
# So many people in one transaction: a fraction of a second, so that a tablet hardly waits.
PEOPLE_AT_ONCE = 2000
KIND = "reminder"

Rows = tuple[list[dict[str, object]], list[dict[str, object]]]


@dataclass(frozen=True)
class Decided:
    """What a run did: letters are one a person, reminders one a step. Held: nothing was made."""

    day: date
    letters: int = 0
    reminders: int = 0
    held: bool = False
    closed: bool = False


def decide(setting: Setting, day: date, *, mail: bool) -> Decided:
    """Make the letters of a day and note the run; safe to run twice. Raises CannotSave.

    Without mail, and on a holiday, nothing is made; the run is noted all the same, so that the
    next one knows that nobody was away.
    """
    decided = foretell(setting, day, mail=mail)
    if decided.held:
        _hold(setting.id, day)
    elif mail and not decided.closed:
        letters, reminders = _make_letters(setting, day)
        decided = Decided(day, letters, reminders)
    if not decided.held:
        _note(setting.id, decided)
    end_reading()
    return decided


def foretell(setting: Setting, day: date, *, mail: bool) -> Decided:
    """What decide() would find, without counting letters: whether it is held, or a holiday."""
    if mail and must_wait(setting, day):
        return Decided(day, held=True)
    return Decided(day, closed=closed_on(day, holidays_of(setting.id)))


def must_wait(setting: Setting, day: date) -> bool:
    """Whether a run on a day waits for a manager's yes: the last was over 3 days ago, or later.

    The first run ever never waits, and however many letters there are is no reason.
    """
    last = last_run(setting.id)
    if last is None:
        return False
    # A yes counts as a run of the day it was given.
    ran_on = clock.local_day(last.released_at, setting.time_zone) if last.released_at else last.day
    return not timedelta(0) <= day - ran_on <= timedelta(days=DAYS_BETWEEN_RUNS)


def release(decision: Decision, manager_id: UUID) -> None:
    """A manager's yes to a held run: the next one goes ahead. Raises CannotSave."""
    decision_id, setting_id = decision.id, decision.setting_id
    with writing():
        wait_for_turn(setting_id)
        held = held_decision(setting_id)
        if held is None or held.id != decision_id:
            return
        held.released_at, held.released_by_id = clock.now(), manager_id
        happened(
            setting_id,
            "reminders.released",
            {"decision": str(decision_id), "manager": str(manager_id)},
        )


def decide_where_due(mail: bool) -> None:
    """The daily chore: every setting once a day, from 08:00 on by its own clock."""
    for setting_id, day in _waiting():
        try:
            decide(db.session.get_one(Setting, setting_id), day, mail=mail)
        except CannotSave:
            # The next round asks again, and the other settings need not wait for it.
            log.warning("decision_put_off", setting=str(setting_id))


def _waiting() -> list[tuple[UUID, date]]:
    """The settings whose day has begun and not been decided, each with its day."""
    now = clock.now()
    today = now.date()
    near = [today + timedelta(days=days) for days in (-1, 0, 1)]
    ran = db.session.execute(
        sa.select(Decision.setting_id, Decision.day).where(Decision.day.in_(near), ~Decision.held)
    )
    done = {(setting_id, day) for setting_id, day in ran}
    waiting = []
    for setting_id, zone in db.session.execute(sa.select(Setting.id, Setting.time_zone)):
        here = now.astimezone(ZoneInfo(zone))
        if here.time() >= FIRST_HOUR and (setting_id, here.date()) not in done:
            waiting.append((setting_id, here.date()))
    end_reading()
    return waiting


def _make_letters(setting: Setting, day: date) -> tuple[int, int]:
    """Letters and reminders made. One long read, then short writes that ask again what counts."""
    setting_id, not_before = setting.id, _leaves_from(setting, day)
    letters = reminders = 0
    for found in _portions(askings(setting, day)):
        with writing():
            wait_for_turn(setting_id)
            rows = _rows(setting_id, day, not_before, still_untaken(setting_id, found))
            for table, new in zip((OutboxItem, Reminder), rows, strict=True):
                if new:
                    # Plain rows: nobody needs a hundred thousand objects.
                    db.session.connection().execute(sa.insert(table), new)
        letters, reminders = letters + len(rows[0]), reminders + len(rows[1])
    return letters, reminders


def _rows(setting_id: UUID, day: date, not_before: datetime, found: list[Asking]) -> Rows:
    """One outbox row for each person, and one reminder for each step it speaks of."""
    items: list[dict[str, object]] = []
    reminders: list[dict[str, object]] = []
    shared = {"setting_id": setting_id, "made_at": clock.now()}
    written = _written(setting_id, day, {asking.person_id for asking in found})
    for person_id, own in groupby(found, key=lambda asking: asking.person_id):
        about = _about(person_id, day)
        # Somebody has one letter a day; what came up since this morning is tomorrow's.
        if about in written:
            continue
        item_id = new_id()
        told = [shared | _reminder(item_id, asking) for asking in own]
        reminders += told
        payload = {"reminders": [str(reminder["id"]) for reminder in told]}
        item = {"id": item_id, "kind": KIND, "about": about, "payload": payload}
        items.append(shared | item | {"not_before": not_before})
    return items, reminders


def _reminder(item_id: UUID, asking: Asking) -> dict[str, object]:
    return {
        "id": new_id(),
        "person_id": asking.person_id,
        "agreement_id": asking.agreement_id,
        "due_on": asking.due_on,
        "channel": "letter",
        "step": asking.step,
        "outbox_id": item_id,
    }


def _written(setting_id: UUID, day: date, people: set[UUID]) -> set[str]:
    """What the outbox rows of these people and this day are about."""
    rows = sa.select(OutboxItem.about).where(
        OutboxItem.setting_id == setting_id,
        OutboxItem.kind == KIND,
        OutboxItem.about.in_([_about(person_id, day) for person_id in people]),
    )
    return set(db.session.scalars(rows))


def _about(person_id: UUID, day: date) -> str:
    return f"{person_id}:{day}"


def _leaves_from(setting: Setting, day: date) -> datetime:
    """No letter leaves before its day, at night, or while the setting is closed."""
    morning = clock.day_begins(day, setting.time_zone)
    return next_quiet_end(setting, max(clock.now(), morning), holidays_of(setting.id))


def _portions(found: list[Asking]) -> Iterator[list[Asking]]:
    """So many people at a time; what is for one person stays together."""
    people = groupby(found, key=lambda asking: asking.person_id)
    while some := list(islice((list(own) for _, own in people), PEOPLE_AT_ONCE)):
        yield [asking for own in some for asking in own]


def _hold(setting_id: UUID, day: date) -> None:
    """Note that a run waits, once; the same one waits on the days that follow."""
    if held_decision(setting_id) is not None:
        return
    with writing():
        wait_for_turn(setting_id)
        if held_decision(setting_id) is None:
            number = next_number(setting_id)
            db.session.add(Decision(setting_id=setting_id, number=number, day=day, held=True))


def _note(setting_id: UUID, decided: Decided) -> None:
    """Note a run, the last thing it does: one that was killed is not on record and runs again."""
    with writing():
        wait_for_turn(setting_id)
        held = held_decision(setting_id)
        if held is not None:
            # The clock is right again by itself, and the question has no object any more.
            held.released_at = clock.now()
        db.session.add(
            Decision(
                setting_id=setting_id,
                number=next_number(setting_id),
                day=decided.day,
                letters=decided.letters,
            )
        )
