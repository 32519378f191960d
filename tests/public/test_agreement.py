"""The text for everybody: word for word, with whom to ask, and about nobody."""

import pytest

import clock
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
