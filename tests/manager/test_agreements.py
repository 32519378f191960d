"""The agreements as the desk shows them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from agreements.adopting import Adopted, note_adoption
from agreements.publishing import Change, publish
from agreements.starter import starter_edition
from models.base import new_id
from models.writing import writing
from records.text import plain_words
from tests.cast import Cast
from tests.page import PageClient, words

TODAY = date(2026, 11, 24)


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


def test_tells_how_each_version_came_to_be(bob: PageClient, cast: Cast) -> None:
    first = cast.version
    adopted = Adopted("the committee", TODAY, date(2027, 11, 24), "Margaret Ann Pugh", "Chair")
    with writing():
        edition = replace(starter_edition(), text="Be kind.")
        change = Change("material", TODAY, "It was too long.", 21, cast.alice.id)
        second = publish(cast.bluebells.id, edition, None, change)
        note_adoption(cast.bluebells.id, second.id, cast.alice.id, adopted)
    page = bob.get("manager.version", version_id=second.id)
    assert page.links["Version 1"] == f"/manager/agreements/{first.id}"
    assert "holds from Tuesday 24 November 2026" in page.text
    assert "everybody signs again within 21 days of that." in page.text
    assert "It was too long." in page.text
    assert "Published by alice@example.org" in page.text
    older = bob.get("manager.version", version_id=first.id)
    assert "This is an older version. Version 2 is the one that people sign now." in older.text
    public = bob.get("/agreements/bluebells/social-media-networking-policy")
    assert "It was too long." in public.text
    assert "Adopted by the committee on Tuesday 24 November 2026" in public.text
    assert "alice@example.org" not in public.text
