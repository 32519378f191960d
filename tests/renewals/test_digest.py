"""The weekly digest: on Monday morning, once, and only with something to say."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.mail import MemoryMailer
from backends.mail.letter import Letter
from extensions import db
from models.dues import Due
from models.events import current_head
from models.feeds import digest_wish, wish_for_digest
from models.holidays import Holiday
from models.managers import Membership
from models.outbox import OutboxItem
from models.people import add_person
from models.settings import of
from models.writing import writing
from outbox.errands import NOT_NEEDED, SENT
from outbox.putting import put
from outbox.worker import Worker
from renewals.digest import digest_letter, digest_where_due
from tests.cast import Cast

LONDON = ZoneInfo("Europe/London")


class Mornings:
    """Bluebells with a mailer in memory, and a clock that stands on days of the coming weeks.

    The cast was brought in today, so the days count from the Monday after.
    """

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.patch = app, monkeypatch
        self.mailer = MemoryMailer()
        app.extensions["mailer"] = self.mailer
        with app.app_context():
            today = clock.today("Europe/London")
        self.monday = today + timedelta(days=7 - today.weekday())
        self.stands(-1, 12)

    def stands(self, days: int, hour: int, minute: int = 0) -> date:
        """Let it be so many days after that Monday; gives the day."""
        day = self.monday + timedelta(days=days)
        moment = datetime.combine(day, time(hour, minute), LONDON)
        self.patch.setattr("clock.now", lambda: moment.astimezone(ZoneInfo("UTC")))
        return day

    def wishes(self, *, wanted: bool = True) -> None:
        """Alice wants the digest, or no longer."""
        with self.app.app_context():
            cast = Cast()
            wish_for_digest(cast.bluebells.id, cast.alice.id, wanted=wanted)

    def sian_is_due(self, days: int) -> None:
        """Siân's day, in days after that Monday."""
        with self.app.app_context():
            sian = Cast().sian.id
            with writing():
                due = db.session.scalars(sa.select(Due).where(Due.person_id == sian)).one()
                due.due_on = self.monday + timedelta(days=days)

    def chore(self, *, mail: bool = True) -> list[str]:
        """What the worker does every few minutes; gives what the digests are about."""
        with self.app.app_context():
            digest_where_due(mail)
            rows = of(Cast().bluebells.id, OutboxItem).where(OutboxItem.kind == "digest")
            return [item.about for item in db.session.scalars(rows.order_by(OutboxItem.id))]

    def letters(self) -> list[Letter]:
        """Let the worker send what waits."""
        Worker(self.app, {"digest": digest_letter}).work_off()
        return self.mailer.letters

    def outcomes(self) -> list[str | None]:
        """What became of the digests."""
        with self.app.app_context():
            rows = sa.select(OutboxItem.outcome).where(OutboxItem.kind == "digest")
            return list(db.session.scalars(rows))


@pytest.fixture
def mornings(own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Mornings:
    return Mornings(own_app(), monkeypatch)


def test_on_monday_at_half_past_seven_and_once(mornings: Mornings) -> None:
    mornings.wishes()
    mornings.stands(0, 7, 29)
    assert mornings.chore() == []
    mornings.stands(0, 7, 30)
    [about] = mornings.chore()
    year, week, _ = mornings.monday.isocalendar()
    assert about.endswith(f":{year}-W{week:02}")
    assert mornings.chore() == [about]
    mornings.stands(3, 12)
    assert mornings.chore() == [about]
    mornings.stands(7, 8)
    assert len(mornings.chore()) == 2


def test_a_worker_that_was_away_catches_up_by_day(mornings: Mornings) -> None:
    mornings.wishes()
    mornings.stands(1, 3)
    assert mornings.chore() == []
    mornings.stands(1, 21)
    assert mornings.chore() == []
    mornings.stands(2, 9)
    assert len(mornings.chore()) == 1


def test_a_wish_begins_with_the_next_monday(mornings: Mornings) -> None:
    mornings.stands(2, 9)
    mornings.wishes()
    assert mornings.chore() == []
    mornings.stands(7, 9)
    assert len(mornings.chore()) == 1


def test_the_holidays_are_quiet(mornings: Mornings) -> None:
    mornings.wishes()
    first = mornings.stands(0, 9)
    with mornings.app.app_context():
        bluebells = Cast().bluebells.id
        with writing():
            last = first + timedelta(days=1)
            db.session.add(
                Holiday(setting_id=bluebells, name="Half-term", first_day=first, last_day=last)
            )
    assert mornings.chore() == []
    mornings.stands(2, 9)
    assert len(mornings.chore()) == 1


@pytest.mark.parametrize("reason", ["no wish", "wish ended", "no mail", "left the desk"])
def test_nobody_gets_what_they_do_not_want(mornings: Mornings, reason: str) -> None:
    if reason != "no wish":
        mornings.wishes()
    if reason == "wish ended":
        mornings.wishes(wanted=False)
    if reason == "left the desk":
        with mornings.app.app_context():
            alice = Cast().alice.id
            with writing():
                db.session.execute(sa.delete(Membership).where(Membership.manager_id == alice))
    mornings.stands(0, 8)
    assert mornings.chore(mail=reason != "no mail") == []


def test_it_says_who_is_overdue_and_who_is_next(mornings: Mornings) -> None:
    mornings.wishes()
    mornings.sian_is_due(-3)
    mornings.stands(0, 8)
    mornings.chore()
    [letter] = mornings.letters()
    assert letter.to == "alice@example.org"
    assert letter.subject == "The week at Bluebells: 1 overdue"
    with mornings.app.app_context():
        head = current_head(Cast().bluebells.id)
    for part in (letter.text, letter.html):
        assert "Overdue: 1" in part
        assert "Siân Llewellyn" in part
        assert "has never signed, due by" in part
        assert f"number {head.sequence}" in part
        assert head.hash in part.replace("<wbr>", "")
    assert "\n\n\n" not in letter.text
    assert mornings.outcomes() == [SENT]


def test_no_name_stands_in_the_subject(mornings: Mornings) -> None:
    mornings.wishes()
    for days, subject in ((5, "1 due soon"), (-5, "1 overdue")):
        mornings.sian_is_due(days)
        mornings.stands(0 if days > 0 else 7, 8)
        mornings.chore()
        assert mornings.letters()[-1].subject == f"The week at Bluebells: {subject}"


def test_letters_that_failed_are_something_to_say(mornings: Mornings) -> None:
    mornings.wishes()
    _nobody_is_asked(mornings)
    mornings.stands(0, 8)
    with mornings.app.app_context():
        bluebells = Cast().bluebells.id
        with writing():
            item = put(bluebells, "reminder", "somebody", {})
            item.done_at, item.outcome = clock.now(), "refused"
            item.last_fault = "The mail server does not know this address."
    mornings.chore()
    [letter] = mornings.letters()
    assert letter.subject == "The week at Bluebells: letters that did not leave"
    assert "1 letter did not leave this week." in letter.text
    assert "does not know this address" in letter.text
    assert "Overdue" not in letter.text


def test_nothing_to_say_nothing_sent(mornings: Mornings) -> None:
    mornings.wishes()
    _nobody_is_asked(mornings)
    mornings.stands(0, 8)
    assert len(mornings.chore()) == 1
    assert mornings.letters() == []
    assert mornings.outcomes() == [NOT_NEEDED]


def test_a_wish_that_ended_meanwhile_is_respected(mornings: Mornings) -> None:
    mornings.wishes()
    mornings.stands(0, 8)
    mornings.chore()
    mornings.wishes(wanted=False)
    assert mornings.letters() == []


def test_wishing_twice_is_one_wish(mornings: Mornings) -> None:
    mornings.wishes()
    mornings.wishes()
    with mornings.app.app_context():
        cast = Cast()
        assert digest_wish(cast.bluebells.id, cast.alice.id) is not None
    mornings.wishes(wanted=False)
    with mornings.app.app_context():
        assert digest_wish(Cast().bluebells.id, Cast().alice.id) is None


def test_a_long_list_is_cut_and_says_so(mornings: Mornings) -> None:
    mornings.wishes()
    with mornings.app.app_context():
        _forty_more()
    mornings.sian_is_due(-60)
    mornings.stands(0, 8)
    mornings.chore()
    [letter] = mornings.letters()
    assert "and 11 more" in letter.text
    assert letter.text.count("- Helper") == 29


def _nobody_is_asked(mornings: Mornings) -> None:
    with mornings.app.app_context():
        bluebells = Cast().bluebells.id
        with writing():
            db.session.execute(sa.delete(Due).where(Due.setting_id == bluebells))


def _forty_more() -> None:
    cast = Cast()
    bluebells, version = cast.bluebells.id, cast.version
    agreement_id, today = version.agreement_id, clock.today("Europe/London")
    with writing():
        for number in range(40):
            person = add_person(
                bluebells,
                full_name=f"Helper {number}",
                category="volunteer",
                organisation=None,
                since=today,
            )
            db.session.add(
                Due(
                    setting_id=bluebells,
                    person_id=person.id,
                    agreement_id=agreement_id,
                    due_on=today - timedelta(days=9),
                    reason="never signed",
                    rule="first signing",
                )
            )
