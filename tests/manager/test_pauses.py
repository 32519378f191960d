"""At the desk: who would like to talk first, who reads at their break, and settling it."""

import sqlalchemy as sa

from extensions import db
from models.base import new_id
from models.events import Event, check_history
from models.pauses import Pause
from records.pausing import pause
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words


def asks(cast: Cast, kind: str, name: str | None = None) -> None:
    person = name and {"full_name": name, "category": "volunteer", "organisation": None}
    person_id = None if name else str(cast.sian.id)
    pause(cast.tablet, new_id(), {"kind": kind, "person_id": person_id, "person": person})


def headings(page: Page) -> list[str]:
    return [words(h2) for h2 in page.all("h2")]


def settle(client: PageClient, expect: int = 302) -> None:
    pause_id = db.session.scalars(sa.select(Pause.id).order_by(Pause.id)).first()
    client.post("manager.end_pause", pause_id=pause_id, expect=expect)


def test_nothing_is_said_while_nobody_waits(alice: PageClient) -> None:
    assert not [one for one in headings(alice.get("manager.home")) if "person" in one]


def test_says_who_waits_for_what(alice: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    asks(cast, "read_later", "Priya Raman")
    asks(cast, "read_later", "Owain Rhys")
    page = alice.get("manager.home")
    assert "1 person would like to talk first" in headings(page)
    assert "2 people read at their break" in headings(page)
    assert {"Siân Llewellyn", "Priya Raman", "Owain Rhys"} <= set(page.links)
    assert "We have talked: Siân Llewellyn" in page.links
    assert "Settled: Priya Raman" in [words(button) for button in page.all("button")]


def test_whoever_asks_twice_is_there_once_and_settled_once(alice: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    asks(cast, "talk_first")
    assert "1 person would like to talk first" in headings(alice.get("manager.home"))
    settle(alice)
    assert "talk first" not in alice.get("manager.home").text


def test_settled_by_whom_and_when(alice: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    asks(cast, "read_later")
    settle(alice)
    talked, reads = db.session.scalars(sa.select(Pause).order_by(Pause.id))
    assert talked.ended_by_id == cast.alice.id
    assert talked.ended_at is not None
    assert reads.ended_at is None
    page = alice.get("manager.home")
    assert "1 person reads at their break" in headings(page)
    event = db.session.scalars(sa.select(Event).where(Event.kind == "pause.ended")).one()
    assert event.ids["manager"] == str(cast.alice.id)
    assert check_history(cast.bluebells.id).faults == []


def test_settling_twice_changes_nothing(alice: PageClient, bob: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    settle(alice)
    settle(bob)
    assert db.session.scalars(sa.select(Pause)).one().ended_by_id == cast.alice.id
    ended = sa.select(sa.func.count()).select_from(Event).where(Event.kind == "pause.ended")
    assert db.session.scalar(ended) == 1


def test_whoever_signed_waits_no_longer(alice: PageClient, cast: Cast, signs: Sign) -> None:
    asks(cast, "read_later")
    signs()
    assert "break" not in alice.get("manager.home").text
    assert db.session.scalars(sa.select(Pause)).one().ended_by_id is None


def test_another_settings_manager_sees_and_settles_nothing(charlie: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    assert "talk first" not in charlie.get("manager.home").text
    settle(charlie, expect=404)


def test_only_by_post(alice: PageClient, cast: Cast) -> None:
    asks(cast, "talk_first")
    pause_id = db.session.scalars(sa.select(Pause.id)).one()
    assert alice.raw("GET", "manager.end_pause", pause_id=pause_id).status_code == 405
