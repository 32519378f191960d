"""How long somebody who tried too often is told to wait."""

import pytest

from models.throttles import TooMany


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_the_wait_is_said_in_whole_minutes(seconds: int, wait: str) -> None:
    assert TooMany(seconds).words == f"Too many tries. Please wait {wait}."
