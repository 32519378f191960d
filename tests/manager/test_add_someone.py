"""Adding somebody at the desk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from extensions import db
from models.dues import Due
from models.events import Event, EventDetails
from models.people import Person, PersonCategory, known_person
from tests.cast import Cast
from tests.page import PageClient

Add = Callable[..., Any]
NEW = {"full_name": "Rhiannon Bevan", "category": "parent_helper"}


@pytest.fixture
def add(alice: PageClient) -> Add:
    def send(expect: int = 302, **changes: Any) -> Any:
        return alice.post("manager.add_someone", NEW | changes, expect=expect)

    return send


def test_adds_somebody(add: Add, alice: PageClient, cast: Cast) -> None:
    response = add(full_name="  Rhiannon\u200b   Bevan ", email="r@example.org", under_18="y")
    person = db.session.scalars(sa.select(Person).where(Person.full_name == "Rhiannon Bevan")).one()
    assert response.location == f"/manager/people/{person.id}"
    assert (person.email, person.under_18, person.name_prints_boxes) == (
        "r@example.org",
        True,
        False,
    )
    assert person.setting_id == cast.bluebells.id
    due = db.session.scalars(sa.select(Due).where(Due.person_id == person.id)).one()
    assert due.reason == "never signed"
    page = alice.get(response.location)
    assert "Rhiannon Bevan is on the list." in page.text


def test_adding_is_an_event_without_a_name(add: Add, cast: Cast) -> None:
    add()
    event = db.session.scalars(sa.select(Event).where(Event.kind == "person.added")).one()
    assert "Rhiannon" not in str(event.ids)
    assert event.ids["manager"] == str(cast.alice.id)
    assert db.session.get_one(EventDetails, event.id).body["full_name"] == "Rhiannon Bevan"


def test_an_agency_worker_has_an_agency(add: Add, cast: Cast) -> None:
    response = add(category="agency_worker", organisation=" Bright  Staff Ltd")
    person_id = response.location.rsplit("/", 1)[1]
    known = known_person(cast.bluebells.id, UUID(person_id))
    assert known is not None
    assert known.organisation == "Bright Staff Ltd"


def test_only_they_have_one(add: Add) -> None:
    add(organisation="Bright Staff Ltd")
    rows = db.session.scalars(sa.select(PersonCategory.organisation_id))
    assert set(rows) == {None}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("full_name", "", "Enter the full name."),
        ("full_name", "!!!", "Write the name with at least one letter"),
        ("full_name", "a" * 101, "Write the name with at least one letter"),
        ("category", "", "Choose what they are here as."),
        ("email", "nobody", "Enter an e-mail address"),
        ("email", "a@b@example.org", "Enter an e-mail address"),
        ("email", "a@example.org x", "Enter an e-mail address"),
    ],
)
def test_each_field_says_what_to_do(add: Add, field: str, typed: str, sentence: str) -> None:
    page = add(expect=422, **{field: typed})
    assert len(page.errors) == 1
    assert page.errors[0].startswith(sentence)
    kept = "email" if field == "full_name" else "full_name"
    assert page.field(kept).get("value") == (NEW | {"email": ""})[kept]
    assert page.one("head/title").text.startswith("Error: ")


@pytest.mark.parametrize("category", ["agency_worker", "student"])
@pytest.mark.parametrize("typed", ["", "  "])
def test_who_sends_them_is_asked(add: Add, category: str, typed: str) -> None:
    page = add(expect=422, category=category, organisation=typed)
    assert page.errors == ["Enter the agency or college that sends them."]


def test_a_category_of_ones_own_is_refused(add: Add) -> None:
    assert add(expect=422, category="pirate").errors == ["Choose what they are here as."]


def test_a_namesake_is_asked_about_once(add: Add) -> None:
    add()
    page = add(expect=422, full_name="rhiannon BEVAN")
    assert page.errors[0].startswith("This name is on the list already.")
    assert "No, this is somebody else with the same name" in page.labels
    assert "Yes, it is Rhiannon Bevan, Parent helper" in page.links
    add(another="y")
    assert add(expect=422).errors, "a third one is asked about too"
    assert add(expect=422, category="employee").errors, "who is here as something else, too"


def test_letters_nobody_can_print_are_flagged(add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine with no fonts but the bundled ones.
    monkeypatch.setattr("records.page._installed", lambda letter: False)
    add(full_name="Wei Chen 陈伟")
    person = db.session.scalars(sa.select(Person).where(Person.full_name == "Wei Chen 陈伟")).one()
    assert person.name_prints_boxes


def test_markup_in_a_name_is_text(add: Add, alice: PageClient) -> None:
    response = add(full_name="<script>alert(1)</script> Bevan")
    assert alice.get(response.location).h1 == "<script>alert(1)</script> Bevan"


def test_the_category_is_remembered_for_the_next_one(add: Add, alice: PageClient) -> None:
    assert add(onward="another").location == "/manager/people/new"
    page = alice.get("manager.add_someone")
    [chosen] = [option for option in page.all("option") if option.get("selected") is not None]
    assert chosen.get("value") == "parent_helper"
    assert "Rhiannon Bevan is on the list." in page.text
    assert page.field("full_name").get("autofocus") is not None
    assert not page.field("full_name").get("value")
