"""Leaving at the desk: what will happen is said first; and the people who left."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.accounts import Account, Monitor
from models.base import new_id
from models.leavings import anybody, leaving_of
from models.managers import Membership
from models.writing import writing
from records.signing import sign
from tests.cast import Cast, signing_body
from tests.manager.conftest import Sign
from tests.page import PageClient

TODAY = clock.today("Europe/London")
TOMORROW = TODAY + timedelta(days=1)


def leaves(bob: PageClient, cast: Cast, day: object = TODAY, reason: str = "") -> None:
    answers = {"last_day": str(day), "reason": reason}
    response = bob.post("manager.leaving", answers, person_id=cast.sian.id)
    assert response.location == f"/manager/people/{cast.sian.id}"


def left_on(cast: Cast) -> object:
    known = anybody(cast.bluebells.id, cast.sian.id)
    assert known is not None
    return known.left_on


def test_says_what_will_happen_and_what_to_say(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.leaving", person_id=cast.sian.id)
    assert page.h1 == "When does Siân Llewellyn leave?"
    assert page.labels == ["What is their last day?", "Why do they leave? (optional)"]
    assert page.field("last_day").get("value") == str(TODAY)
    assert "kept for 6 years" in page.text
    assert "keep safeguarding in mind" in page.text


def test_warns_about_an_account_they_watch(bob: PageClient, cast: Cast) -> None:
    with writing():
        about = {"setting_id": cast.bluebells.id, "since": TODAY}
        account = Account(platform="Facebook", handle="Bluebells", **about)
        db.session.add(account)
        db.session.flush()
        db.session.add(Monitor(account_id=account.id, person_id=cast.sian.id, **about))
    page = bob.get("manager.leaving", person_id=cast.sian.id)
    assert "Facebook, Bluebells" in page.text
    leaves(bob, cast)
    assert "Siân Llewellyn" in bob.get("manager.home").text


def test_somebody_who_left_is_found_and_their_page_works(
    bob: PageClient, cast: Cast, signs: Sign
) -> None:
    signs()
    leaves(bob, cast)
    assert left_on(cast) == TODAY
    assert "Siân Llewellyn is off the list." in bob.get("manager.home").text
    page = bob.get("manager.people")
    assert "Siân Llewellyn" not in page.text
    page = bob.get(page.links["People who left"])
    assert page.links["Siân Llewellyn"] == f"/manager/people/{cast.sian.id}"
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "Where they stand" not in page.text
    assert "They are back" in page.links
    assert "Their records are kept until" in page.text
    assert bob.raw("GET", page.links["Download the record of Siân Llewellyn (PDF)"]).data[:4] == (
        b"%PDF"
    )


def test_who_left_can_be_searched_for(bob: PageClient, cast: Cast) -> None:
    leaves(bob, cast)
    page = bob.post("manager.left", {"name": "lewelyn"}, expect=200)
    assert "1 match for “lewelyn”" in page.text
    page = bob.post("manager.left", {"name": "Nobody"}, expect=200)
    assert "No matches" in page.text
    page = bob.post("manager.left", {"name": ""}, expect=422)
    assert page.errors == ["Type a name, or the first letters of one."]


def test_a_day_to_come_can_be_taken_back(bob: PageClient, cast: Cast) -> None:
    leaves(bob, cast, TOMORROW)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "They stay after all" in page.text
    assert left_on(cast) is None
    bob.post("manager.take_back_leaving", person_id=cast.sian.id)
    assert leaving_of(cast.bluebells.id, cast.sian.id) is None
    assert "stays on the list" in bob.get("manager.person", person_id=cast.sian.id).text


def test_who_left_is_not_asked_about_again(bob: PageClient, cast: Cast) -> None:
    leaves(bob, cast)
    response = bob.raw("GET", "manager.leaving", person_id=cast.sian.id)
    assert response.location == f"/manager/people/{cast.sian.id}"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Enter a date, such as 25 10 2027."),
        ("soon", "Enter a date, such as 25 10 2027."),
        (str(TODAY - timedelta(days=9)), "They are on the list since "),
        (str(TODAY + timedelta(days=400)), "This is more than a year away."),
    ],
)
def test_the_day_is_looked_at(bob: PageClient, cast: Cast, day: str, sentence: str) -> None:
    page = bob.post("manager.leaving", {"last_day": day}, expect=422, person_id=cast.sian.id)
    [error] = page.errors
    assert error.startswith(sentence)
    assert leaving_of(cast.bluebells.id, cast.sian.id) is None


def test_they_are_back(bob: PageClient, cast: Cast) -> None:
    leaves(bob, cast)
    page = bob.get("manager.coming_back", person_id=cast.sian.id)
    assert page.h1 == "Is Siân Llewellyn back?"
    answers = {"category": "student", "organisation": "Weston College"}
    bob.post("manager.coming_back", answers, person_id=cast.sian.id)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "Student on placement, Weston College" in page.text
    assert "Siân Llewellyn" in bob.get("manager.people").text
    response = bob.raw("GET", "manager.coming_back", person_id=cast.sian.id)
    assert response.location == f"/manager/people/{cast.sian.id}"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"category": ""}, "Choose what they are here as."),
        ({"category": "student"}, "Enter the agency or college that sends them."),
    ],
)
def test_coming_back_needs_an_answer(
    bob: PageClient, cast: Cast, answers: dict[str, str], sentence: str
) -> None:
    leaves(bob, cast)
    page = bob.post("manager.coming_back", answers, expect=422, person_id=cast.sian.id)
    assert page.errors == [sentence]
    assert left_on(cast) == TODAY


def test_a_late_signing_of_somebody_who_left_is_taken(
    bob: PageClient, cast: Cast, signs: Sign
) -> None:
    leaves(bob, cast)
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    assert sign(cast.tablet, new_id(), body, clock.now(), None).code
    assert left_on(cast) == TODAY
    assert "No record yet" not in bob.get("manager.person", person_id=cast.sian.id).text


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast) -> None:
    for endpoint in ("manager.leaving", "manager.coming_back"):
        charlie.get(endpoint, expect=404, person_id=cast.sian.id)
        charlie.post(endpoint, {}, expect=404, person_id=cast.sian.id)
    charlie.post("manager.take_back_leaving", {}, expect=404, person_id=cast.sian.id)
    assert "Siân" not in charlie.get("manager.left").text


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    for endpoint in ("manager.leaving", "manager.coming_back"):
        bob.get(endpoint, expect=403, person_id=cast.sian.id)
    bob.post("manager.leaving", {"last_day": str(TODAY)}, expect=403, person_id=cast.sian.id)
    assert left_on(cast) is None
    assert "Write down their last day" not in bob.get("manager.person", person_id=cast.sian.id).text
    assert bob.get("manager.left").h1 == "People who left"
