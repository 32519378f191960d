"""Today: one screen that says who needs chasing and what to do first."""

from datetime import timedelta

import pytest

import clock
from extensions import db
from models.checks import Check
from models.dues import Due
from models.tablets import tablets_of
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words


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
    assert words(listed).startswith("Overdue Siân Llewellyn Volunteer")
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
    at = clock.now().replace(hour=3) - timedelta(days=days_ago)
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
