"""How templates write dates and names."""

from datetime import datetime

from flask import Flask

from models.categories import CATEGORIES
from records.days import local, long_date, short_date
from records.rows import METHODS


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
