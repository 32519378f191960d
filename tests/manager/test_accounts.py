"""Social media accounts: two people watch each, and the desk is loud when they do not."""

from datetime import date, timedelta
from uuid import UUID

import pytest

import clock
from extensions import db
from models.accounts import (
    DAYS_BETWEEN_CHECKS,
    Account,
    Check,
    Monitor,
    checks_of,
    watched,
    watched_accounts,
)
from models.events import Event, EventDetails
from models.people import PersonCategory, add_person
from models.settings import of
from models.writing import writing
from settings.accounts import add_account, add_monitor, note_check
from tests.cast import Cast
from tests.page import PageClient

FACEBOOK = {"platform": "Facebook", "handle": "Bluebells Pre-School", "check_every_days": "31"}
LONG_NAME = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"


@pytest.fixture
def today(cast: Cast) -> date:
    """The day at the setting."""
    return clock.today(cast.bluebells.time_zone)


@pytest.fixture
def gwen(cast: Cast, today: date) -> UUID:
    """A second person at Bluebells."""
    with writing():
        person = add_person(
            cast.bluebells.id, full_name=LONG_NAME, category="employee", organisation=None,
            since=today,
        )  # fmt: skip
    return person.id


@pytest.fixture
def account(cast: Cast, today: date) -> Account:
    """Bluebells' page, which nobody watches yet."""
    answers = FACEBOOK | {"check_every_days": 31}
    return add_account(cast.bluebells.id, cast.alice.id, answers, today)


@pytest.fixture
def both(cast: Cast, account: Account, gwen: UUID, today: date) -> Account:
    """The same page, which Siân and Gwenllian watch."""
    for person_id in (cast.sian.id, gwen):
        add_monitor(account, person_id, cast.alice.id, today)
    return account


def leaves(person_id: UUID, today: date) -> None:
    """Somebody is not there any more."""
    with writing():
        held = db.select(PersonCategory).where(PersonCategory.person_id == person_id)
        db.session.scalars(held).one().until = today


def looked_long_ago(account: Account, by: UUID, person_id: UUID, days: int) -> None:
    """The last look was so many days ago."""
    note_check(account, person_id, "nothing", by, clock.today("Europe/London"))
    with writing():
        checks_of(account, 1)[0].checked_on -= timedelta(days=days)


def test_says_what_to_do_first(bob: PageClient) -> None:
    page = bob.get("manager.accounts")
    assert "No account yet" in page.text
    assert page.links["Add an account"] == "/manager/accounts/new"
    assert bob.get("manager.settings").links["Social media accounts: who watches them"]


def test_adds_an_account_and_asks_who_watches_it(bob: PageClient, cast: Cast) -> None:
    response = bob.post("manager.new_account", FACEBOOK)
    [watch] = watched_accounts(cast.bluebells.id)
    assert watch.account.words == "Facebook, Bluebells Pre-School"
    page = bob.get(response.location)
    assert "Who else watches it?" in page.labels
    assert "Nobody watches it." in page.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("platform", " ", "Enter where it is, such as Facebook."),
        ("handle", "", "Enter what it is called there."),
        ("handle", "x" * 101, "Please make this shorter, up to 100 characters."),
        ("check_every_days", "0", "Enter a number of days from 1 to 366."),
        ("check_every_days", "soon", "Enter a number of days from 1 to 366."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, field: str, value: str, sentence: str
) -> None:
    page = bob.post("manager.new_account", FACEBOOK | {field: value}, expect=422)
    assert page.errors == [sentence]
    assert watched_accounts(cast.bluebells.id) == []


def test_two_people_are_enough(bob: PageClient, cast: Cast, account: Account, gwen: UUID) -> None:
    bob.post("manager.account", {"person_id": str(cast.sian.id)}, account_id=account.id)
    assert "Only Siân Llewellyn watches it." in bob.get("manager.home").text
    bob.post("manager.account", {"person_id": str(gwen)}, account_id=account.id)
    assert not watched(account).too_few
    assert "watches it" not in bob.get("manager.home").text


def test_only_people_of_the_setting_who_do_not_watch_it_yet(
    bob: PageClient, cast: Cast, both: Account, today: date
) -> None:
    with writing():
        owl = add_person(
            cast.owls.id, full_name="Olive Owl", category="employee", organisation=None,
            since=today,
        )  # fmt: skip
    for person_id in (owl.id, cast.sian.id, "", "nonsense"):
        data = {"person_id": str(person_id)}
        page = bob.post("manager.account", data, expect=422, account_id=both.id)
        assert page.errors == ["Choose somebody from the list."]
    assert len(watched(both).monitors) == 2


@pytest.mark.parametrize("place", ["manager.home", "manager.reminders"])
def test_is_loud_when_one_leaves(
    bob: PageClient, both: Account, gwen: UUID, today: date, place: str
) -> None:
    assert "has left" not in bob.get(place).text
    leaves(gwen, today)
    page = bob.get(place)
    assert f"Only Siân Llewellyn watches it. {LONG_NAME} has left." in page.text
    [alarm] = [e for e in page.all("div") if e.get("role") == "alert"]
    assert "Facebook, Bluebells Pre-School" in "".join(alarm.itertext())


def test_a_leaver_can_be_taken_off_and_comes_no_more(
    bob: PageClient, both: Account, gwen: UUID, today: date
) -> None:
    leaves(gwen, today)
    bob.post("manager.end_of_monitor", {}, account_id=both.id, person_id=gwen)
    assert watched(both).left == []
    assert "has left" not in bob.get("manager.account", account_id=both.id).text
    bob.post("manager.end_of_monitor", {}, account_id=both.id, person_id=gwen)
    row = db.session.scalars(db.select(Monitor).where(Monitor.person_id == gwen)).one()
    assert row.until == today


def test_looked_at_today_is_one_tap_and_a_second_tap_says_nothing_new(
    bob: PageClient, cast: Cast, both: Account, today: date
) -> None:
    one_tap = {"person_id": str(cast.sian.id), "outcome": "nothing"}
    form = next(
        f for f in bob.get("manager.accounts").all("form")
        if "Siân Llewellyn looked today" in "".join(f.itertext())
    )  # fmt: skip
    fields = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert one_tap.items() <= fields.items()
    for _ in range(2):
        bob.post(form.get("action") or "", one_tap)
    [check] = checks_of(both, 9)
    assert (check.checked_on, check.person_id, check.by_id) == (today, cast.sian.id, cast.bob.id)
    assert watched(both).check_on == today + timedelta(days=DAYS_BETWEEN_CHECKS)


def test_an_account_that_nobody_looked_at_shows(bob: PageClient, cast: Cast, both: Account) -> None:
    looked_long_ago(both, cast.alice.id, cast.sian.id, DAYS_BETWEEN_CHECKS)
    assert "was to look" not in bob.get("manager.home").text
    looked_long_ago(both, cast.alice.id, cast.sian.id, DAYS_BETWEEN_CHECKS + 1)
    with writing():
        for check in db.session.scalars(of(both.setting_id, Check)):
            check.checked_on = clock.today("Europe/London") - timedelta(days=32)
    page = bob.get("manager.home")
    assert "and was to look again by" in page.text
    assert "Say who looked: Facebook, Bluebells Pre-School" in page.links


def test_something_was_there_and_only_that_is_kept(
    bob: PageClient, cast: Cast, both: Account
) -> None:
    page = bob.get("manager.check_of_account", account_id=both.id)
    assert not page.all("textarea")
    assert [f for f in page.all("input") if f.get("type") == "text"] == []
    answers = {"person_id": str(cast.sian.id), "outcome": "told_dsl", "note": "Somebody wrote …"}
    bob.post("manager.check_of_account", answers, account_id=both.id)
    assert checks_of(both, 1)[0].outcome == "told_dsl"
    event = db.session.scalars(of(both.setting_id, Event).order_by(Event.sequence)).all()[-1]
    assert event.kind == "account.checked"
    assert db.session.get_one(EventDetails, event.id).body == {
        "account": "Facebook, Bluebells Pre-School", "outcome": "told_dsl",
    }  # fmt: skip
    page = bob.get("manager.account", account_id=both.id)
    assert "There was something, and the safeguarding lead knows" in page.text


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("person_id", "Choose who looked."), ("outcome", "Choose what was there.")],
)
def test_both_questions_want_an_answer(
    bob: PageClient, cast: Cast, both: Account, field: str, sentence: str
) -> None:
    answers = {"person_id": str(cast.sian.id), "outcome": "nothing"} | {field: "nobody"}
    page = bob.post("manager.check_of_account", answers, expect=422, account_id=both.id)
    assert page.errors == [sentence]
    assert checks_of(both, 1) == []


def test_changes_its_name_and_how_often(bob: PageClient, both: Account) -> None:
    answers = FACEBOOK | {"handle": "Bluebells of Ynys Môn", "check_every_days": "7"}
    bob.post("manager.change_of_account", answers, account_id=both.id)
    assert (both.handle, both.check_every_days) == ("Bluebells of Ynys Môn", 7)


def test_asks_once_before_it_is_off_the_list(bob: PageClient, cast: Cast, account: Account) -> None:
    assert "off the list?" in bob.get("manager.end_of_account", account_id=account.id).h1
    bob.post("manager.end_of_account", {}, account_id=account.id)
    assert watched_accounts(cast.bluebells.id) == []
    assert "Nobody watches it" not in bob.get("manager.home").text


def test_nobody_else_sees_or_changes_it(
    charlie: PageClient, cast: Cast, both: Account, gwen: UUID
) -> None:
    assert "Bluebells Pre-School" not in charlie.get("manager.accounts").text
    for view in ("account", "change_of_account", "end_of_account", "check_of_account"):
        charlie.get(f"manager.{view}", expect=404, account_id=both.id)
        charlie.post(f"manager.{view}", {}, expect=404, account_id=both.id)
    charlie.post("manager.end_of_monitor", {}, expect=404, account_id=both.id, person_id=gwen)
    assert len(watched(both).monitors) == 2
