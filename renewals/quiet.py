"""When letters may leave: by day, and never while the setting is closed."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.holidays import Holiday, closed_on
from models.settings import Setting

FIRST_HOUR = time(8)
LAST_HOUR = time(20)


def may_send_at(setting: Setting, moment: datetime, holidays: Sequence[Holiday]) -> bool:
    """Whether a letter may leave at a moment: from 08:00 to 20:00 there, on no holiday."""
    here = moment.astimezone(ZoneInfo(setting.time_zone))
    return FIRST_HOUR <= here.time() < LAST_HOUR and not closed_on(here.date(), holidays)


def next_quiet_end(setting: Setting, moment: datetime, holidays: Sequence[Holiday]) -> datetime:
    """The first moment from this one on at which a letter may leave; the same one if it may."""
    if may_send_at(setting, moment, holidays):
        return moment
    zone = ZoneInfo(setting.time_zone)
    here = moment.astimezone(zone)
    day = here.date()
    if here.time() >= FIRST_HOUR:
        day += timedelta(days=1)
    while closed_on(day, holidays):
        day += timedelta(days=1)
    # By the clock on the wall, so that the nights on which it is changed need no thought.
    return datetime.combine(day, FIRST_HOUR, zone).astimezone(moment.tzinfo)
