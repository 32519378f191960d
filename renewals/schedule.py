"""When somebody is due: pure functions over calendar days."""

from datetime import date, timedelta
from typing import Literal

Stage = Literal["current", "soon", "due", "overdue"]

DAYS_TO_SIGN_FIRST = 7
DAYS_OF_SOON = 30


def anniversary(signed_on: date) -> date:
    """The same day a year later; 29 February becomes 28 February."""
    try:
        return signed_on.replace(year=signed_on.year + 1)
    except ValueError:
        return signed_on.replace(year=signed_on.year + 1, day=28)


def first_due(added_on: date) -> date:
    """The last day on which somebody new is due rather than overdue."""
    return added_on + timedelta(days=DAYS_TO_SIGN_FIRST)


def stage(due_on: date, today: date, *, ever_signed: bool) -> Stage:
    """Where a due day stands today.

    Signed before: soon for 30 days before it, due on it, overdue after it.
    Never signed: due from being added until the due day, then overdue.
    """
    if today > due_on:
        return "overdue"
    if today == due_on or not ever_signed:
        return "due"
    return "soon" if today >= due_on - timedelta(days=DAYS_OF_SOON) else "current"
