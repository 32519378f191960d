"""The chain of events shows every kind of meddling."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from extensions import db
from models.events import Event, EventDetails, Head, check_history, happened
from models.writing import writing
from tests.cast import Cast


@pytest.fixture
def history(cast: Cast) -> Cast:
    with writing():
        for number in range(6):
            happened(cast.bluebells.id, "test.happened", {"n": str(number)}, {"name": "Siân"})
    return cast


def test_a_chain_is_whole(history: Cast) -> None:
    chain = check_history(history.bluebells.id)
    assert chain.faults == []
    assert chain.events >= 6
    assert chain.erased == 0


def test_settings_have_chains_of_their_own(history: Cast) -> None:
    before = check_history(history.owls.id)
    with writing():
        happened(history.bluebells.id, "test.happened", {})
    assert check_history(history.owls.id) == before


def test_erased_details_leave_the_chain_whole(history: Cast) -> None:
    with writing():
        last = _newest(history)
        db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id == last.id))
    chain = check_history(history.bluebells.id)
    assert chain.faults == []
    assert chain.erased == 1


def test_more_events_than_a_page(history: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.events.PAGE", 2)
    assert check_history(history.bluebells.id).faults == []


def _edit(history: Cast) -> None:
    _newest(history).kind = "test.never"


def _edit_details(history: Cast) -> None:
    details = db.session.get_one(EventDetails, _newest(history).id)
    details.body = {"name": "Someone else"}


def _delete_in_the_middle(history: Cast) -> None:
    _delete(history, _newest(history).sequence - 2)


def _truncate(history: Cast) -> None:
    _delete(history, _newest(history).sequence)


def _swap(history: Cast) -> None:
    last = _newest(history)
    other = _at(history, last.sequence - 1)
    last.ids, other.ids = other.ids, last.ids


def _insert(history: Cast) -> None:
    last = _newest(history)
    db.session.add(
        Event(
            setting_id=last.setting_id,
            sequence=last.sequence + 1,
            kind="test.inserted",
            at=last.at,
            ids={},
            details_mac="0" * 64,
            previous_hash=last.hash,
            hash="0" * 64,
        )
    )


def _change_the_head(history: Cast) -> None:
    db.session.get_one(Head, history.bluebells.id).hash = "f" * 64


@pytest.mark.parametrize(
    "meddle",
    [
        _edit,
        _edit_details,
        _delete_in_the_middle,
        _truncate,
        _swap,
        _insert,
        _change_the_head,
    ],
)
def test_meddling_is_found(history: Cast, meddle: Callable[[Cast], None]) -> None:
    with writing():
        meddle(history)
    assert check_history(history.bluebells.id).faults


def _newest(history: Cast) -> Event:
    return _at(history, db.session.get_one(Head, history.bluebells.id).sequence)


def _at(history: Cast, sequence: int) -> Event:
    return db.session.execute(
        sa.select(Event).where(Event.setting_id == history.bluebells.id, Event.sequence == sequence)
    ).scalar_one()


def _delete(history: Cast, sequence: int) -> None:
    event = _at(history, sequence)
    db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id == event.id))
    db.session.delete(event)
