"""Changing what is on file: dated categories, new due days, and records that keep their words."""

from typing import Any

import pytest
import sqlalchemy as sa

from extensions import db
from models.events import Event, EventDetails
from models.people import PersonCategory, known_person
from models.signings import Signing
from tests.cast import Cast, publish_next
from tests.manager.conftest import Sign
from tests.page import PageClient

SAME = {"full_name": "Siân Llewellyn", "category": "volunteer"}


def change(bob: PageClient, cast: Cast, expect: int = 302, **typed: str) -> Any:
    return bob.post("manager.change_person", SAME | typed, expect=expect, person_id=cast.sian.id)


def test_shows_what_is_on_file(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.change_person", person_id=cast.sian.id)
    assert page.field("full_name").get("value") == "Siân Llewellyn"
    assert page.field("full_name").get("autofocus") is not None
    links = bob.get("manager.person", person_id=cast.sian.id).links
    assert links["Change what is on file"] == f"/manager/people/{cast.sian.id}/particulars"


def test_a_new_name_leaves_records_alone(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    sian = cast.sian.id
    change(bob, cast, full_name="Siân Evans", email="sian@example.org", under_18="y")
    known = known_person(cast.bluebells.id, sian)
    assert known is not None
    assert (known.person.full_name, known.person.name_key) == ("Siân Evans", "sian evans")
    assert (known.person.email, known.person.under_18) == ("sian@example.org", True)
    assert db.session.get_one(Signing, signed.record_id).full_name == "Siân Llewellyn"
    page = bob.get("manager.person", person_id=sian)
    assert "Volunteer, under 18" in page.text
    assert "name from “Siân Llewellyn” to “Siân Evans”" in page.text


def test_another_category_is_a_new_dated_row(bob: PageClient, cast: Cast) -> None:
    change(bob, cast, category="agency_worker", organisation="Bright Staff")
    rows = db.session.scalars(
        sa.select(PersonCategory)
        .where(PersonCategory.person_id == cast.sian.id)
        .order_by(PersonCategory.made_at)
    ).all()
    assert [(row.category, row.until is None) for row in rows] == [
        ("volunteer", False),
        ("agency_worker", True),
    ]
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "category from volunteer to agency worker" in page.text


def test_what_newly_applies_is_asked_at_once(bob: PageClient, cast: Cast) -> None:
    wording = next(w for w in cast.version.wordings if w.category == "employee").sentence
    publish_next(wordings={"employee": wording})
    assert "No agreement asks" in bob.get("manager.person", person_id=cast.sian.id).text
    change(bob, cast, category="employee")
    assert "has never signed; due by" in bob.get("manager.person", person_id=cast.sian.id).text


def test_the_event_says_what_changed_and_names_nobody(bob: PageClient, cast: Cast) -> None:
    sian = cast.sian.id
    change(bob, cast, full_name="Siân Evans")
    event = db.session.scalars(sa.select(Event).where(Event.kind == "person.changed")).one()
    assert event.ids == {"person": str(sian), "manager": str(cast.bob.id)}
    details = db.session.get_one(EventDetails, event.id).body
    assert details == {"full_name": ["Siân Llewellyn", "Siân Evans"]}


def test_nothing_different_is_nothing_that_happened(bob: PageClient, cast: Cast) -> None:
    change(bob, cast)
    assert not db.session.scalars(sa.select(Event).where(Event.kind == "person.changed")).all()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("full_name", "", "Enter the full name."),
        ("category", "pirate", "Choose what they are here as."),
        ("category", "student", "Enter the agency or college that sends them."),
        ("email", "nobody", "Enter an e-mail address, such as name@example.org."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    assert change(bob, cast, expect=422, **{field: typed}).errors == [sentence]


def test_another_setting_finds_nobody(charlie: PageClient, cast: Cast) -> None:
    charlie.get("manager.change_person", expect=404, person_id=cast.sian.id)
    charlie.post("manager.change_person", SAME, expect=404, person_id=cast.sian.id)
