"""Checks every record of a setting once a night, in a child that is kind to everybody else."""

from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa
from flask import current_app

import clock
from config import Config
from extensions import db
from models.checks import Check, last_check
from models.outbox import OutboxItem
from models.settings import Setting
from models.writing import CannotSave, end_reading, writing
from outbox.errands import KEPT, Errand, TryLater
from outbox.putting import put
from records.archive import archive_again, remove_again
from records.child import ChildFailed, ask
from records.turns import NIGHTS, Begun, Outcome

KIND = "check"
# By the setting's own clock; a computer that is off at night checks when it is started.
FIRST_HOUR = time(2)
# Less than an item's lease (outbox/claiming.py), so that nobody else begins meanwhile.
SECONDS = 270
MOST_KEPT = 20


class CheckFailed(Exception):
    """The check of the records was ended before it was done. It is tried again."""


def check_where_due() -> None:
    """The chore: from two o'clock on by each setting's clock, one check a day."""
    for setting_id, day in _waiting():
        try:
            with writing():
                put(setting_id, KIND, day.isoformat())
        except CannotSave:
            # The next round asks again, and the other settings need not wait for it.
            continue
    end_reading()


def nightly_check(errand: Errand) -> str:
    """Do the check of one day; whoever was killed before its row was written does it again."""
    try:
        check_now(errand.setting_id)
    except CheckFailed as error:
        raise TryLater(str(error.__doc__)) from error
    remove_again(errand.setting_id)
    with writing():
        # Earlier ones say nothing that their rows do not.
        db.session.execute(
            sa.delete(OutboxItem).where(
                OutboxItem.setting_id == errand.setting_id,
                OutboxItem.kind == KIND,
                OutboxItem.done_at.is_not(None),
            )
        )
    return KEPT


def check_now(setting_id: UUID) -> Check:
    """Check a setting's records in a child, and keep what was found; raises CheckFailed.

    Copies that the archive lost are put on their way again.
    """
    setting = db.session.get_one(Setting, setting_id)
    day, begun = clock.today(setting.time_zone), _begun(setting)
    order = _order(setting, begun)
    end_reading()
    try:
        outcome = Outcome(**orjson.loads(ask("records.night_room", order, SECONDS)))
    except ChildFailed as error:
        raise CheckFailed from error
    archive_again(setting_id, outcome.to_copy)
    with writing():
        check = _row(setting_id, day, outcome)
        db.session.add(check)
    return check


def _waiting() -> list[tuple[UUID, date]]:
    """The settings whose night has come and that have no check of it yet, each with its day."""
    now = clock.now()
    near = [(now.date() + timedelta(days=days)).isoformat() for days in (-1, 0, 1)]
    items = sa.select(OutboxItem.setting_id, OutboxItem.about)
    there = db.session.execute(items.where(OutboxItem.kind == KIND, OutboxItem.about.in_(near)))
    done = {(setting_id, about) for setting_id, about in there}
    waiting = []
    for setting_id, zone in db.session.execute(sa.select(Setting.id, Setting.time_zone)):
        here = now.astimezone(ZoneInfo(zone))
        if here.time() >= FIRST_HOUR and (setting_id, here.date().isoformat()) not in done:
            waiting.append((setting_id, here.date()))
    end_reading()
    return waiting


def _begun(setting: Setting) -> Begun:
    last = last_check(setting.id)
    if last is None:
        return Begun()
    nights = (clock.today(setting.time_zone) - last.day).days
    return Begun(last.sequence, last.turn, min(max(nights, 1), NIGHTS))


def _order(setting: Setting, begun: Begun) -> bytes:
    config: Config = current_app.config["FINGERPOST"]
    return orjson.dumps(
        {
            "database_url": current_app.config["SQLALCHEMY_DATABASE_URI"],
            "storage_url": config.storage_url,
            "setting_id": str(setting.id),
            "slug": setting.slug,
            "time_zone": setting.time_zone,
            "begun": begun,
        }
    )


def _row(setting_id: UUID, day: date, outcome: Outcome) -> Check:
    return Check(
        setting_id=setting_id,
        day=day,
        records=outcome.records,
        seals=outcome.seals,
        events=outcome.events,
        sequence=outcome.sequence,
        turn=outcome.turn,
        faults=outcome.faults[:MOST_KEPT],
        wrong=len(outcome.faults),
    )
