"""Same person? The question at the desk, and both answers."""

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.base import new_id
from models.managers import Membership
from models.merges import Merge, told_apart
from models.people import Person
from models.writing import writing
from people.adding import add
from people.particulars import Particulars
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient, words

TODAY = clock.today("Europe/London")


@pytest.fixture
def twin(cast: Cast) -> Person:
    told = Particulars("Sian Lewelyn", "employee", under_18=True)
    return add(cast.bluebells.id, cast.alice.id, told, TODAY)


def test_the_way_there_is_on_the_page_and_in_the_list(
    bob: PageClient, cast: Cast, twin: Person
) -> None:
    address = f"/manager/people/{cast.sian.id}/joining/{twin.id}"
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert page.links["Compare with Sian Lewelyn, Employee"] == address
    assert bob.get("manager.people").links["Is anybody on the list twice?"]
    listed = bob.get("manager.on_list_twice")
    assert listed.links["Compare Siân Llewellyn and Sian Lewelyn"] == address


def test_nobody_is_on_the_list_twice(bob: PageClient) -> None:
    assert "Nobody, as far as we can tell" in bob.get("manager.on_list_twice").text


def test_shows_both_and_says_what_will_happen(
    bob: PageClient, cast: Cast, twin: Person, signs: Sign
) -> None:
    signs()
    page = bob.get("manager.joining", person_id=cast.sian.id, other_id=twin.id)
    assert page.h1 == "Same person?"
    assert [words(h) for h in page.all("h2")][:2] == ["Siân Llewellyn", "Sian Lewelyn"]
    assert "Records stay as they were sealed" in page.text
    assert "It cannot be taken back." in page.text
    [chosen] = [e for e in page.all("input") if e.get("checked") is not None]
    assert chosen.get("value") == str(cast.sian.id), "the older entry"


@pytest.mark.parametrize("keeps_twin", [False, True])
def test_they_are_one(bob: PageClient, cast: Cast, twin: Person, keeps_twin: bool) -> None:
    sian, other = cast.sian.id, twin.id
    kept, merged = (other, sian) if keeps_twin else (sian, other)
    response = bob.post("manager.joining", {"keep": str(kept)}, person_id=sian, other_id=other)
    assert response.location == f"/manager/people/{kept}"
    assert bob.raw("GET", "manager.person", person_id=merged).location == response.location
    page = bob.get("manager.person", person_id=kept)
    assert "Also was here as" in page.text
    assert "Another entry was joined to this one" in page.text
    assert db.session.get_one(Merge, merged).by_id == cast.bob.id


def test_they_are_two(bob: PageClient, cast: Cast, twin: Person) -> None:
    sian, other = cast.sian.id, twin.id
    bob.post("manager.telling_apart", {}, person_id=sian, other_id=other)
    assert len(told_apart(cast.bluebells.id)) == 1
    page = bob.get("manager.on_list_twice")
    assert "are two people. You are not asked again." in page.text
    assert not [words for words in page.links if words.startswith("Compare")]


def test_a_third_one_is_refused(bob: PageClient, cast: Cast, twin: Person) -> None:
    ids = {"person_id": cast.sian.id, "other_id": twin.id}
    page = bob.post("manager.joining", {"keep": str(new_id())}, expect=422, **ids)
    assert page.errors == ["Choose the one that is right."]


def test_nobody_is_joined_with_themselves(bob: PageClient, cast: Cast) -> None:
    sian = cast.sian.id
    response = bob.post("manager.joining", {"keep": str(sian)}, person_id=sian, other_id=sian)
    assert response.location == f"/manager/people/{sian}"
    assert db.session.scalars(sa.select(Merge)).all() == []


def test_the_other_name_is_found_by_a_search(bob: PageClient, cast: Cast, twin: Person) -> None:
    page = bob.get("manager.find_double", person_id=cast.sian.id)
    assert page.labels == ["Whom are you looking for?"]
    page = bob.post("manager.find_double", {"name": "sian"}, expect=200, person_id=cast.sian.id)
    assert page.links["Sian Lewelyn"].endswith(f"/joining/{twin.id}")
    page = bob.post("manager.find_double", {"name": ""}, expect=422, person_id=cast.sian.id)
    assert page.errors == ["Type a name, or the first letters of one."]


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast, twin: Person) -> None:
    ids = {"person_id": cast.sian.id, "other_id": twin.id}
    for endpoint in ("manager.joining", "manager.telling_apart"):
        charlie.post(endpoint, {"keep": str(cast.sian.id)}, expect=404, **ids)
    charlie.get("manager.joining", expect=404, **ids)
    charlie.get("manager.find_double", expect=404, person_id=cast.sian.id)
    assert "Siân" not in charlie.get("manager.on_list_twice").text


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, twin: Person, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    ids = {"person_id": cast.sian.id, "other_id": twin.id}
    bob.post("manager.joining", {"keep": str(cast.sian.id)}, expect=403, **ids)
    bob.get("manager.joining", expect=403, **ids)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert not [href for href in page.links.values() if "joining" in href]
    assert "Compare" not in bob.get("manager.on_list_twice").text
