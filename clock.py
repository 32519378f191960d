"""The only place that reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

# None is the real time. Only the demo, whose three years have to pass in a minute, sets another.
_set_to: ContextVar[datetime | None] = ContextVar("set_to", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today(time_zone: str) -> date:
    """The calendar day it is now where the setting is."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def local_day(moment: datetime, time_zone: str) -> date:
    """The calendar day a moment falls on where the setting is."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def day_begins(day: date, time_zone: str) -> datetime:
    """The moment, in UTC, at which a calendar day begins where the setting is."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let it be another moment for a while, for this thread's work only. The demo alone may."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
