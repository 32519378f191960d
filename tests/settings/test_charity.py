"""The agreement prints a charity number; the hint says when it is not the setting's own."""

import pytest

from agreements.starter import starter_edition
from settings.charity import charity_number_hint

TEXT = starter_edition().text


@pytest.mark.parametrize("number", ["1072298", " 1072298", "No. 1072298"])
def test_the_same_number_needs_no_hint(number: str) -> None:
    assert charity_number_hint(number, TEXT) is None


@pytest.mark.parametrize("number", ["1234567", "10722980", "SC012345"])
def test_another_number_is_told(number: str) -> None:
    hint = charity_number_hint(number, TEXT)
    assert hint is not None
    assert "1072298" in hint
    assert f"yours is {number}" in hint


@pytest.mark.parametrize("number", [None, ""])
def test_so_is_none(number: str | None) -> None:
    assert "your setting has given none" in (charity_number_hint(number, TEXT) or "")


def test_another_text_prints_nothing() -> None:
    assert charity_number_hint("1234567", "Be kind.") is None
