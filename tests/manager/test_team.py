"""Who can sign in: everybody sees it, an owner gives roles and ends them, and nothing is lost."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event
from models.managers import Membership, memberships_now
from models.writing import writing
from tests.cast import Cast
from tests.page import PageClient, words

TODAY = clock.today("Europe/London")


def held(cast: Cast, role: str, email: str = "alice@example.org") -> Membership:
    """Somebody's role at Bluebells."""
    manager = {"alice@example.org": cast.alice, "bob@example.org": cast.bob}[email]
    [found] = [one for one in memberships_now(manager.id) if one.role == role]
    return found


def kinds(cast: Cast) -> list[str]:
    """What the history of Bluebells says, the newest first."""
    rows = sa.select(Event.kind).where(Event.setting_id == cast.bluebells.id)
    return list(db.session.scalars(rows.order_by(Event.sequence.desc())))


def ends(
    alice: PageClient, one: Membership, when: str, day: date | None = None, **more: int
) -> object:
    """Alice ends a role."""
    form = {"when": when, "last_day": day.isoformat() if day else ""}
    return alice.post("manager.end_role", form, membership_id=one.id, **more)


def test_everybody_sees_who_can_sign_in(bob: PageClient) -> None:
    page = bob.get("manager.team")
    cards = {
        words(card.find("h2")): words(card)
        for card in page.all("section[@class]")
        if card.find("h2") is not None
    }
    assert "Owner since" in cards["alice@example.org"]
    assert "Safeguarding lead since" in cards["alice@example.org"]
    assert "Manager since" in cards["bob@example.org"]
    assert not [way for way in page.links.values() if "/team/" in way], "a manager gives nothing"


def test_an_owner_gives_a_role(alice: PageClient, cast: Cast) -> None:
    last = TODAY + timedelta(days=60)
    form = {"roles": ["chair"], "until": last.isoformat()}
    assert alice.post("manager.give_role", form, manager_id=cast.bob.id).location == "/manager/team"
    given = held(cast, "chair", "bob@example.org")
    assert (given.since, given.until, given.given_by_id) == (TODAY, last, cast.alice.id)
    assert kinds(cast)[0] == "membership.given"
    assert "Chair since" in alice.get("manager.team").text


def test_a_role_is_not_given_twice(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.give_role", {"roles": ["manager"]}, manager_id=cast.bob.id)
    assert "They have this role already." in alice.get("manager.team").text
    assert len(memberships_now(cast.bob.id)) == 1


@pytest.mark.parametrize(
    ("roles", "until", "sentence"),
    [
        ([], None, "Tick at least one."),
        (["king"], None, "'king' is not a valid choice for this field."),
        (["auditor"], None, "Enter the auditor’s last day, such as "),
        (["auditor"], TODAY + timedelta(days=366), "An auditor reads for a year at most."),
        (["chair"], TODAY - timedelta(days=1), "Their last day cannot have passed already."),
    ],
)
def test_what_is_missing_is_said(
    alice: PageClient, cast: Cast, roles: list[str], until: date | None, sentence: str
) -> None:
    form = {"roles": roles, "until": until.isoformat() if until else ""}
    page = alice.post("manager.give_role", form, expect=422, manager_id=cast.bob.id)
    assert page.errors[0].startswith(sentence)
    assert len(memberships_now(cast.bob.id)) == 1


def test_a_role_ends_at_once(alice: PageClient, bob: PageClient, cast: Cast) -> None:
    assert bob.get("manager.home").text
    page = alice.get("manager.end_role", membership_id=held(cast, "manager", "bob@example.org").id)
    assert "the history says who ended the role" in page.text
    ends(alice, held(cast, "manager", "bob@example.org"), "now")
    assert not memberships_now(cast.bob.id)
    assert kinds(cast)[0] == "membership.ended"
    page = alice.get("manager.team")
    assert "bob@example.org is no longer Manager." in page.text
    assert "Roles that have ended" in page.text


def test_a_role_ends_after_a_day(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = TODAY + timedelta(days=10)
    ends(alice, held(cast, "manager", "bob@example.org"), "later", last)
    assert memberships_now(cast.bob.id)
    assert ", last day " in alice.get("manager.team").text
    later = clock.now() + timedelta(days=11)
    monkeypatch.setattr("clock.now", lambda: later)
    assert not memberships_now(cast.bob.id)


def test_what_ended_is_not_ended_again(alice: PageClient, cast: Cast) -> None:
    one = held(cast, "manager", "bob@example.org")
    ends(alice, one, "now")
    assert alice.raw("GET", "manager.end_role", membership_id=one.id).location == "/manager/team"


@pytest.mark.parametrize(
    ("when", "day", "sentence"),
    [
        ("", None, "Say when it ends."),
        ("later", None, "Enter a date, such as 25 10 2027."),
        ("later", TODAY - timedelta(days=1), "That day has passed."),
    ],
)
def test_it_asks_when(
    alice: PageClient, cast: Cast, when: str, day: date | None, sentence: str
) -> None:
    page = ends(alice, held(cast, "manager", "bob@example.org"), when, day, expect=422)
    assert page.errors[0].startswith(sentence)  # type: ignore[attr-defined]
    assert memberships_now(cast.bob.id)


def test_the_last_owner_stays(alice: PageClient, cast: Cast) -> None:
    page = ends(alice, held(cast, "owner"), "now", expect=422)
    assert page.errors == ["Nobody else would be owner then. Name another owner first."]  # type: ignore[attr-defined]
    alice.post(
        "manager.give_role",
        {"roles": ["owner"], "until": TODAY.isoformat()},
        manager_id=cast.bob.id,
    )
    ends(alice, held(cast, "owner"), "now", expect=422)
    alice.post(
        "manager.end_role", {"when": "now"}, membership_id=held(cast, "owner", "bob@example.org").id
    )
    alice.post("manager.give_role", {"roles": ["owner"]}, manager_id=cast.bob.id)
    ends(alice, held(cast, "owner"), "now")
    assert "owner" not in {one.role for one in memberships_now(cast.alice.id)}


def test_only_for_this_setting(charlie: PageClient, cast: Cast) -> None:
    one = held(cast, "manager", "bob@example.org")
    charlie.get("manager.end_role", expect=404, membership_id=one.id)
    charlie.post("manager.end_role", {"when": "now"}, expect=404, membership_id=one.id)
    charlie.post("manager.give_role", {"roles": ["chair"]}, expect=404, manager_id=cast.bob.id)
    assert "bob@example.org" not in charlie.get("manager.team").text


def test_a_manager_does_not_make_themselves_owner(bob: PageClient, cast: Cast) -> None:
    page = bob.post("manager.give_role", {"roles": ["owner"]}, expect=403, manager_id=cast.bob.id)
    assert "Only an owner of this setting can do that." in page.text  # type: ignore[union-attr]
    assert len(memberships_now(cast.bob.id)) == 1


def test_somebody_who_never_worked_here(alice: PageClient, cast: Cast) -> None:
    alice.get("manager.give_role", expect=404, manager_id=cast.charlie.id)


def test_who_has_a_name_is_called_by_it(alice: PageClient, cast: Cast) -> None:
    with writing():
        cast.bob.name = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"
    page = alice.get("manager.team")
    assert "Gwenllian Morfydd Angharad Llewellyn-Fairweather bob@example.org" in page.text
