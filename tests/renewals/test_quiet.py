"""Letters leave by day and on no holiday, also in the nights on which the clock is changed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.holidays import Holiday
from models.settings import Setting
from renewals.quiet import may_send_at, next_quiet_end
from tests.renewals.conftest import LONDON, at

HALF_TERM = Holiday(name="Half-term", first_day=date(2027, 2, 15), last_day=date(2027, 2, 19))
ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]


def place(zone: str = LONDON) -> Setting:
    return Setting(slug="somewhere", name="Somewhere", time_zone=zone)


@pytest.mark.parametrize(
    ("hour", "minute", "may"),
    [(0, 0, False), (7, 59, False), (8, 0, True), (19, 59, True), (20, 0, False), (23, 59, False)],
)
def test_from_eight_to_eight(hour: int, minute: int, may: bool) -> None:
    assert may_send_at(place(), at(date(2026, 11, 24), hour, minute), []) is may


def test_by_the_settings_own_clock() -> None:
    nine_in_london = at(date(2026, 11, 24), 9)
    assert may_send_at(place(), nine_in_london, [])
    assert not may_send_at(place("America/New_York"), nine_in_london, [])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(date(2026, 11, 24), 3), at(date(2026, 11, 24), 8)),
        (at(date(2026, 11, 24), 20), at(date(2026, 11, 25), 8)),
        (at(date(2027, 2, 15), 3), at(date(2027, 2, 20), 8)),
        (at(date(2027, 2, 14), 21), at(date(2027, 2, 20), 8)),
        (at(date(2027, 2, 17), 12), at(date(2027, 2, 20), 8)),
        # The clock goes forward on 28 March 2027 and back on 31 October 2027, both at night.
        (at(date(2027, 3, 27), 22), at(date(2027, 3, 28), 8)),
        (at(date(2027, 10, 30), 22), at(date(2027, 10, 31), 8)),
    ],
)
def test_what_comes_at_night_waits_for_the_morning(moment: datetime, expected: datetime) -> None:
    assert next_quiet_end(place(), moment, [HALF_TERM]) == expected


def test_a_night_is_eleven_hours_in_spring_and_thirteen_in_autumn() -> None:
    for day, hours in ((date(2027, 3, 27), 11), (date(2027, 10, 30), 13), (date(2027, 6, 1), 12)):
        evening = at(day, 20)
        assert next_quiet_end(place(), evening, []) - evening == timedelta(hours=hours)


def test_by_day_nothing_waits() -> None:
    moment = at(date(2026, 11, 24), 12)
    assert next_quiet_end(place(), moment, [HALF_TERM]) == moment


@given(st.integers(0, 2 * 365 * 24 * 60), st.sampled_from(ZONES))
def test_it_is_the_first_moment_that_may(minutes: int, zone: str) -> None:
    setting, moment = place(zone), at(date(2026, 1, 1)) + timedelta(minutes=minutes)
    end = next_quiet_end(setting, moment, [HALF_TERM])
    assert end >= moment
    assert may_send_at(setting, end, [HALF_TERM])
    step = max(timedelta(minutes=7), (end - moment) / 40)
    while moment < end:
        assert not may_send_at(setting, moment, [HALF_TERM])
        moment += step
