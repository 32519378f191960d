"""The policies a text names: found in lists and in pairs, and only those of the setting."""

import pytest

from tests.agreements.health.subjects import keys, the_hint


def missing(text: str, **changes: object) -> list[str]:
    """The companions that one hint names."""
    hint = the_hint("companions.missing", text, **changes)
    return hint.sentence.removeprefix("Not in your library: ").split(". ")[0].split(", ")


def test_a_row_of_names_before_one_word_policy() -> None:
    text = "Follow the settings Safeguarding, Whistleblowing and Mobile phone and camera policy."
    named = missing(text, library=())
    assert sorted(named) == [
        "Mobile phone and camera policy", "Safeguarding policy", "Whistleblowing policy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "the Whistle-blowing Policy",
        "our Equality and Whistleblowing policies",
        "See Whistleblowing procedure.",
        "The Bluebells Whistleblowing Policy",
        "the Pre-school's Whistleblowing Policy and Procedures",
    ],
)
def test_finds_one_however_it_is_written(text: str) -> None:
    assert "Whistleblowing policy" in missing(text)


@pytest.mark.parametrize(
    "text",
    [
        "the North Somerset Safeguarding Procedure",
        "This policy is for everybody. That procedure too.",
        "Whistleblowing is brave, and a policy is a text.",
        "Follow the Safeguarding Policy.",
        "This social media policy is for everybody.",
        "Keep your phone and camera in the locker.",
    ],
)
def test_says_nothing_about(text: str) -> None:
    changes = {"library": ("Social media policy",)} if "North" in text else {}
    assert "companions.missing" not in keys(text, **changes)


def test_what_is_in_the_library_by_a_longer_title_is_there() -> None:
    text = "See our whistleblowing policy."
    library = ("Bluebells: Whistleblowing and speaking up 2026",)
    assert "companions.missing" not in keys(text, library=library)
