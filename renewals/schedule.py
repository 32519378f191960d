"""When somebody is due: pure functions over calendar days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

Stage = Literal["current", "soon", "due", "overdue"]

DAYS_TO_SIGN_FIRST = 7
DAYS_TO_SIGN_CHANGES = 14
DAYS_OF_SOON = 30
# A window that starts sooner after a signing than this is passed over.
DAYS_BEFORE_A_WINDOW = 30
A_LEAP_YEAR = 2024


class RuleNotUnderstood(Exception):
    """This is neither a yearly rule nor a window with a first and a last day."""


@dataclass(frozen=True, order=True)
class DayOfYear:
    """A day that comes every year, such as 1 September."""

    month: int
    day: int

    @classmethod
    def read(cls, text: str) -> "DayOfYear":
        """From "09-01"; raises RuleNotUnderstood."""
        try:
            day = date.fromisoformat(f"{A_LEAP_YEAR}-{text}")
        except (TypeError, ValueError) as error:
            raise RuleNotUnderstood from error
        return cls(day.month, day.day)

    def in_year(self, year: int) -> date:
        """The day in one year; 29 February becomes 28 February where there is none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, self.month, 28)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    @property
    def words(self) -> str:
        """1 September."""
        return f"{self.day} {date(A_LEAP_YEAR, self.month, 1):%B}"


@dataclass(frozen=True)
class Window:
    """The days of each year on which everybody signs again; it may cross New Year."""

    first: DayOfYear
    last: DayOfYear

    def starting_in(self, year: int) -> tuple[date, date]:
        """The first and the last day of the window that starts in one year."""
        crosses = self.last < self.first
        return self.first.in_year(year), self.last.in_year(year + crosses)


@dataclass(frozen=True)
class Rule:
    """When people sign again: on the anniversary, or in a window."""

    window: Window | None = None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Rule":
        """From what Setting.renewal_rule and Agreement.renewal_rule hold.

        {"kind": "anniversary"} or {"kind": "window", "from": "09-01", "until": "09-30"}.
        Raises RuleNotUnderstood.
        """
        if told.get("kind") == "anniversary":
            return cls()
        if told.get("kind") != "window":
            raise RuleNotUnderstood
        first, last = (DayOfYear.read(told.get(name, "")) for name in ("from", "until"))
        return cls(Window(first, last))

    def told(self) -> dict[str, Any]:
        """The other way: what is kept."""
        if self.window is None:
            return {"kind": "anniversary"}
        return {
            "kind": "window",
            "from": str(self.window.first),
            "until": str(self.window.last),
        }

    @property
    def words(self) -> str:
        """What stands in a row of due days, and on the desk."""
        if self.window is None:
            return "anniversary"
        return f"window from {self.window.first.words} to {self.window.last.words}"


@dataclass(frozen=True)
class Material:
    """A version that changed something that matters: everybody signs it soon."""

    number: int
    effective_on: date
    days: int = DAYS_TO_SIGN_CHANGES

    @property
    def day(self) -> "DueDay":
        """The last day on which somebody who signed an older version is due."""
        last = self.effective_on + timedelta(days=self.days)
        reason = f"version {self.number} changed something that matters"
        return DueDay(last, reason, "material version")


@dataclass(frozen=True)
class DueDay:
    """The day somebody is due, why, and by which rule."""

    on: date
    reason: str
    rule: str


def due(
    signed_on: date, rule: Rule, material: Sequence[Material] = (), *, signed_number: int = 0
) -> DueDay:
    """When somebody is due who last signed version `signed_number` on a day.

    The earliest of the rule's day and the days of all newer material versions.
    """
    newer = [version.day for version in material if version.number > signed_number]
    return min([_by_rule(signed_on, rule), *newer], key=lambda day: day.on)


def anniversary(signed_on: date) -> date:
    """The same day a year later; 29 February becomes 28 February."""
    return DayOfYear(signed_on.month, signed_on.day).in_year(signed_on.year + 1)


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


def _by_rule(signed_on: date, rule: Rule) -> DueDay:
    if rule.window is None:
        return DueDay(anniversary(signed_on), "anniversary of the last signing", rule.words)
    earliest = signed_on + timedelta(days=DAYS_BEFORE_A_WINDOW)
    # Thirty days can lead into next year, and that year's window may have begun already.
    windows = (rule.window.starting_in(signed_on.year + years) for years in range(3))
    last = next(last for first, last in windows if first > earliest)
    return DueDay(last, "last day of the window", rule.words)
