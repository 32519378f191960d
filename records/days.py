"""How days are written: on pages, on paper, and under a seal."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def long_date(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_date(day: date) -> str:
    """24 Nov 2026."""
    return f"{day.day} {day:%b} {day.year}"


def local(moment: datetime, time_zone: str) -> datetime:
    """A moment on the setting's clock."""
    return moment.astimezone(ZoneInfo(time_zone))
