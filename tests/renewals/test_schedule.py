"""When somebody is due, against a slow and obvious model that walks from day to day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewals.schedule import (
    DayOfYear,
    Material,
    Rule,
    RuleNotUnderstood,
    Window,
    anniversary,
    due,
    first_due,
    stage,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
# 2028 has a 29 February, so every day of a year is among these.
DAYS_OF_YEAR = st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(
    lambda day: DayOfYear(day.month, day.day)
)
WINDOWS = st.builds(Window, DAYS_OF_YEAR, DAYS_OF_YEAR)
RULES = st.builds(Rule, st.none() | WINDOWS)
MATERIAL = st.lists(st.builds(Material, st.integers(1, 9), DAYS, st.integers(0, 60)), max_size=4)
ONE_DAY = timedelta(days=1)
SEPTEMBER = Rule.read({"kind": "window", "from": "09-01", "until": "09-30"})
OVER_NEW_YEAR = Rule.read({"kind": "window", "from": "12-15", "until": "01-15"})


def is_day(day: date, wanted: DayOfYear) -> bool:
    """Whether a day is the wanted one; the last of February stands in for the 29th."""
    tomorrow = day + ONE_DAY
    if (wanted.month, wanted.day) == (2, 29) and (tomorrow.month, tomorrow.day) == (3, 1):
        return True
    return (day.month, day.day) == (wanted.month, wanted.day)


def walked(signed: date, rule: Rule) -> date:
    """The day of the rule, found by walking."""
    if rule.window is None:
        day = signed + ONE_DAY
        while not is_day(day, DayOfYear(signed.month, signed.day)):
            day += ONE_DAY
        return day
    day = signed + timedelta(days=31)
    while not is_day(day, rule.window.first):
        day += ONE_DAY
    if rule.window.last < rule.window.first:
        while (day.month, day.day) != (1, 1):
            day += ONE_DAY
    while not is_day(day, rule.window.last):
        day += ONE_DAY
    return day


@given(DAYS, RULES)
def test_the_rules_day_is_where_walking_leads(signed: date, rule: Rule) -> None:
    assert due(signed, rule).on == walked(signed, rule)


@given(DAYS, RULES, MATERIAL, st.integers(0, 9))
def test_a_newer_material_version_can_only_make_it_earlier(
    signed: date, rule: Rule, material: list[Material], number: int
) -> None:
    found = due(signed, rule, material, signed_number=number)
    days = [walked(signed, rule)]
    for version in material:
        if version.number > number:
            days.append(version.effective_on + version.days * ONE_DAY)
    assert found.on == min(days)
    assert ("material" in found.rule) == (found.on != walked(signed, rule))


@given(RULES)
def test_a_rule_is_read_back_as_it_was_written(rule: Rule) -> None:
    assert Rule.read(rule.told()) == rule


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"kind": "monthly"},
        {"kind": "window"},
        {"kind": "window", "from": "09-01"},
        {"kind": "window", "from": "09-01", "until": "09-31"},
        {"kind": "window", "from": "13-01", "until": "09-30"},
        {"kind": "window", "from": 9, "until": None},
    ],
)
def test_another_rule_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(RuleNotUnderstood):
        Rule.read(told)


@pytest.mark.parametrize(
    ("signed", "rule", "expected"),
    [
        (date(2026, 6, 1), SEPTEMBER, date(2026, 9, 30)),
        # 1 September is 31 days after 1 August, and 30 after 2 August: that window is passed over.
        (date(2026, 8, 1), SEPTEMBER, date(2026, 9, 30)),
        (date(2026, 8, 2), SEPTEMBER, date(2027, 9, 30)),
        (date(2026, 9, 15), SEPTEMBER, date(2027, 9, 30)),
        (date(2026, 6, 1), OVER_NEW_YEAR, date(2027, 1, 15)),
        (date(2026, 12, 20), OVER_NEW_YEAR, date(2028, 1, 15)),
        (date(2027, 1, 10), OVER_NEW_YEAR, date(2028, 1, 15)),
    ],
)
def test_windows_as_a_calendar_shows_them(signed: date, rule: Rule, expected: date) -> None:
    assert due(signed, rule).on == expected


def test_a_due_day_says_why_and_by_which_rule() -> None:
    signed = date(2026, 6, 1)
    assert due(signed, Rule()).reason == "anniversary of the last signing"
    in_window = due(signed, SEPTEMBER)
    assert in_window.reason == "last day of the window"
    assert in_window.rule == "window from 1 September to 30 September"
    changed = due(signed, SEPTEMBER, [Material(2, date(2026, 6, 10))], signed_number=1)
    assert (changed.on, changed.rule) == (date(2026, 6, 24), "material version")
    assert changed.reason == "version 2 changed something that matters"


def test_the_version_that_was_signed_is_not_news() -> None:
    material = [Material(2, date(2026, 6, 1)), Material(3, date(2026, 9, 1), days=30)]
    assert due(date(2026, 6, 5), Rule(), material, signed_number=2).on == date(2026, 10, 1)
    assert due(date(2026, 6, 5), Rule(), material, signed_number=3).on == date(2027, 6, 5)


@given(DAYS)
def test_an_anniversary_is_the_same_day_next_year(signed: date) -> None:
    after = anniversary(signed)
    assert after.year == signed.year + 1
    assert after.month == signed.month
    assert after.day == signed.day or (signed.month, signed.day, after.day) == (2, 29, 28)


def test_leap_days() -> None:
    assert anniversary(date(2028, 2, 29)) == date(2029, 2, 28)
    assert anniversary(date(2027, 2, 28)) == date(2028, 2, 28)
    assert anniversary(date(2028, 2, 28)) == date(2029, 2, 28)
    leap_window = Rule.read({"kind": "window", "from": "02-01", "until": "02-29"})
    assert due(date(2026, 9, 1), leap_window).on == date(2027, 2, 28)
    assert due(date(2027, 9, 1), leap_window).on == date(2028, 2, 29)


@given(DAYS, st.integers(-500, 500))
def test_stages_of_a_renewal(due_on: date, days: int) -> None:
    today = due_on + timedelta(days=days)
    expected = (
        "overdue" if days > 0 else "due" if days == 0 else "soon" if days >= -30 else "current"
    )
    assert stage(due_on, today, ever_signed=True) == expected


@pytest.mark.parametrize(
    ("after", "expected"), [(0, "due"), (6, "due"), (7, "due"), (8, "overdue")]
)
def test_stages_of_a_newcomer(after: int, expected: str) -> None:
    added = date(2026, 11, 24)
    today = added + timedelta(days=after)
    assert stage(first_due(added), today, ever_signed=False) == expected
