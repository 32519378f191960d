"""The provider's own sign-off of a version."""

from datetime import date

import pytest

from models.adoptions import adoption_of, reviews_of
from tests.cast import Cast
from tests.page import PageClient

ANSWERS = {
    "adopted_by": "the committee",
    "adopted_on": "2026-01-14",
    "review_on": "2027-01-14",
    "signed_name": "Margaret Ann Pugh",
    "signed_role": "Chair",
}


def test_a_text_that_nobody_adopted_says_so(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.version", version_id=cast.version.id)
    assert "Nobody has written down yet who adopted this text" in page.text


def test_is_written_down(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    response = bob.post("manager.adoption", ANSWERS, version_id=version.id)
    text = bob.get(response.location).text
    assert "Adopted by the committee on Wednesday 14 January 2026." in text
    assert "Signed for the provider by Margaret Ann Pugh, Chair." in text
    [review] = reviews_of(cast.bluebells.id)
    assert (review.title, review.review_on) == (version.title, date(2027, 1, 14))


def test_a_correction_is_a_new_row(bob: PageClient, cast: Cast) -> None:
    for review in ("2027-01-14", "2026-12-01"):
        bob.post("manager.adoption", ANSWERS | {"review_on": review}, version_id=cast.version.id)
    adoption = adoption_of(cast.bluebells.id, cast.version.id)
    assert adoption is not None
    assert adoption.review_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("adopted_by", "", "Enter who adopted it, such as the committee."),
        ("adopted_on", "", "Enter the day on which it was adopted."),
        ("adopted_on", "2199-01-01", "This day is still to come."),
        ("review_on", "9999-12-31", "Enter a date, such as 25 10 2027."),
        ("adopted_on", "0026-01-14", "Enter a date, such as 25 10 2027."),
        ("review_on", "2026-01-14", "Enter a day after the one on which it was adopted."),
        ("signed_name", "", "Enter who signed it for the provider."),
        ("signed_role", "", "Enter their role, such as chair."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, field: str, value: str, sentence: str
) -> None:
    answers = ANSWERS | {field: value}
    page = bob.post("manager.adoption", answers, expect=422, version_id=cast.version.id)
    assert page.errors[0].startswith(sentence)
    assert adoption_of(cast.bluebells.id, cast.version.id) is None


def test_is_not_for_another_setting(charlie: PageClient, cast: Cast) -> None:
    response = charlie.raw("GET", "manager.adoption", version_id=cast.version.id)
    assert response.status_code == 404
