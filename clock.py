"""The only place that reads the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """The calendar day it is now where the setting is."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def local_day(moment: datetime, time_zone: str) -> date:
    """The calendar day a moment falls on where the setting is."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
