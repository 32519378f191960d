"""The agreements as the desk shows them."""

from itertools import pairwise

from agreements.starter import starter_edition
from models.base import new_id
from models.writing import writing
from records.text import plain_words
from tests.cast import Cast
from tests.page import PageClient, words


def test_lists_the_newest_version(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.agreements")
    assert page.links["Social Media Networking Policy"] == f"/manager/agreements/{cast.version.id}"
    assert "Version 1, published" in page.text


def test_shows_every_word(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.version", version_id=cast.version.id)
    [text] = [div for div in page.all("div") if div.get("class") == "card stack agreement"]
    # Words are compared without spaces: on the page they stand in blocks of their own.
    assert "".join(words(text).split()) == "".join(plain_words(starter_edition().text))


def test_shows_what_is_signed_under_and_the_fingerprint(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.version", version_id=cast.version.id)
    [sentence] = page.all("blockquote")
    assert words(sentence) == cast.version.wordings[0].sentence
    assert "Student on placement, Visitor" in words(page.one("figcaption"))
    assert cast.version.text_sha256 in page.text


def test_no_heading_level_is_skipped(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.version", version_id=cast.version.id)
    levels = [int(e.tag[1]) for e in page.root.iter() if e.tag in {"h1", "h2", "h3", "h4", "h5"}]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_hints_at_another_charity_number(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.version", version_id=cast.version.id)
    assert "prints charity number 1072298" in page.text
    with writing():
        cast.bluebells.charity_number = "1072298"
    page = bob.get("manager.version", version_id=cast.version.id)
    assert "prints charity number" not in page.text


def test_a_version_there_never_was(bob: PageClient) -> None:
    bob.get("manager.version", version_id=new_id(), expect=404)
