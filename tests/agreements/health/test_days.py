"""Dates, versions and reviews: what a text says, and what is written down beside it."""

from datetime import date

import pytest

from tests.agreements.health.subjects import keys, the_hint

PLAIN = "Be kind online. The Equality Act 2010 counts here too, as it did on 1 October 2010."


def test_a_text_that_says_nothing_of_it() -> None:
    hint = the_hint("text.undated", PLAIN, adopted=False)
    assert hint.title == "The text says no date, no version and no day of review"


def test_only_what_is_missing_is_named() -> None:
    hint = the_hint("text.undated", "Version 3, reviewed annually.", adopted=False)
    assert hint.title == "The text says no date"


@pytest.mark.parametrize(
    "text",
    [
        "Adopted on 14 January 2026, review date January 2027.",
        "Date: 14/01/2026. We review it every year.",
        "Last updated: Sept 2026. Reviewed annually by the committee.",
        "2026-01-14\n\nAnnual review by the trustees.",
        "January 2026\n\nNext review: January 2027",
    ],
)
def test_a_dated_text_with_a_review_is_left_in_peace(text: str) -> None:
    assert "text.undated" not in keys(text, adopted=False)


def test_a_day_of_review_that_was_left_blank_is_none() -> None:
    text = "Adopted on 14 January 2026. Review date: ________"
    assert the_hint("text.undated", text, adopted=False).title.endswith("no day of review")


def test_we_review_something_else_is_no_review() -> None:
    text = "Dated 14 January 2026. Staff review the risks with care."
    assert the_hint("text.undated", text, adopted=False).title.endswith("no day of review")


def test_what_is_written_down_beside_the_text_counts() -> None:
    assert keys(PLAIN, adopted=True) == []


@pytest.mark.parametrize(("adopted", "found"), [(False, True), (True, False), (None, False)])
def test_nobody_adopted_it(adopted: bool | None, found: bool) -> None:
    assert ("adoption.none" in keys(PLAIN, adopted=adopted)) == found


def test_a_review_day_that_is_over() -> None:
    hint = the_hint("review.past", review_on=date(2026, 11, 25))
    assert "25 November 2026" in hint.sentence
    assert "review.past" not in keys(review_on=date(2026, 11, 26))


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Review date: September 2026", True),
        ("Next review due by 25/11/2026.", True),
        ("To be reviewed on 1st October 2025", True),
        ("Ratified: June 2015. For review: March 2017", True),
        ("Review date: November 2026", False),
        ("Next review: 26 November 2026", False),
        ("Reviewed on 3 March 2024.", False),
        ("Review date: September 2024. Next review: September 2027.", False),
        ("Review date: 31/02/2024", False),
    ],
)
def test_a_review_day_in_the_text(text: str, over: bool) -> None:
    assert ("review.past" in keys(text)) == over


def test_a_new_review_day_is_another_matter() -> None:
    first = the_hint("review.past", review_on=date(2026, 1, 1))
    second = the_hint("review.past", review_on=date(2026, 2, 1))
    assert first.words_sha256 != second.words_sha256
    assert first.key == second.key


def test_what_is_written_down_counts_before_the_text() -> None:
    assert "review.past" not in keys("Review date: May 2024", review_on=date(2027, 1, 1))
