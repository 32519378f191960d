"""The user's own document is there word for word: none added, none lost, none mended."""

import tomllib

from agreements.starter import HERE, starter_charity_number, starter_edition
from models.categories import CATEGORIES
from records.text import plain_words, to_html
from tests.cast import Cast

# Glyphs that drew bullets and blanks: marks on the paper, not words.
DRAWN = set("·_….")


def words_of_the_source() -> list[str]:
    text = (HERE / "source.txt").read_text(encoding="utf-8")
    return [word for word in text.replace("·", " ").split() if not set(word) <= DRAWN]


def words_here() -> list[str]:
    """The text, then the provider's field, the sign-off and its fields, in the page's order."""
    with (HERE / "signoff.toml").open("rb") as file:
        signoff = tomllib.load(file)
    edition = starter_edition()
    closing = (
        signoff["provider_label"],
        edition.signoff_title or "",
        edition.wordings["volunteer"],
        edition.name_label,
        signoff["signed_label"],
        signoff["date_label"],
    )
    return plain_words(edition.text) + " ".join(closing).split()


def test_every_word_in_order() -> None:
    assert words_here() == words_of_the_source()


def test_typos_are_the_customers_and_stay() -> None:
    text = starter_edition().text
    for typo in ("Comply will all", "Mulit-player", "Protection of children act 1988"):
        assert typo in text


def test_blanks_are_fields_and_not_text() -> None:
    edition = starter_edition()
    assert "_ _" not in edition.text
    assert "……" not in edition.text
    assert "I have read and understood" not in edition.text


def test_everybody_signs_under_the_same_words() -> None:
    wordings = starter_edition().wordings
    assert set(wordings) == set(CATEGORIES)
    assert len(set(wordings.values())) == 1


def test_the_charity_number_is_the_one_the_text_prints() -> None:
    assert starter_edition().text.startswith(
        f"Registered Charity Number - {starter_charity_number()}"
    )


def test_sections_are_headings() -> None:
    html = to_html(starter_edition().text)
    assert html.count("<h2") == 5
    assert html.count("<h1") == 1


def test_a_new_setting_has_it_as_version_1(cast: Cast) -> None:
    version = cast.version
    assert version.number == 1
    assert version.published_at is not None
    assert version.text == starter_edition().text
