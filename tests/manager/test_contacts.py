"""Contact cards: whom to turn to, and when somebody last made sure."""

from datetime import timedelta

import pytest

import clock
from extensions import db
from models.contacts import CHECK_AGAIN_AFTER, Contact, contacts_of
from models.events import Event
from models.writing import writing
from settings.contacts import add_contact
from tests.cast import Cast
from tests.page import PageClient

LADO = {"kind": "lado", "name": "LADO team, Ynys Môn", "phone": "01275 888 808", "email": ""}


def test_says_what_to_add_first(bob: PageClient) -> None:
    page = bob.get("manager.contacts")
    assert "No contacts yet" in page.text
    assert page.links["Add a contact"] == "/manager/settings/contacts/new"


def test_adds_a_card_that_counts_as_checked(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.new_contact", LADO)
    [card] = contacts_of(cast.bluebells.id)
    today = clock.today(cast.bluebells.time_zone)
    assert (card.name, card.phone, card.email) == (LADO["name"], LADO["phone"], None)
    assert (card.checked_on, card.check_on) == (today, today + CHECK_AGAIN_AFTER)
    assert "LADO team, Ynys Môn" in bob.get("manager.contacts").text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "", "Choose what this contact is for."),
        ("name", " ", "Enter a name, or what the place is called."),
        ("phone", "", "Enter a telephone number, or an e-mail address below."),
        ("email", "lado@", "Enter an e-mail address, such as name@example.org."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, field: str, value: str, sentence: str
) -> None:
    page = bob.post("manager.new_contact", LADO | {field: value}, expect=422)
    assert page.errors == [sentence]
    assert contacts_of(cast.bluebells.id) == []


def test_changes_and_remembers_what_it_was(bob: PageClient, card: Contact) -> None:
    bob.post("manager.contact", LADO | {"phone": "01275 000 000"}, contact_id=card.id)
    assert card.phone == "01275 000 000"
    assert _newest_event() == "contact.changed"


def test_an_old_card_asks_to_be_checked(bob: PageClient, card: Contact) -> None:
    with writing():
        card.checked_on -= CHECK_AGAIN_AFTER + timedelta(days=1)
    assert "Please ring or write" in bob.get("manager.contacts").text
    bob.post("manager.contact_checked", {}, contact_id=card.id)
    assert "Please ring or write" not in bob.get("manager.contacts").text
    assert _newest_event() == "contact.checked"


def test_asks_once_before_it_is_out_of_use(bob: PageClient, cast: Cast, card: Contact) -> None:
    assert bob.get("manager.end_of_contact", contact_id=card.id).h1.startswith("Take LADO team")
    bob.post("manager.end_of_contact", {}, contact_id=card.id)
    assert contacts_of(cast.bluebells.id) == []
    assert bob.raw("GET", "manager.contact", contact_id=card.id).status_code == 404


def test_nobody_else_sees_it(charlie: PageClient, card: Contact) -> None:
    assert "LADO team" not in charlie.get("manager.contacts").text
    for view in ("manager.contact", "manager.end_of_contact"):
        assert charlie.raw("GET", view, contact_id=card.id).status_code == 404
    charlie.post("manager.contact_checked", {}, expect=404, contact_id=card.id)


@pytest.fixture
def card(cast: Cast) -> Contact:
    """Bluebells' one card."""
    today = clock.today(cast.bluebells.time_zone)
    add_contact(cast.bluebells.id, cast.bob.id, LADO | {"email": None}, today)
    [found] = contacts_of(cast.bluebells.id)
    return found


def _newest_event() -> str | None:
    return db.session.scalar(db.select(Event.kind).order_by(Event.sequence.desc()).limit(1))
