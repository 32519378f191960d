"""Whether "the above" in a sign-off has something above it."""

import pytest

from tests.agreements.health.subjects import keys, the_hint

ABOVE = ("I have read and understood the above and agree to use the ICT systems.",)
TITLE = "E Safety Staff and Officer Acceptable Use Policy Agreement"


def test_another_texts_sign_off_is_an_orphan() -> None:
    hint = the_hint("signoff.above", "Be kind online.", signoff_title=TITLE, sentences=ABOVE)
    assert hint.where[0].words == "the above"
    assert hint.where[0].block == ABOVE[0]
    assert "“acceptable”" in hint.sentence


@pytest.mark.parametrize(
    ("text", "signoff_title", "sentence"),
    [
        ("## Acceptable use\n\nUse the computer for work.", TITLE, ABOVE[0]),
        ("What is acceptable, and what is not.", TITLE, ABOVE[0]),
        ("Be kind online.", None, ABOVE[0]),
        ("Be kind online.", "Staff agreement", ABOVE[0]),
        ("Be kind online.", "E-safety policy agreement for volunteers", ABOVE[0]),
        ("Be kind online.", "Social Media Policy: signature", ABOVE[0]),
        ("Be kind online.", "Bluebells Pre-School agreement", ABOVE[0]),
        ("Be kind online.", TITLE, "I have read this policy and agree to follow it."),
    ],
)
def test_says_nothing_about(text: str, signoff_title: str | None, sentence: str) -> None:
    assert "signoff.above" not in keys(text, signoff_title=signoff_title, sentences=(sentence,))
