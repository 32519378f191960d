"""The text for everybody: word for word, with whom to ask, and about nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import segno
from flask import Flask

import clock
from agreements.publishing import Change, publish
from agreements.starter import starter_edition
from extensions import db
from models.agreements import Agreement
from models.writing import writing
from records.text import plain_words
from settings.contacts import add_contact
from tests.cast import Cast
from tests.page import PageClient

SLUG = "social-media-networking-policy"


@pytest.fixture
def slug(cast: Cast) -> str:
    """What the agreement is called in an address."""
    return db.session.get_one(Agreement, cast.version.agreement_id).slug


def test_it_can_be_read_without_signing_in(client: PageClient, cast: Cast, slug: str) -> None:
    page = client.get("public.agreement", setting="bluebells", slug=slug)
    assert page.h1 == cast.version.title
    assert "Bluebells" in page.text
    shown = " ".join(" ".join(e.itertext()) for e in page.all("*[@id='text']")).split()
    # Every word of the text, in its order; HTML cuts words where a style changes in the middle.
    assert "".join(shown) == "".join(plain_words(cast.version.text))


def test_it_says_where_the_setting_is(client: PageClient, cast: Cast, slug: str) -> None:
    with writing():
        cast.bluebells.address = "The Old Chapel\nClevedon"
        cast.bluebells.charity_number = "1072298"
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    for fact in ("The Old Chapel", "Clevedon", "1072298"):
        assert fact in text


def test_it_says_whom_to_turn_to(client: PageClient, cast: Cast, slug: str) -> None:
    answers = {"kind": "lado", "name": "LADO team", "phone": "01275 888 808", "email": None}
    today = clock.today(cast.bluebells.time_zone)
    for setting in (cast.bluebells, cast.owls):
        add_contact(setting.id, cast.alice.id, answers | {"name": f"LADO of {setting.name}"}, today)
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "LADO of Bluebells 01275 888 808" in text.replace("Bluebells01275", "Bluebells 01275")
    assert "Little Owls" not in text


def test_it_names_nobody(client: PageClient, cast: Cast, slug: str) -> None:
    html = client.get("public.agreement", setting="bluebells", slug=slug).response.get_data(
        as_text=True
    )
    assert "Siân" not in html
    assert "alice@example.org" not in html


@pytest.mark.parametrize(("setting", "slug"), [("nowhere", SLUG), ("bluebells", "no-such-text")])
def test_what_is_not_there(client: PageClient, setting: str, slug: str) -> None:
    client.get("public.agreement", setting=setting, slug=slug, expect=404)


def test_it_says_that_a_signature_silences_nobody(
    client: PageClient, cast: Cast, slug: str
) -> None:
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "Signing an agreement never stops anybody from speaking up." in text


def test_its_own_address_as_a_qr_code_where_others_can_open_it(
    app: Flask, client: PageClient, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not client.get("public.agreement", setting="bluebells", slug=slug).all("img")
    public = replace(app.config["FINGERPOST"], base_url="https://sign.example.org")
    monkeypatch.setitem(app.config, "FINGERPOST", public)
    page = client.get("public.agreement", setting="bluebells", slug=slug)
    address = f"https://sign.example.org/agreements/bluebells/{slug}"
    assert address in page.text
    expected = segno.make(address, error="m", micro=False).svg_data_uri(border=2)
    assert page.one("img").get("src") == expected


def test_an_archived_agreement_says_so_and_asks_nobody_to_sign(
    client: PageClient, cast: Cast, slug: str
) -> None:
    assert "not in use" not in client.get("public.agreement", setting="bluebells", slug=slug).text
    with writing():
        row = db.session.get_one(Agreement, cast.version.agreement_id)
        row.archived_at = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "This agreement is not in use any more." in text
    assert "since Saturday 1 August 2026" in text
    assert "You sign on the tablet" not in text
    assert "Staff at the setting shall" in text


def test_words_that_do_not_count_yet_say_from_when(
    client: PageClient, cast: Cast, slug: str
) -> None:
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "take effect" not in text
    with writing():
        change = Change("material", date(2199, 9, 1))
        publish(cast.bluebells.id, starter_edition(), change=change)
    text = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "These words take effect on Sunday 1 September 2199." in text
