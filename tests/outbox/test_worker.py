"""A worker takes each item once, tries again what failed, and survives whatever happens."""

from datetime import timedelta

import pytest

from extensions import db
from models.workers import last_seen
from outbox.claiming import LEASE, WAITS, begin_sending, claim, finish
from outbox.errands import (
    GIVEN_UP,
    LEFT,
    PUT_OFF,
    REFUSED,
    SENT,
    SENT_MAYBE_TWICE,
    TRY_AGAIN,
    Errand,
    Handler,
    Hopeless,
    LeaseLost,
    NotNow,
    TryLater,
    Unsure,
)
from outbox.watching import failed, silent_since, waiting_by_kind
from outbox.worker import CHORES_EVERY, Worker
from renewals.told import letters_that_failed
from tests.outbox.conftest import NOON, Clock, Outbox


def faults(outbox: Outbox) -> list[str]:
    """The desk's line about letters that did not leave yet, or never will."""
    return letters_that_failed(outbox.setting_id, ["letter"], NOON)


def sends(errand: Errand) -> str:
    begin_sending(errand)
    return SENT


def fails(error: Exception, *, while_sending: bool = False) -> Handler:
    """A handler that does not manage."""

    def act(errand: Errand) -> str:
        if while_sending:
            begin_sending(errand)
        raise error

    return act


def test_an_item_is_done_once(outbox: Outbox, time: Clock) -> None:
    item = outbox.put(payload={"n": 1})
    seen = []
    worker = outbox.worker(lambda errand: seen.append(errand) or SENT)  # type: ignore[func-returns-value]
    assert worker.work_off() == {SENT: 1}
    assert worker.one() is None
    (errand,) = seen
    assert (errand.item_id, errand.about, errand.payload) == (item, "one", {"n": 1})
    row = outbox.row(item)
    assert (row.done_at, row.outcome, row.leased_until) == (NOON, SENT, None)


def test_the_same_thing_is_put_once(outbox: Outbox) -> None:
    assert outbox.put() == outbox.put()
    assert outbox.put(about="another") != outbox.put()


def test_the_longest_waiting_goes_first_and_nothing_goes_early(outbox: Outbox, time: Clock) -> None:
    outbox.put(about="second", not_before=NOON - timedelta(minutes=1))
    outbox.put(about="first", not_before=NOON - timedelta(minutes=2))
    outbox.put(about="early", not_before=NOON + timedelta(seconds=1))
    order: list[str] = []
    outbox.worker(lambda errand: order.append(errand.about) or SENT).work_off()  # type: ignore[func-returns-value]
    assert order == ["first", "second"]


def test_waits_grow_to_days_and_end(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    worker = outbox.worker(fails(TryLater("It is away.")))
    waits = []
    while worker.work_off() == {TRY_AGAIN: 1}:
        row = outbox.row(item)
        assert row.last_fault == "It is away."
        waits.append(row.not_before - time.now)
        assert worker.one() is None
        time.now = row.not_before
    assert waits == [*WAITS, *[timedelta(days=1)] * 7]
    row = outbox.row(item)
    assert (row.outcome, row.last_fault) == (GIVEN_UP, "It is away.")


def test_what_can_never_work_is_not_tried_again(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    worker = outbox.worker(fails(Hopeless("There is no such address.")))
    assert worker.work_off() == {REFUSED: 1}
    row = outbox.row(item)
    assert (row.outcome, row.last_fault) == (REFUSED, "There is no such address.")
    with outbox.app.app_context():
        assert [row.id for row in db.session.scalars(failed(outbox.setting_id, NOON))] == [item]


def test_at_night_it_waits_without_a_fault(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    morning = NOON + timedelta(hours=20)
    assert outbox.worker(fails(NotNow(morning))).work_off() == {PUT_OFF: 1}
    row = outbox.row(item)
    assert (row.not_before, row.last_fault, row.done_at) == (morning, None, None)


def test_a_bug_stops_its_item_and_no_other(outbox: Outbox, time: Clock) -> None:
    broken, fine = outbox.put("broken"), outbox.put("fine")
    worker = Worker(outbox.app, {"fine": sends, "broken": fails(ZeroDivisionError())})
    assert worker.work_off() == {TRY_AGAIN: 1, SENT: 1}
    assert outbox.row(broken).last_fault == "Something went wrong here (ZeroDivisionError)."
    assert outbox.row(fine).outcome == SENT


def test_a_kind_that_nobody_knows_waits(outbox: Outbox, time: Clock) -> None:
    item = outbox.put("from a newer version")
    assert outbox.worker(sends).work_off() == {TRY_AGAIN: 1}
    assert outbox.row(item).done_at is None


def test_after_a_crash_the_lease_runs_out(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    with outbox.app.app_context():
        assert claim() is not None
    worker = outbox.worker(sends)
    time.later(seconds=LEASE.total_seconds() - 1)
    assert worker.one() is None
    time.later(seconds=1)
    assert worker.one() == SENT
    assert outbox.row(item).attempts == 2


def test_a_crash_while_sending_is_counted(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    with outbox.app.app_context():
        errand = claim()
        assert errand is not None
        begin_sending(errand)
    time.later(minutes=5)
    assert outbox.worker(sends).one() == SENT_MAYBE_TWICE
    assert outbox.row(item).outcome == SENT_MAYBE_TWICE


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(TryLater("Greylisted."), SENT), (Unsure("It broke off."), SENT_MAYBE_TWICE)],
)
def test_only_an_attempt_that_may_have_worked_is_counted(
    outbox: Outbox, time: Clock, error: TryLater, outcome: str
) -> None:
    outbox.put()
    outbox.worker(fails(error, while_sending=True)).one()
    time.later(minutes=1)
    outbox.worker(fails(TryLater("It is away."), while_sending=True)).one()
    time.later(minutes=5)
    assert outbox.worker(sends).one() == outcome


def test_a_worker_that_slept_too_long_sends_nothing(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()

    def slow(errand: Errand) -> str:
        time.later(minutes=6)
        assert outbox.worker(sends).one() == SENT
        return sends(errand)

    assert outbox.worker(slow).one() == LEFT
    assert outbox.row(item).outcome == SENT


def test_whoever_lost_the_lease_changes_nothing(outbox: Outbox, time: Clock) -> None:
    item = outbox.put()
    with outbox.app.app_context():
        first = claim()
        time.later(minutes=5)
        second = claim()
        assert first is not None
        assert second is not None
        for act in (begin_sending, lambda errand: finish(errand, REFUSED)):
            with pytest.raises(LeaseLost):
                act(first)
        finish(second, SENT)
        with pytest.raises(LeaseLost):
            finish(second, SENT)
    assert outbox.row(item).outcome == SENT


def test_a_clock_that_ran_ahead_a_year_holds_nothing_up(outbox: Outbox, time: Clock) -> None:
    leased, waiting = outbox.put(about="leased"), outbox.put(about="waiting")
    time.later(days=365)
    with outbox.app.app_context():
        assert claim() is not None
    outbox.worker(fails(TryLater("It is away."))).one()
    time.now = NOON
    assert outbox.worker(sends).work_off() == {SENT: 2}
    assert {outbox.row(leased).outcome, outbox.row(waiting).outcome} == {SENT}


class TestWatching:
    """What the desk is told."""

    def test_nothing_to_say_on_a_quiet_day(self, outbox: Outbox, time: Clock) -> None:
        outbox.worker(sends).work_off()
        with outbox.app.app_context():
            assert silent_since(outbox.setting_id) is None
            assert faults(outbox) == []
            assert last_seen() == NOON

    def test_a_worker_that_fell_silent(self, outbox: Outbox, time: Clock) -> None:
        outbox.worker(sends).work_off()
        time.later(days=1, seconds=1)
        with outbox.app.app_context():
            assert silent_since(outbox.setting_id) == NOON
        outbox.worker(sends).work_off()
        with outbox.app.app_context():
            assert silent_since(outbox.setting_id) is None

    def test_something_that_nobody_fetches(self, outbox: Outbox, time: Clock) -> None:
        outbox.put()
        time.later(minutes=60)
        with outbox.app.app_context():
            assert silent_since(outbox.setting_id) is None
            time.later(seconds=1)
            assert silent_since(outbox.setting_id) == NOON
            assert waiting_by_kind([outbox.setting_id]) == {"letter": 1}

    def test_what_is_tried_again_is_not_silence_but_a_fault(
        self, outbox: Outbox, time: Clock
    ) -> None:
        outbox.put()
        outbox.worker(fails(TryLater("It is away."))).work_off()
        with outbox.app.app_context():
            assert silent_since(outbox.setting_id) is None
            assert faults(outbox) == ["It is away."]
        time.later(minutes=1)
        outbox.worker(sends).work_off()
        with outbox.app.app_context():
            assert faults(outbox) == []


def test_chores_are_done_every_few_minutes_and_a_broken_one_stops_nothing(
    outbox: Outbox, time: Clock
) -> None:
    done: list[str] = []
    chores = (lambda: 1 // 0, lambda: done.append("done"))
    worker = Worker(outbox.app, {"letter": sends}, chores)
    outbox.put()
    assert worker.work_off() == {SENT: 1}
    worker.work_off()
    assert done == ["done"]
    time.now += CHORES_EVERY
    worker.work_off()
    assert done == ["done"] * 2
    # A clock that was put back is no reason to wait until it has caught up.
    time.later(days=-365)
    worker.work_off()
    assert done == ["done"] * 3


def test_told_to_stop_it_finishes_what_it_has_begun(outbox: Outbox, time: Clock) -> None:
    first, second = outbox.put(about="1"), outbox.put(about="2")

    def asked_to_stop(errand: Errand) -> str:
        worker.stopping.set()
        return SENT

    worker = outbox.worker(asked_to_stop)
    worker.run()
    assert outbox.row(first).outcome == SENT
    assert outbox.row(second).outcome is None
