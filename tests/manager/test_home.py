"""Today: one screen that says who needs chasing and what to do first."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

import clock
from blueprints.manager.home_people import MOST
from extensions import db
from models.checks import Check
from models.dues import Due
from models.managers import Membership
from models.outbox import OutboxItem
from models.people import add_person
from models.tablets import tablets_of
from models.writing import writing
from renewals.dues import ask_first_time
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words

SVG = "{http://www.w3.org/2000/svg}"


def stats(page: Page) -> list[str]:
    return [words(a) for a in page.all("a") if "stat" in a.get("class", "").split()]


def move_due(cast: Cast, days: int) -> None:
    with writing():
        due = db.session.scalars(db.select(Due).where(Due.person_id == cast.sian.id)).one()
        due.due_on = clock.today("Europe/London") + timedelta(days=days)


def test_says_who_is_due(alice: PageClient) -> None:
    page = alice.get("manager.home")
    assert page.h1 == "Today"
    assert stats(page) == [
        "0 are overdue", "1 is due now", "0 are due soon", "0 are up to date",
    ]  # fmt: skip
    assert "Siân Llewellyn" in page.links


def test_the_overdue_come_first(alice: PageClient, cast: Cast, signs: Sign) -> None:
    signs("Priya Raman")
    move_due(cast, -1)
    page = alice.get("manager.home")
    assert stats(page)[0] == "1 is overdue"
    assert stats(page)[3] == "1 is up to date"
    [listed] = [ul for ul in page.all("ul") if "list" in ul.get("class", "").split()]
    assert words(listed).startswith("Overdue Siân Llewellyn never signed, due by ")
    assert "Reminded in person: Siân Llewellyn" in words(listed)
    assert "Priya" not in words(listed)


def test_praises_a_quiet_day(alice: PageClient, signs: Sign) -> None:
    signs()
    page = alice.get("manager.home")
    assert "Nobody needs chasing today" in page.text
    assert "Who to ask next" not in page.text


def test_newest_records_can_be_downloaded(alice: PageClient, signs: Sign) -> None:
    signed = signs()
    page = alice.get("manager.home")
    assert f"/manager/records/{signed.record_id}.pdf" in page.links.values()
    assert signed.code in page.text


def test_without_a_tablet_it_says_what_to_do_first(alice: PageClient, cast: Cast) -> None:
    assert "First, connect a tablet" not in alice.get("manager.home").text
    with writing():
        for tablet in tablets_of(cast.bluebells.id):
            tablet.revoked_at = clock.now()
    assert "First, connect a tablet" in alice.get("manager.home").text


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_declarations_are_only_counted(
    request: pytest.FixtureRequest, signs: Sign, who: str
) -> None:
    signs(declaration={"kind": "relationship", "note": "My niece."})
    page = request.getfixturevalue(who).get("manager.home")
    assert "1 declaration waits for the safeguarding lead." in page.text
    assert "niece" not in page.text
    assert ("Open it" in page.links) == (who == "alice")


def test_says_what_this_installation_does_not_do(alice: PageClient) -> None:
    page = alice.get("manager.home")
    for sentence in ("no web address", "No e-mail letters are sent", "How to keep a safe copy"):
        assert sentence in page.text
    assert "No safeguarding lead is named" not in page.text


def checked(cast: Cast, days_ago: int = 0, **changes: object) -> None:
    # The night is London's: late on a summer evening it is still the day before elsewhere.
    at = clock.now().astimezone(ZoneInfo("Europe/London")).replace(hour=3)
    at -= timedelta(days=days_ago)
    usual = {"records": 214, "seals": 8, "events": 500, "sequence": 500, "turn": 9, "faults": []}
    with writing():
        db.session.add(
            Check(
                setting_id=cast.bluebells.id,
                made_at=at,
                day=clock.local_day(at, "Europe/London"),
                **{**usual, "wrong": 0, **changes},
            )
        )


def test_says_that_everything_was_checked(alice: PageClient, cast: Cast) -> None:
    assert "Everything was checked" not in alice.get("manager.home").text
    checked(cast, days_ago=1, records=1)
    assert "1 record, as it was sealed." in alice.get("manager.home").text
    checked(cast)
    page = alice.get("manager.home")
    assert "Everything was checked last night: 214 records, all as they were sealed." in page.text
    assert "nightly check found" not in page.text


def test_says_what_is_wrong_and_what_to_do(alice: PageClient, cast: Cast) -> None:
    checked(cast, faults=["The record 7GHK is not as it was sealed."], wrong=3)
    page = alice.get("manager.home")
    for words_ in (
        "The nightly check found something wrong with the records.",
        "The record 7GHK is not as it was sealed.",
        "And 2 more.",
        "delete nothing",
    ):
        assert words_ in page.text
    assert "Everything was checked" not in page.text


def test_says_when_the_nights_are_missed(alice: PageClient, cast: Cast) -> None:
    checked(cast, days_ago=2)
    assert "were last checked" not in alice.get("manager.home").text
    with writing():
        db.session.execute(db.delete(Check))
    checked(cast, days_ago=3)
    assert "The records were last checked on" in alice.get("manager.home").text


def test_a_check_of_another_setting_is_not_shown(charlie: PageClient, cast: Cast) -> None:
    checked(cast, faults=["The record 7GHK is not as it was sealed."], wrong=1)
    assert "checked" not in charlie.get("manager.home").text


def test_is_not_legal_advice(alice: PageClient) -> None:
    assert "it is not legal advice" in words(alice.get("manager.home").one("footer"))


def test_the_picture_says_the_same_in_words_and_as_a_table(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    signs("Priya Raman")
    move_due(cast, -1)
    page = alice.get("manager.home")
    [picture] = [svg for svg in page.root.iter(f"{SVG}svg") if svg.get("role") == "img"]
    named = {element.get("id"): words(element) for element in picture.iter() if element.get("id")}
    title, said = [named[name] for name in (picture.get("aria-labelledby") or "").split()]
    assert title == "Who is up to date, by category"
    assert said == "Volunteer: 1 overdue. Parent helper: 1 up to date."
    assert [words(text) for text in picture.iter(f"{SVG}text")] == [
        "Volunteer", "0 of 1", "Parent helper", "1 of 1",
    ]  # fmt: skip
    [table] = [one for one in page.all("table") if "slim" in (one.get("class") or "")]
    assert [words(row) for row in table.iter("tr")][1:] == [
        "Volunteer1000", "Parent helper0001",
    ]  # fmt: skip


def test_somebody_is_reminded_with_one_tap(alice: PageClient, cast: Cast) -> None:
    page = alice.get("manager.home")
    [form] = [one for one in page.all("form") if (one.get("action") or "").endswith("/reminding")]
    back = {one.get("name"): one.get("value") for one in form.iter("input")}["back"]
    response = alice.post(form.get("action") or "", {"back": back})
    assert response.location == "/manager/#ask"
    assert "Reminded today" in alice.get("manager.home").text


def test_only_a_few_are_shown_and_the_rest_is_counted(alice: PageClient, signs: Sign) -> None:
    with writing():
        for number in range(MOST + 2):
            due = ask_someone(f"Person {letter(number)}")
            due.due_on = clock.today("Europe/London") - timedelta(days=number + 1)
    page = alice.get("manager.home")
    section = next(one for one in page.all("section") if one.get("id") == "ask")
    assert [words(a) for a in section.iter("a")][:2] == ["Person G", "Person F"]
    assert len(list(section.iter("li"))) == MOST
    assert page.links["3 more to remind"] == "/manager/reminders"


def letter(number: int) -> str:
    return "ABCDEFGHIJ"[number]


def ask_someone(full_name: str) -> Due:
    """Somebody new who is asked to sign; inside writing()."""
    setting_id, today = Cast().bluebells.id, clock.today("Europe/London")
    person = add_person(
        setting_id, full_name=full_name, category="employee", organisation=None, since=today
    )
    ask_first_time(setting_id, person.id, "employee", today)
    return db.session.scalars(db.select(Due).where(Due.person_id == person.id)).one()


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_gets_no_buttons(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = db.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.home")
    assert "Siân Llewellyn" in page.links
    assert [form.get("action") for form in page.all("form")] == ["/logout"]


@pytest.mark.parametrize(("days", "said"), [(7, False), (9, True)])
def test_a_tablet_that_was_not_seen(alice: PageClient, cast: Cast, days: int, said: bool) -> None:
    with writing():
        cast.tablet.last_seen_at = clock.now() - timedelta(days=days)
    page = alice.get("manager.home")
    assert ("The tablet “Front door” was not seen since" in page.text) == said
    assert ("Is it lost?" in page.links) == said


def test_a_new_tablet_is_given_time(alice: PageClient, cast: Cast) -> None:
    assert "was not seen" not in alice.get("manager.home").text
    with writing():
        cast.tablet.made_at = clock.now() - timedelta(days=9)
    assert "The tablet “Front door” was not seen yet." in alice.get("manager.home").text
    with writing():
        cast.tablet.revoked_at = clock.now()
    assert "was not seen" not in alice.get("manager.home").text


FAULT = "The archive cannot be reached."


@pytest.mark.parametrize(("who", "said"), [("alice", True), ("charlie", False)])
def test_copies_that_could_not_be_written(
    request: pytest.FixtureRequest, cast: Cast, who: str, said: bool
) -> None:
    with writing():
        own = {"setting_id": cast.bluebells.id, "kind": "archive", "about": "x", "payload": {}}
        db.session.add(OutboxItem(**own, attempts=3, last_fault=FAULT))
    page = request.getfixturevalue(who).get("manager.home")
    assert ("1 record has no second copy yet." in page.text) == said
    assert (FAULT in page.text) == said


@pytest.mark.parametrize(("holding", "said"), [(0, ""), (1, "1 signature that is"), (2, "2 sig")])
def test_a_tablet_that_keeps_signatures(
    alice: PageClient, cast: Cast, holding: int, said: str
) -> None:
    with writing():
        cast.tablet.holding = holding
        cast.tablet.last_seen_at = clock.now() - timedelta(days=20)
    page = alice.get("manager.home")
    assert (f"The tablet “Front door” keeps {said}" in page.text) == bool(holding)
    assert ("was not seen since" in page.text) != bool(holding)
