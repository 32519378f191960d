"""A real mail server for each test that wants one."""

from collections.abc import Iterator

import pytest

from tests.mail.office import PostOffice, open_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes every letter, until it is told otherwise."""
    with open_office() as opened:
        yield opened
