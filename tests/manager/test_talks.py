"""Talk first: what came of it is noted, and read by the safeguarding lead and whoever wrote it."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.base import new_id
from models.events import Event, check_history
from models.managers import Manager, Membership
from models.pauses import Pause
from models.talks import Talk
from models.writing import writing
from records.pausing import pause
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

OUTCOME = "She needs large print, and has it now."


@pytest.fixture
def asked(cast: Cast) -> UUID:
    """Siân would like to talk first."""
    pause_id = new_id()
    pause(cast.tablet, pause_id, {"kind": "talk_first", "person_id": str(cast.sian.id)})
    return pause_id


def talk(who: PageClient, pause_id: UUID, expect: int = 302, **changes: str) -> Any:
    today = clock.today("Europe/London").isoformat()
    note = {"discussed_with": "Siân", "discussed_on": today, "outcome": OUTCOME} | changes
    return who.post("manager.talk", note, expect=expect, pause_id=pause_id)


def become(who: Manager, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == who.id)
        db.session.scalars(held).one().role = role


def kinds() -> list[str]:
    found = sa.select(Event.kind).where(
        Event.kind.in_(["pause.talked", "pause.ended", "talk.read"])
    )
    return list(db.session.scalars(found.order_by(Event.sequence)))


def test_noting_a_talk_settles_it(bob: PageClient, cast: Cast, asked: UUID) -> None:
    response = talk(bob, asked)
    assert response.location == "/manager/pauses"
    settled = db.session.scalars(sa.select(Pause)).one()
    assert settled.ended_by_id == cast.bob.id
    assert kinds() == ["pause.talked", "pause.ended"]
    assert "talk first" not in bob.get("manager.home").text
    assert "settled, 1 note" in bob.get("manager.pauses").text
    assert check_history(cast.bluebells.id).faults == []


def test_whoever_wrote_it_and_the_lead_read_it(
    alice: PageClient, bob: PageClient, asked: UUID
) -> None:
    talk(bob, asked)
    for who in (bob, alice):
        assert OUTCOME in who.get("manager.talk", pause_id=asked).text
    assert kinds()[2:] == ["talk.read", "talk.read"]


def test_another_manager_sees_who_wrote_it_and_not_what(
    alice: PageClient, bob: PageClient, cast: Cast, asked: UUID
) -> None:
    talk(alice, asked)
    page = bob.get("manager.talk", pause_id=asked)
    assert "Only the safeguarding lead and whoever wrote it can read it." in page.text
    assert "alice@example.org" in page.text
    assert "large print" not in page.response.get_data(as_text=True)
    assert "talk.read" not in kinds()


def test_whoever_signed_at_once_is_noted_afterwards(
    bob: PageClient, asked: UUID, signs: Sign
) -> None:
    signs()
    assert "has signed since, no note" in bob.get("manager.pauses").text
    assert "They have signed since" in bob.get("manager.talk", pause_id=asked).text
    talk(bob, asked)
    assert kinds() == ["pause.talked"]
    assert db.session.scalars(sa.select(Pause)).one().ended_by_id is None
    assert "has signed since, 1 note" in bob.get("manager.pauses").text


def test_a_correction_is_a_note_of_its_own(bob: PageClient, asked: UUID) -> None:
    talk(bob, asked)
    talk(bob, asked, outcome="She also has a new reader.")
    page = bob.get("manager.talk", pause_id=asked)
    assert page.text.index("new reader") < page.text.index("large print")
    assert kinds() == ["pause.talked", "pause.ended", "pause.talked", "talk.read"]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("discussed_with", "Enter whom you talked it over with, such as the person themselves."),
        ("discussed_on", "Enter the day of the talk."),
        ("outcome", "Write in a few words what came of it."),
    ],
)
def test_what_is_missing_is_asked_again(
    bob: PageClient, asked: UUID, field: str, sentence: str
) -> None:
    page = talk(bob, asked, 422, **{field: ""})
    assert page.errors == [sentence]
    assert db.session.scalars(sa.select(Pause)).one().ended_at is None
    assert db.session.scalar(sa.select(Talk.id)) is None


def test_the_lead_finds_it_in_the_inbox(alice: PageClient, asked: UUID) -> None:
    page = alice.get("manager.declarations")
    assert page.links["Siân Llewellyn"] == f"/manager/pauses/{asked}"
    talk(alice, asked)
    assert "Nobody waits for a talk." in alice.get("manager.declarations").text


def test_who_is_only_the_lead_may_note_it(bob: PageClient, cast: Cast, asked: UUID) -> None:
    become(cast.bob, "dsl")
    assert "We have talked: Siân Llewellyn" in bob.get("manager.home").links
    talk(bob, asked)
    assert OUTCOME in bob.get("manager.talk", pause_id=asked).text


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, asked: UUID, role: str) -> None:
    become(cast.bob, role)
    assert "We have talked" not in bob.get("manager.home").text
    bob.get("manager.pauses", expect=403)
    bob.get("manager.talk", expect=403, pause_id=asked)
    talk(bob, asked, 403)


def test_another_setting_finds_nothing(charlie: PageClient, asked: UUID) -> None:
    charlie.get("manager.talk", expect=404, pause_id=asked)
    talk(charlie, asked, 404)
    assert "Nobody has asked to talk first" in charlie.get("manager.pauses").text


def test_reading_at_the_break_is_no_talk(bob: PageClient, cast: Cast) -> None:
    pause_id = new_id()
    pause(cast.tablet, pause_id, {"kind": "read_later", "person_id": str(cast.sian.id)})
    bob.get("manager.talk", expect=404, pause_id=pause_id)


def test_the_words_are_locked(bob: PageClient, asked: UUID) -> None:
    talk(bob, asked)
    assert b"large print" not in db.session.scalars(sa.select(Talk)).one().sealed_words
