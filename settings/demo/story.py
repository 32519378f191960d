"""What happens in the demo's three years, act by act: pure, and the same for the same day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from renewals.schedule import anniversary, first_due
from renewals.steps import STEPS
from settings.demo.cast import Part

Kind = Literal["opens", "publishes", "joins", "signs", "leaves", "letter", "in_person", "slip"]

OPENED, SECOND_VERSION = 1095, 600
# Days from the due day on which somebody without e-mail was told, and how.
WITHOUT_E_MAIL = ((-5, "in_person"), (3, "slip"), (10, "in_person"))
SATURDAY = 5


@dataclass(frozen=True)
class Act:
    """One thing that happens, when, to whom; `turn` tells one person's acts apart."""

    at: datetime
    kind: Kind
    part: Part | None = None
    turn: int = 0


def story(cast: Iterable[Part], today: date, time_zone: str) -> list[Act]:
    """Everything that happened until yesterday evening, in order."""
    zone = ZoneInfo(time_zone)
    acts = [
        Act(_at(_back(today, OPENED), 8, 0, zone), "opens"),
        Act(_at(_back(today, SECOND_VERSION), 16, 0, zone), "publishes"),
    ]
    for number, part in enumerate(cast):
        acts += _life(part, number, today, zone)
    return sorted(acts, key=lambda act: act.at)


def _life(part: Part, number: int, today: date, zone: ZoneInfo) -> Iterator[Act]:
    yield Act(_at(_back(today, part.joined), 8, 20 + number % 20, zone), "joins", part)
    for turn, days in enumerate(part.signed):
        minute = (number * 7 + turn * 11) % 55
        yield Act(_at(_back(today, days), 9, minute, zone), "signs", part, turn)
    if part.left is not None:
        yield Act(_at(_back(today, part.left), 17, number % 50, zone), "leaves", part)
    yield from _reminders(part, number, today, zone)


def _reminders(part: Part, number: int, today: date, zone: ZoneInfo) -> Iterator[Act]:
    """What was said between each due day and the signing that followed it."""
    for due_on, until in _waits(part, today):
        for step, kind in _steps(part):
            day = due_on + timedelta(days=step)
            day = day if kind == "letter" else _school_day(day)
            if _back(today, part.joined) < day < until:
                hour = 8 if kind == "letter" else 12
                yield Act(_at(day, hour, 1 + number % 50, zone), kind, part, step)


def _steps(part: Part) -> list[tuple[int, Kind]]:
    if part.email:
        return [(step, "letter") for step in STEPS]
    return list(WITHOUT_E_MAIL)  # type: ignore[arg-type]


def _waits(part: Part, today: date) -> Iterator[tuple[date, date]]:
    """Each due day with the day on which there was nothing to remind of any more."""
    end = _back(today, part.left) if part.left is not None else today
    days = [_back(today, signed) for signed in part.signed]
    if not days:
        yield first_due(_back(today, part.joined)), end
    for signed, following in pairwise([*days, end]):
        yield anniversary(signed), following


def _back(today: date, days: int) -> date:
    """That many days ago, when there was somebody there."""
    return _school_day(today - timedelta(days=days))


def _school_day(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _at(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
