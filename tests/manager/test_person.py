"""One person's page."""

from datetime import datetime, timedelta

import pytest

import clock
from agreements.archiving import archive
from extensions import db
from models.addresses import AddressCheck
from models.agreements import Agreement
from models.base import new_id
from models.dues import Due
from models.people import Person
from models.writing import writing
from records.days import long_date
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient


def test_before_the_first_signature(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert page.h1 == "Siân Llewellyn"
    assert "has never signed" in page.text
    assert "No record yet" in page.text
    assert "Volunteer" in page.text


def test_after_it(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert f"due again on {long_date(signed.due_on)}" in page.text
    assert f"/manager/records/{signed.record_id}.pdf" in page.links.values()
    assert f"/verify/{signed.code}" in page.links.values()


def test_shows_only_their_own_records(bob: PageClient, cast: Cast, signs: Sign) -> None:
    other = signs("Priya Raman")
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert other.code not in page.text


@pytest.mark.parametrize(
    ("days", "stage"), [(-1, "Overdue"), (0, "Due"), (30, "Soon"), (31, "Current")]
)
def test_stage(bob: PageClient, cast: Cast, signs: Sign, days: int, stage: str) -> None:
    signs()
    with writing():
        due = db.session.scalars(db.select(Due).where(Due.person_id == cast.sian.id)).one()
        due.due_on = clock.today("Europe/London") + timedelta(days=days)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert f"Where they stand {stage} Social Media" in page.text
    assert ("was due again on" in page.text) is (stage == "Overdue")


def test_nothing_to_sign_is_said_without_a_made_up_plural(bob: PageClient, cast: Cast) -> None:
    archive(db.session.get_one(Agreement, cast.version.agreement_id), cast.bob.id)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "No agreement asks somebody who is here as volunteer to sign." in page.text


def test_says_when_a_name_may_print_boxes(bob: PageClient, cast: Cast) -> None:
    sian = cast.sian.id
    assert "print as boxes" not in bob.get("manager.person", person_id=sian).text
    with writing():
        db.session.get_one(Person, sian).name_prints_boxes = True
    assert "print as boxes" in bob.get("manager.person", person_id=sian).text


def test_nobody(bob: PageClient) -> None:
    bob.get("manager.person", person_id=new_id(), expect=404)
    bob.get("/manager/people/not-an-id", expect=404)


def test_cannot_be_posted_to(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.person", {}, person_id=cast.sian.id, expect=405)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "Not confirmed yet, so letters there name nobody."),
        ({"confirmed_at": clock.now()}, "Confirmed on"),
        ({"disowned_at": clock.now()}, "Somebody there said that it is not theirs"),
    ],
    ids=["asked", "confirmed", "disowned"],
)
def test_says_what_became_of_the_address(
    bob: PageClient, cast: Cast, answer: dict[str, datetime], sentence: str
) -> None:
    with writing():
        sian = cast.sian
        sian.email = "sian@example.org"
        asked = {"setting_id": sian.setting_id, "person_id": sian.id, "email": sian.email}
        db.session.add(AddressCheck(token_hash="of nothing", **asked, **answer))
    assert sentence in bob.get("manager.person", person_id=cast.sian.id).text
