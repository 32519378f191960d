"""When somebody signed, by clocks that may be wrong, and whether it came in late."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from records.evidence import evidence
from records.rows import groups, words
from records.times import received_later, times
from tests.records.fixtures import WHOLE, facts

RECEIVED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PAIRED = RECEIVED - timedelta(days=30)
LATE = ("How it came in", "Signed offline, received later")


@pytest.mark.parametrize(
    ("minutes", "late"), [(0, False), (2, False), (2.1, True), (60 * 24 * 3, True)]
)
def test_more_than_two_minutes_is_later(minutes: float, late: bool) -> None:
    signed = RECEIVED - timedelta(minutes=minutes)
    assert received_later(times(signed, RECEIVED, RECEIVED, PAIRED)) is late


def test_a_wrong_clock_alone_is_not_late() -> None:
    """The tablet's clock is an hour slow; it was sent at once."""
    slow = RECEIVED - timedelta(hours=1)
    assert not received_later(times(slow, slow, RECEIVED, PAIRED))


def test_a_time_that_cannot_be_counts_as_just_received() -> None:
    before_pairing = PAIRED - timedelta(days=1)
    assert not received_later(times(before_pairing, RECEIVED, RECEIVED, PAIRED))


@pytest.mark.parametrize("late", [True, False])
def test_the_record_says_so(late: bool) -> None:
    signed = RECEIVED - timedelta(hours=3 if late else 0)
    says = replace(facts(), times=times(signed, RECEIVED, RECEIVED, PAIRED))
    rows = [row for _heading, part in groups(says.version, words(says)) for row in part]
    assert (LATE in rows) is late
    assert json.loads(evidence(says, WHOLE))["times"]["received_later"] is late
