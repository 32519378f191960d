"""When somebody is due, against a slow and obvious model."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewals.schedule import anniversary, first_due, stage

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@given(DAYS)
def test_an_anniversary_is_the_same_day_next_year(signed: date) -> None:
    due = anniversary(signed)
    assert due.year == signed.year + 1
    assert due.month == signed.month
    assert due.day == signed.day or (signed.month, signed.day, due.day) == (2, 29, 28)


def test_leap_days() -> None:
    assert anniversary(date(2028, 2, 29)) == date(2029, 2, 28)
    assert anniversary(date(2027, 2, 28)) == date(2028, 2, 28)
    assert anniversary(date(2028, 2, 28)) == date(2029, 2, 28)


@given(DAYS, st.integers(-500, 500))
def test_stages_of_a_renewal(due: date, days: int) -> None:
    today = due + timedelta(days=days)
    expected = (
        "overdue" if days > 0 else "due" if days == 0 else "soon" if days >= -30 else "current"
    )
    assert stage(due, today, ever_signed=True) == expected


@pytest.mark.parametrize(
    ("after", "expected"), [(0, "due"), (6, "due"), (7, "due"), (8, "overdue")]
)
def test_stages_of_a_newcomer(after: int, expected: str) -> None:
    added = date(2026, 11, 24)
    today = added + timedelta(days=after)
    assert stage(first_due(added), today, ever_signed=False) == expected
