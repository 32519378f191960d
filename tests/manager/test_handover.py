"""The committee changes: the new are invited, the old get a last day, an owner always stays."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event
from models.handovers import open_handover
from models.invitations import open_invitations
from models.managers import Membership, memberships_now
from models.writing import writing
from settings.inviting import Newcomer, accept_as_newcomer, token_of
from tests.cast import PASSWORD, Cast
from tests.page import Page, PageClient

TODAY = clock.today("Europe/London")
LAST = TODAY + timedelta(days=14)
NEW_CHAIR, NEW_OWNER = "pugh@example.org", "davies@example.org"


def answers(cast: Cast, **changes: object) -> dict[str, object]:
    """Alice, who owns Bluebells, goes two weeks from now; two people come."""
    usual = {"meeting_on": TODAY.isoformat(), "chair": NEW_CHAIR, "owner": NEW_OWNER}
    leaving = {"leaving": [str(cast.alice.id)], "last_day": LAST.isoformat()}
    return {**usual, **leaving, **changes}


def held(manager_id: UUID) -> dict[str, Membership]:
    """The roles that somebody has today."""
    return {one.role: one for one in memberships_now(manager_id)}


def comes(cast: Cast, email: str) -> None:
    """Somebody who was invited accepts."""
    ids = {one.email: one.id for one, _expires_at in open_invitations(cast.bluebells.id)}
    accept_as_newcomer(token_of(cast.bluebells.id, ids[email]), Newcomer("Nia", PASSWORD))


def test_says_what_they_inherit_and_what_will_happen(alice: PageClient) -> None:
    page = alice.get("manager.handover")
    assert "1 person on the list, with 0 sealed records" in page.text
    assert "1 agreement in use, and 1 tablet" in page.text
    assert "0 declarations that nobody has read yet" in page.text
    assert "There is always an owner" in page.text


def test_one_press_invites_and_dates(alice: PageClient, cast: Cast) -> None:
    assert alice.post("manager.handover", answers(cast)).location == "/manager/handover"
    roles = {one.email: one.roles for one, _ in open_invitations(cast.bluebells.id)}
    assert roles == {NEW_CHAIR: ["chair"], NEW_OWNER: ["owner"]}
    hers = held(cast.alice.id)
    assert {role: one.until for role, one in hers.items()} == {
        "owner": None, "manager": LAST, "dsl": LAST,
    }  # fmt: skip
    assert hers["owner"].leaving_on == LAST
    kinds = set(db.session.scalars(sa.select(Event.kind)))
    assert {"handover.begun", "invitation.made", "membership.ended"} <= kinds
    page = alice.get("manager.handover")
    assert page.text.count("http://localhost/invitations/") == 2
    assert "goes on" in page.text
    assert "/invitations/" not in alice.get("manager.handover").text


def test_the_last_owner_goes_when_the_new_one_has_come(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast))
    comes(cast, NEW_CHAIR)
    assert held(cast.alice.id)["owner"].until is None
    comes(cast, NEW_OWNER)
    assert held(cast.alice.id)["owner"].until == LAST


def test_the_new_owner_comes_late(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.post("manager.handover", answers(cast, last_day=TODAY.isoformat()))
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr("clock.now", lambda: later)
    assert set(held(cast.alice.id)) == {"owner"}
    comes(cast, NEW_OWNER)
    assert not held(cast.alice.id)


def test_one_person_may_be_both(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast, chair=NEW_OWNER.upper()))
    [(one, _expires_at)] = open_invitations(cast.bluebells.id)
    assert (one.email, one.roles) == (NEW_OWNER, ["chair", "owner"])


def test_who_is_owner_already_needs_no_link(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast, owner="alice@example.org", leaving=[]))
    assert [one.email for one, _ in open_invitations(cast.bluebells.id)] == [NEW_CHAIR]


def test_it_shows_on_the_first_page_until_it_is_done(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast))
    assert "A handover to a new committee is underway." in alice.get("manager.home").text
    alice.post("manager.finish_handover", {})
    page = alice.get("manager.home")
    assert "The handover is done." in page.text
    assert "is underway" not in page.text
    assert open_handover(cast.bluebells.id) is None


def test_there_is_one_at_a_time(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast))
    page = alice.post("manager.handover", answers(cast, owner="other@example.org"), expect=200)
    assert isinstance(page, Page)
    assert page.h1 == "The handover"
    assert len(open_invitations(cast.bluebells.id)) == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"meeting_on": ""}, "Enter a date, such as 25 10 2027."),
        ({"chair": "pugh"}, "Enter an e-mail address, such as name@example.org."),
        ({"owner": "@"}, "Enter an e-mail address, such as name@example.org."),
        ({"last_day": ""}, "Enter a date, such as 25 10 2027."),
        ({"last_day": str(TODAY - timedelta(days=1))}, "Their last day cannot have passed"),
        ({"chair": "", "owner": "", "leaving": []}, "Say who comes, or who goes."),
    ],
)
def test_what_is_missing_is_said(
    alice: PageClient, cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    page = alice.post("manager.handover", answers(cast, **changes), expect=422)
    assert isinstance(page, Page)
    assert page.errors[0].startswith(sentence)
    assert open_handover(cast.bluebells.id) is None


def test_nobody_from_elsewhere_goes(alice: PageClient, cast: Cast) -> None:
    alice.post("manager.handover", answers(cast, leaving=[str(cast.charlie.id)]), expect=422)
    assert held(cast.charlie.id)["owner"].until is None


def test_only_an_owner_hands_over(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.handover", answers(cast), expect=403)
    assert "Hand over" not in bob.get("manager.settings").text
    assert open_handover(cast.bluebells.id) is None


def test_what_ends_sooner_stays_so(alice: PageClient, cast: Cast) -> None:
    sooner = TODAY + timedelta(days=2)
    with writing():
        held(cast.bob.id)["manager"].until = sooner
    alice.post("manager.handover", answers(cast, leaving=[str(cast.bob.id)]))
    until: date | None = held(cast.bob.id)["manager"].until
    assert until == sooner
