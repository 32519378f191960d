"""How templates write dates and names."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from models.categories import CATEGORIES
from records.rows import METHODS


def long_date(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """24 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def local(moment: datetime, time_zone: str) -> datetime:
    """A moment on the setting's clock."""
    return moment.astimezone(ZoneInfo(time_zone))


def clock_time(moment: datetime) -> str:
    """08:47."""
    return f"{moment:%H:%M}"


def category_words(category: str) -> str:
    """Agency worker."""
    return CATEGORIES[category]


def method_words(method: str) -> str:
    """On paper, filed later as a scan."""
    return METHODS[method]


def init_filters(app: Flask) -> None:
    """Give templates the filters by their names."""
    for filter_ in (long_date, short_date, local, clock_time, category_words, method_words):
        app.jinja_env.filters[filter_.__name__] = filter_
