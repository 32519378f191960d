"""The retention clock: who comes up, whom the owner lets go, and for how long is kept."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.erasures import erasures_of
from models.events import Event
from models.leavings import people_who_left
from models.managers import Membership
from models.people import Person, PersonCategory, add_person
from models.retentions import USUAL_YEARS, years_of
from models.settings import of
from models.writing import writing
from records.holding import hold
from records.retention import coming_up, kept_of_person, waiting_for_erasure, years_after
from tests.cast import Cast
from tests.page import PageClient

TODAY = clock.today("Europe/London")


def left(full_name: str, days_ago: int, category: str = "volunteer", years: int = 6) -> Person:
    """Somebody who left so many days before their years are over, or after (negative)."""
    cast = Cast()
    last_day = years_after(TODAY, -years) - timedelta(days=days_ago)
    with writing():
        person = add_person(
            cast.bluebells.id,
            full_name=full_name,
            category=category,
            organisation=None,
            since=last_day,
        )
        held = of(cast.bluebells.id, PersonCategory).where(PersonCategory.person_id == person.id)
        db.session.scalars(held).one().until = last_day
    return person


def names(found: list[object]) -> list[str]:
    return [kept.known.person.full_name for kept in found]  # type: ignore[attr-defined]


def role(cast: Cast, name: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = name


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2026, 11, 24), 6, date(2032, 11, 24)),
        (date(2024, 2, 29), 6, date(2030, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, then: date) -> None:
    assert years_after(day, years) == then


def test_the_last_day_of_the_time_is_still_kept(cast: Cast) -> None:
    left("On the day", 0)
    left("A day over", 1)
    left("In 90 days", -89)
    left("Later", -91)
    found = coming_up(cast.bluebells.id, TODAY)
    assert names(found) == ["A day over", "On the day", "In 90 days"]
    assert [kept.over(TODAY) for kept in found] == [True, False, False]
    assert waiting_for_erasure(cast.bluebells.id, TODAY) == 1


def test_the_longest_time_of_what_they_were_counts(cast: Cast) -> None:
    visitor = left("Was an employee, too", 1, "visitor", years=3)
    assert names(coming_up(cast.bluebells.id, TODAY)) == ["Was an employee, too"]
    with writing():
        day = years_after(TODAY, -9)
        about = {"setting_id": cast.bluebells.id, "person_id": visitor.id}
        db.session.add(PersonCategory(category="employee", since=day, until=day, **about))
    assert coming_up(cast.bluebells.id, TODAY) == []
    (known,) = people_who_left(cast.bluebells.id)
    assert kept_of_person(known, TODAY).years == 6


def test_the_first_page_has_a_number_and_no_name(bob: PageClient, cast: Cast) -> None:
    assert "kept long enough" not in bob.get("manager.home").text
    left("Beverley Cole", 1)
    page = bob.get("manager.home")
    assert "The records of 1 person who left have been kept long enough" in page.text
    assert "Beverley" not in page.text


def test_the_owner_chooses_who_is_erased(alice: PageClient, cast: Cast) -> None:
    goes, stays = left("Beverley Cole", 1), left("Liam Doherty", 2)
    soon = left("Olu Adebayo", -30)
    page = alice.get("manager.retention")
    for name in ("Beverley Cole", "Liam Doherty", "Olu Adebayo"):
        assert name in page.text
    boxes = [e.get("value") for e in page.all("input") if e.get("name") == "people"]
    assert boxes == [str(stays.id), str(goes.id)]
    alice.post("manager.retention", {"people": [str(goes.id)], "word": "ERASE"})
    page = alice.get("manager.retention")
    assert "One person was erased." in page.text
    assert "Beverley Cole" not in page.text
    assert "Liam Doherty" in page.text
    ((erasure, _records),) = erasures_of(cast.bluebells.id)
    assert (erasure.why, erasure.person_id) == ("retention", goes.id)
    page = alice.post("manager.retention", {"people": [str(soon.id)], "word": "ERASE"}, expect=422)
    assert len(erasures_of(cast.bluebells.id)) == 1


def test_whoever_is_held_cannot_be_chosen(alice: PageClient, cast: Cast) -> None:
    held = left("Beverley Cole", 1)
    hold(cast.bluebells.id, held.id, cast.bob.id, TODAY, None, "An insurer asked.")
    page = alice.get("manager.retention")
    assert "Kept by a hold" in page.text
    assert not [e for e in page.all("input") if e.get("name") == "people"]
    alice.post("manager.retention", {"people": [str(held.id)], "word": "ERASE"}, expect=422)
    assert erasures_of(cast.bluebells.id) == []
    assert waiting_for_erasure(cast.bluebells.id, TODAY) == 0


@pytest.mark.parametrize(
    ("people", "word", "sentence"),
    [
        (False, "ERASE", "Choose at least one person."),
        (True, "", "Type the word ERASE, so that nobody is erased by accident."),
    ],
)
def test_each_answer_is_needed(
    alice: PageClient, cast: Cast, people: bool, word: str, sentence: str
) -> None:
    person = left("Beverley Cole", 1)
    answers = {"people": [str(person.id)] if people else [], "word": word}
    page = alice.post("manager.retention", answers, expect=422)
    assert page.errors == [sentence]
    assert erasures_of(cast.bluebells.id) == []


def test_empty_says_when_the_clock_starts(alice: PageClient, cast: Cast) -> None:
    page = alice.get("manager.retention")
    assert "Nobody’s time is over" in page.text
    assert "not legal advice" in page.text


def test_the_years_are_the_settings_own(alice: PageClient, cast: Cast) -> None:
    page = alice.get("manager.retention_years")
    assert page.field("visitor").get("value") == "3"
    assert page.field("employee").get("value") == "6"
    answers = {name: str(years) for name, years in USUAL_YEARS.items()} | {"employee": "7"}
    alice.post("manager.retention_years", answers)
    assert years_of(cast.bluebells.id) == USUAL_YEARS | {"employee": 7}
    assert years_of(cast.owls.id) == USUAL_YEARS
    alice.post("manager.retention_years", answers | {"employee": "8"})
    assert years_of(cast.bluebells.id)["employee"] == 8
    alice.post("manager.retention_years", answers | {"employee": "8"})
    kinds = [event.kind for event in db.session.scalars(of(cast.bluebells.id, Event))]
    assert kinds.count("retention.changed") == 2


@pytest.mark.parametrize("typed", ["", "0", "81", "six", "-1"])
def test_a_number_of_years_is_a_number(alice: PageClient, cast: Cast, typed: str) -> None:
    answers = {name: str(years) for name, years in USUAL_YEARS.items()} | {"student": typed}
    page = alice.post("manager.retention_years", answers, expect=422)
    assert page.errors == ["Enter a whole number of years, from 1 to 80."]
    assert years_of(cast.bluebells.id) == USUAL_YEARS


def test_a_manager_looks_and_the_owner_decides(bob: PageClient, cast: Cast) -> None:
    person = left("Beverley Cole", 1)
    page = bob.get("manager.retention")
    assert "Only an owner can erase them." in page.text
    assert "Change the times" not in page.text
    answers = {"people": [str(person.id)], "word": "ERASE"}
    bob.post("manager.retention", answers, expect=403)
    bob.get("manager.retention_years", expect=403)
    bob.post("manager.retention_years", {}, expect=403)
    assert erasures_of(cast.bluebells.id) == []


@pytest.mark.parametrize("name", ["dsl", "chair", "auditor"])
def test_others_do_not_look(bob: PageClient, cast: Cast, name: str) -> None:
    left("Beverley Cole", 1)
    role(cast, name)
    bob.get("manager.retention", expect=403)
    assert "kept long enough" not in bob.get("manager.home").text


def test_nothing_of_another_setting(charlie: PageClient, cast: Cast) -> None:
    person = left("Beverley Cole", 1)
    assert "Beverley" not in charlie.get("manager.retention").text
    charlie.post("manager.retention", {"people": [str(person.id)], "word": "ERASE"}, expect=422)
    assert erasures_of(cast.bluebells.id) == []
