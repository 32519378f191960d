"""Agencies and colleges: whom they send, whom to ask there, and the list to send to them."""

import csv
import io
from uuid import UUID

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.base import new_id
from models.events import Event
from models.managers import Membership
from models.people import Organisation, Person, known_person
from models.writing import writing
from people.adding import add
from people.changing import change
from people.particulars import Particulars
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

TODAY = clock.today("Europe/London")
CONTACT = {
    "contact_name": "Jo Bright",
    "contact_email": "jo@bright.example",
    "contact_phone": "01633 496 000",
}


def sent(cast: Cast, name: str, organisation: str = "Bright Staff") -> Person:
    told = Particulars(name, "agency_worker", organisation)
    return add(cast.bluebells.id, cast.alice.id, told, TODAY)


def called(cast: Cast, name: str) -> Organisation:
    rows = sa.select(Organisation).where(Organisation.name == name)
    return db.session.scalars(rows).one()


@pytest.fixture
def bright(cast: Cast) -> UUID:
    sent(cast, "Priya Raman")
    return called(cast, "Bright Staff").id


def test_lists_them_with_how_many_they_send(bob: PageClient, cast: Cast, bright: UUID) -> None:
    page = bob.get("manager.organisations")
    assert page.links["Bright Staff"] == f"/manager/organisations/{bright}"
    assert "1 person" in page.text
    assert "No agency and no college yet" not in page.text
    assert bob.get("manager.people").links["Agencies and colleges"] == "/manager/organisations"


def test_there_is_none_at_first(bob: PageClient) -> None:
    assert "No agency and no college yet" in bob.get("manager.organisations").text


def test_shows_whom_they_send(bob: PageClient, cast: Cast, bright: UUID, signs: Sign) -> None:
    sent(cast, "Zoë Zimmer", "Coleg Gwent")
    page = bob.get("manager.organisation", organisation_id=bright)
    assert page.h1 == "Bright Staff"
    assert "Priya Raman" in page.links
    assert "Zoë" not in page.text
    assert "Never" in page.text


def test_their_list_is_for_them_alone(bob: PageClient, cast: Cast, bright: UUID) -> None:
    sent(cast, "Zoë Zimmer", "Coleg Gwent")
    sent(cast, "Siân O’Neill")
    answer = bob.raw("GET", "manager.organisation_list", organisation_id=bright)
    assert answer.mimetype == "text/csv"
    assert "Bright" not in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Last signed", "Next due", "Stage"]
    assert [row[0] for row in rows[1:]] == ["Priya Raman", "Siân O’Neill"]
    assert rows[1][1] == "never"
    page = bob.get("manager.organisation", organisation_id=bright)
    [copied] = [e.get("data-copy") for e in page.root.iter() if e.get("data-copy")]
    assert "- Priya Raman: last signed never, next due" in str(copied)
    assert "mailto:" not in str(page.links)


@pytest.mark.parametrize("name", ["=cmd() Bevan", "@SUM Bevan", "+44 Bevan", "-1 Bevan"])
def test_a_name_is_no_formula_there(bob: PageClient, cast: Cast, bright: UUID, name: str) -> None:
    sent(cast, name)
    answer = bob.raw("GET", "manager.organisation_list", organisation_id=bright)
    assert f"'{name}" in answer.get_data().decode("utf-8-sig")


def test_contact_and_the_day_it_was_checked(bob: PageClient, cast: Cast, bright: UUID) -> None:
    data = {"name": "Bright Staff Ltd", "checked": "y"} | CONTACT
    response = bob.post("manager.change_organisation", data, organisation_id=bright)
    assert response.location == f"/manager/organisations/{bright}"
    page = bob.get(response.location)
    for said in CONTACT.values():
        assert said in page.text
    found = called(cast, "Bright Staff Ltd")
    assert (found.name_key, found.checked_on) == ("bright staff ltd", TODAY)
    event = db.session.scalars(sa.select(Event).where(Event.kind == "organisation.changed")).one()
    assert "Bright" not in str(event.ids)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter its name."),
        ({"name": "!!!"}, "Write the name with at least one letter and at most 100 characters."),
        ({"contact_email": "nobody"}, "Enter an e-mail address, such as name@example.org."),
        ({"contact_name": "x" * 101}, "Please make this shorter, up to 100 characters."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, bright: UUID, typed: dict[str, str], sentence: str
) -> None:
    data = {"name": "Bright Staff"} | typed
    page = bob.post("manager.change_organisation", data, expect=422, organisation_id=bright)
    assert page.errors == [sentence]


def test_two_with_one_name_become_one_when_asked(bob: PageClient, cast: Cast, bright: UUID) -> None:
    other = sent(cast, "Zoë Zimmer", "Brite Staff").id
    brite = called(cast, "Brite Staff").id
    bob.post(
        "manager.change_organisation", {"name": "Bright Staff"} | CONTACT, organisation_id=bright
    )
    data = {"name": "bright staff"}
    page = bob.post("manager.change_organisation", data, expect=422, organisation_id=brite)
    assert page.errors[0].startswith("Another agency or college has this name.")
    response = bob.post("manager.change_organisation", data | {"same": "y"}, organisation_id=brite)
    assert response.location == f"/manager/organisations/{bright}"
    known = known_person(cast.bluebells.id, other)
    assert known is not None
    assert known.organisation == "bright staff"
    assert db.session.get(Organisation, brite) is None
    assert db.session.get_one(Organisation, bright).contact_name == "Jo Bright", "is not lost"


def test_ends_when_nobody_is_sent_and_comes_back(bob: PageClient, cast: Cast, bright: UUID) -> None:
    bob.post("manager.end_organisation", {}, organisation_id=bright)
    page = bob.get("manager.organisation", organisation_id=bright)
    assert "still sends somebody" in page.text
    priya = db.session.scalars(sa.select(Person).where(Person.full_name == "Priya Raman")).one()
    told = Particulars("Priya Raman", "employee")
    change(cast.bluebells.id, priya.id, cast.alice.id, told, TODAY)
    bob.post("manager.end_organisation", {}, organisation_id=bright)
    assert "Bright Staff" not in bob.get("manager.organisations").links
    sent(cast, "Zoë Zimmer")
    assert "Bright Staff" in bob.get("manager.organisations").links


def test_another_setting_finds_nothing(charlie: PageClient, bright: UUID) -> None:
    for endpoint in ("organisation", "change_organisation", "organisation_list"):
        charlie.get(f"manager.{endpoint}", expect=404, organisation_id=bright)
    charlie.post("manager.end_organisation", {}, expect=404, organisation_id=bright)
    charlie.get("manager.organisation", expect=404, organisation_id=new_id())
    assert "Bright" not in charlie.get("manager.organisations").text


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_takes_no_list_away(
    bob: PageClient, cast: Cast, bright: UUID, role: str
) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.organisation", organisation_id=bright)
    assert "Download the list" not in page.text
    assert "You can print this page, too. Copy it into an e-mail" in page.text
    bob.get("manager.organisation_list", expect=403, organisation_id=bright)
    bob.get("manager.change_organisation", expect=403, organisation_id=bright)
