"""The privacy notice: this setting's own facts, whom to ask, and what stays in a browser."""

import pytest
import sqlalchemy as sa

from extensions import db
from models.events import Event
from models.managers import Membership
from models.retentions import USUAL_YEARS
from models.settings import of
from models.writing import writing
from records.retention import change_years
from settings.privacy import STORED
from tests.cast import Cast
from tests.page import PageClient

CONTACT = "Alice Jones, 01275 123 456"


def test_says_what_is_true_here(alice: PageClient, cast: Cast) -> None:
    change_years(cast.bluebells.id, cast.alice.id, USUAL_YEARS | {"employee": 7})
    text = alice.get("manager.privacy").text
    assert "What Bluebells keeps about you when you sign" in text
    assert "Employee: 7 years after the last day." in text
    assert "Visitor: 3 years after the last day." in text
    assert "Ask the manager of Bluebells." in text


def test_lists_everything_that_stays_in_a_browser(alice: PageClient) -> None:
    text = alice.get("manager.privacy").text
    for one in STORED:
        assert f"{one.name} {one.kind}" in text
        assert one.purpose in text
        assert one.life in text


def test_whom_to_ask_can_be_changed(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.privacy", {"contact": CONTACT})
    page = alice.get("manager.privacy")
    assert page.field("contact").get("value") == CONTACT
    assert page.text.count(CONTACT) == 1
    alice.post("manager.privacy", {"contact": CONTACT})
    alice.post("manager.privacy", {"contact": " "})
    assert "Ask the manager of Bluebells." in alice.get("manager.privacy").text
    kinds = [event.kind for event in db.session.scalars(of(cast.bluebells.id, Event))]
    assert kinds.count("privacy_contact.changed") == 2
    assert cast.owls.privacy_contact is None


def test_a_long_answer_is_kept_and_told(alice: PageClient, cast: Cast) -> None:
    page = alice.post("manager.privacy", {"contact": "x" * 201}, expect=422)
    assert page.errors == ["Please make this shorter, up to 200 characters."]
    assert page.field("contact").get("value") == "x" * 201
    assert cast.bluebells.privacy_contact is None


@pytest.mark.parametrize("role", ["dsl", "chair", "auditor"])
def test_everybody_reads_it_and_few_change_it(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.privacy")
    assert "Your rights" in page.text
    assert not [e for e in page.all("input") if e.get("name") == "contact"]
    bob.post("manager.privacy", {"contact": CONTACT}, expect=403)
    assert cast.bluebells.privacy_contact is None
