"""What was told in confidence: the safeguarding lead reads it, and every look is noted."""

import pytest
import sqlalchemy as sa

from extensions import db
from models.events import Event, check_history
from models.managers import Membership
from models.signings import Declaration
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

NIECE = {"kind": "relationship", "note": "My niece starts in January.\nShe is three."}


def looks() -> int:
    kind = Event.kind == "declaration.read"
    return db.session.scalar(sa.select(sa.func.count()).select_from(Event).where(kind)) or 0


def declaration() -> Declaration:
    return db.session.scalars(sa.select(Declaration).where(Declaration.told)).one()


def test_the_list_says_who_and_when_but_not_what(alice: PageClient, signs: Sign) -> None:
    signs(declaration=NIECE)
    page = alice.get("manager.declarations")
    assert "Siân Llewellyn" in page.links
    assert "New" in page.text
    assert "niece" not in page.text
    assert "related" not in page.text
    assert looks() == 0


def test_nothing_to_declare_is_not_listed(alice: PageClient, signs: Sign) -> None:
    signs()
    assert "Nobody has told anything" in alice.get("manager.declarations").text


def test_opening_one_shows_it_and_is_noted(alice: PageClient, cast: Cast, signs: Sign) -> None:
    signs(declaration=NIECE)
    page = alice.get("manager.declaration", declaration_id=declaration().id)
    assert "They are related to a child or family here." in page.text
    assert "My niece starts in January. She is three." in page.text
    assert looks() == 1
    assert declaration().first_read_by_id == cast.alice.id
    alice.get("manager.declaration", declaration_id=declaration().id)
    assert looks() == 2
    assert check_history(cast.bluebells.id).faults == []
    assert "New" not in alice.get("manager.declarations").text.replace("Newest", "")


@pytest.mark.parametrize("kind", ["relationship", "online_contact", "other"])
def test_every_kind_has_words(alice: PageClient, signs: Sign, kind: str) -> None:
    signs(declaration={"kind": kind, "note": None})
    page = alice.get("manager.declaration", declaration_id=declaration().id)
    assert "They wrote nothing more." in page.text
    assert kind not in page.text.replace("other", "") or kind == "other"


def test_an_answer_that_tells_nothing_cannot_be_opened(alice: PageClient, signs: Sign) -> None:
    signs()
    told = db.session.scalars(sa.select(Declaration)).one()
    alice.get("manager.declaration", declaration_id=told.id, expect=404)


def test_other_managers_are_told_whom_to_ask(bob: PageClient, signs: Sign) -> None:
    signs(declaration=NIECE)
    for page in (
        bob.get("manager.declarations", expect=403),
        bob.get("manager.declaration", declaration_id=declaration().id, expect=403),
    ):
        assert "Please ask alice@example.org." in page.text
        assert "niece" not in page.text
    assert looks() == 0
    assert "Declarations" not in bob.get("manager.home").links


def test_where_nobody_is_named(alice: PageClient) -> None:
    with writing():
        db.session.execute(sa.delete(Membership).where(Membership.role == "dsl"))
    page = alice.get("manager.declarations", expect=403)
    assert "Nobody is named as safeguarding lead yet" in page.text


def test_another_settings_lead_sees_none_of_it(charlie: PageClient, signs: Sign) -> None:
    signs(declaration=NIECE)
    assert "Nobody has told anything" in charlie.get("manager.declarations").text
    charlie.get("manager.declaration", declaration_id=declaration().id, expect=404)
