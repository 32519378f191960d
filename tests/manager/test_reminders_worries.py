"""What is wrong with the letters, in one line each: on the first page and with the reminders."""

from datetime import timedelta

import pytest

import clock
from extensions import db
from models.outbox import OutboxItem
from models.reminders import Decision, Reminder, held_decision
from models.settings import of
from models.workers import Worker
from models.writing import writing
from tests.cast import Cast
from tests.manager.test_reminders import DAY, letter
from tests.page import PageClient


@pytest.mark.parametrize("place", ["manager.home", "manager.reminders"])
def test_letters_that_failed_are_one_clear_line(alice: PageClient, cast: Cast, place: str) -> None:
    assert "could not be sent" not in alice.get(place).text
    letter(cast, outcome="refused", fault="The mail server does not know this address.")
    letter(cast, outcome="sent", ago=2 * DAY)
    letter(cast, outcome="refused", fault="Long ago.", ago=40 * DAY)
    page = alice.get(place)
    assert "1 letter could not be sent. The mail server does not know this address." in page.text
    assert page.text.count("could not be sent") == 1


def test_an_invitation_that_could_not_be_sent_is_told(alice: PageClient, cast: Cast) -> None:
    fault = "The mail server does not know this address."
    reminder = db.session.get_one(Reminder, letter(cast, outcome="refused", fault=fault))
    with writing():
        db.session.get_one(OutboxItem, reminder.outbox_id).kind = "invitation"
    assert f"1 letter could not be sent. {fault}" in alice.get("manager.home").text


@pytest.mark.parametrize("place", ["manager.home", "manager.reminders"])
def test_a_silent_worker_shows_within_a_day(alice: PageClient, place: str) -> None:
    with writing():
        db.session.add(Worker(name="one", seen_at=clock.now() - timedelta(hours=23)))
    assert "Nothing has left since" not in alice.get(place).text
    with writing():
        db.session.get_one(Worker, "one").seen_at = clock.now() - timedelta(hours=25)
    page = alice.get(place)
    assert "Nothing has left since" in page.text
    assert "Everything that waits is kept" in page.text


def hold(cast: Cast, *, days: int) -> None:
    """The run of today is held; the last one was so many days before."""
    bluebells, today = cast.bluebells.id, clock.today("Europe/London")
    with writing():
        for number, (day, held) in enumerate([(today - days * DAY, False), (today, True)]):
            db.session.add(Decision(setting_id=bluebells, number=number, day=day, held=held))


@pytest.mark.parametrize("place", ["manager.home", "manager.reminders"])
def test_held_letters_wait_for_a_yes(alice: PageClient, cast: Cast, place: str) -> None:
    hold(cast, days=5)
    page = alice.get(place)
    assert "The letters wait for your yes." in page.text
    assert "Fingerpost was away for 5 days" in page.text
    alice.post("manager.release_letters", {})
    assert held_decision(cast.bluebells.id) is None
    row = db.session.scalars(of(cast.bluebells.id, Decision).where(Decision.held)).one()
    assert row.released_by_id == cast.alice.id
    assert "wait for your yes" not in alice.get(place).text
    alice.post("manager.release_letters", {})


def test_a_clock_that_went_back_is_told_as_such(alice: PageClient, cast: Cast) -> None:
    hold(cast, days=-300)
    assert "shows an earlier day than it did before" in alice.get("manager.reminders").text


def test_nobody_elses_letters_are_released(charlie: PageClient, cast: Cast) -> None:
    hold(cast, days=5)
    charlie.post("manager.release_letters", {})
    assert held_decision(cast.bluebells.id) is not None
