"""A voided record stays as it was sealed and counts nowhere; the due day goes back."""

import random
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from extensions import db
from models.base import new_id
from models.dues import Due, due_of
from models.events import Event, EventDetails, check_history
from models.outbox import OutboxItem
from models.signings import Record, Signing, last_signed, whole_pdf
from models.standings import standing_of
from models.voids import Void, voided_at, voided_times
from models.writing import writing
from records.signing import Accepted, sign
from records.verdicts import verdict_on_record
from records.voiding import void, voided
from renewals.coverage import places
from renewals.dues import without
from renewals.picture import picture
from renewals.schedule import Rule, due
from tests.cast import Cast, signing_body

pytestmark = pytest.mark.usefixtures("quick_press")
LONDON = "Europe/London"
Moment = Callable[[timedelta], None]


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """Let so much time have passed since now."""
    start = clock.now().astimezone(ZoneInfo(LONDON)).replace(hour=9)

    def to(passed: timedelta) -> None:
        monkeypatch.setattr("clock.now", lambda: start + passed)

    return to


def signs(full_name: str | None = None) -> Accepted:
    """Siân signs, or somebody new of this name."""
    cast = Cast()
    body = signing_body(cast.version.id)
    if full_name is None:
        body |= {"person_id": str(cast.sian.id), "person": None}
    else:
        body["person"] |= {"full_name": full_name}
    return sign(cast.tablet, new_id(), body, clock.now(), None)


def voids(signed: Accepted, reason: str = "The wrong name was picked.") -> None:
    cast = Cast()
    void(cast.bluebells.id, signed.record_id, cast.bob.id, reason)


def due_row() -> Due:
    cast = Cast()
    row = due_of(cast.bluebells.id, cast.sian.id, cast.version.agreement_id)
    assert row is not None
    return row


def anniversary(signed: Accepted) -> date:
    return due(clock.local_day(signed.signed_at, LONDON), Rule()).on


def test_the_due_day_goes_back_to_the_record_before(cast: Cast, after: Moment) -> None:
    older = signs()
    after(timedelta(days=100))
    newer = signs()
    assert due_row().due_on == anniversary(newer)
    voids(newer)
    row = due_row()
    assert (row.signing_id, row.due_on) == (older.record_id, anniversary(older))
    assert row.reason == "anniversary of the last signing"


def test_without_any_other_it_is_as_for_somebody_new(cast: Cast, after: Moment) -> None:
    signed = signs()
    after(timedelta(days=3))
    voids(signed)
    row = due_row()
    assert (row.signing_id, row.reason, row.rule) == (None, "never signed", "first signing")
    assert row.due_on == clock.today(LONDON) + timedelta(days=7)
    assert places(cast.bluebells.id, clock.today(LONDON))[cast.sian.id].stage == "due"


def test_an_older_record_moves_nothing(cast: Cast, after: Moment) -> None:
    older = signs()
    after(timedelta(days=100))
    newer = signs()
    voids(older)
    assert (due_row().signing_id, due_row().due_on) == (newer.record_id, anniversary(newer))
    voids(newer)
    assert due_row().signing_id is None


def test_whoever_signs_again_is_current_again(cast: Cast) -> None:
    voids(signs())
    again = signs()
    assert due_row().signing_id == again.record_id
    assert places(cast.bluebells.id, clock.today(LONDON))[cast.sian.id].stage == "current"


def test_in_any_order_the_newest_that_counts_decides(cast: Cast, after: Moment) -> None:
    rng = random.Random(7)
    standing: dict[UUID, Accepted] = {}
    for _ in range(40):
        after(timedelta(days=rng.randrange(700)))
        if standing and rng.random() < 0.5:
            gone = standing.pop(rng.choice(sorted(standing)))
            hung = due_row().signing_id == gone.record_id
            foretold = without(db.session.get_one(Signing, gone.record_id), LONDON)
            assert (foretold is not None) == hung
            voids(gone)
            assert foretold is None or foretold[0].on == due_row().due_on
        else:
            signed = signs()
            standing[signed.record_id] = signed
        if not standing:
            assert due_row().signing_id is None
            continue
        newest = max(standing.values(), key=lambda one: (one.signed_at, one.record_id))
        assert due_row().due_on == anniversary(newest)
        assert standing[due_row().signing_id or new_id()].signed_at == newest.signed_at


def test_the_record_and_its_archive_copy_are_left_alone(cast: Cast) -> None:
    signed = signs()
    before = whole_pdf(db.session.get_one(Record, signed.record_id))
    queued = db.session.scalar(sa.select(sa.func.count()).select_from(OutboxItem))
    voids(signed)
    assert whole_pdf(db.session.get_one(Record, signed.record_id)) == before
    verdict = verdict_on_record(signed.record_id)
    assert verdict is not None
    assert verdict.genuine
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxItem)) == queued


def test_the_reason_is_in_the_details_alone_and_can_be_erased(cast: Cast) -> None:
    signed = signs()
    voids(signed, "Bob tapped Siân by mistake.")
    event = db.session.scalars(sa.select(Event).where(Event.kind == "signing.voided")).one()
    assert event.ids == {
        "record": str(signed.record_id),
        "code": signed.code,
        "person": str(cast.sian.id),
        "manager": str(cast.bob.id),
    }
    shown = voided(cast.bluebells.id, [signed.record_id])[signed.record_id]
    assert (shown.by, shown.reason) == ("bob@example.org", "Bob tapped Siân by mistake.")
    with writing():
        db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id == event.id))
    assert voided(cast.bluebells.id, [signed.record_id])[signed.record_id].reason is None
    assert check_history(cast.bluebells.id).faults == []


def test_the_record_that_counts_instead_is_named(cast: Cast) -> None:
    wrong, right = signs(), signs()
    voids(wrong)
    shown = voided(cast.bluebells.id, [wrong.record_id, right.record_id])
    assert list(shown) == [wrong.record_id]
    found = shown[wrong.record_id]
    assert (found.newest_id, found.newest_code) == (right.record_id, right.code)
    voids(right)
    assert voided(cast.bluebells.id, [wrong.record_id])[wrong.record_id].newest_id is None


def test_voiding_twice_is_voiding_once(cast: Cast) -> None:
    signed = signs()
    voids(signed, "First.")
    voids(signed, "Second.")
    assert voided(cast.bluebells.id, [signed.record_id])[signed.record_id].reason == "First."
    assert len(db.session.scalars(sa.select(Void)).all()) == 1


def test_it_belongs_to_its_setting(cast: Cast) -> None:
    signed = signs()
    voids(signed)
    assert voided_at(cast.bluebells.id, signed.record_id) is not None
    assert list(voided_times(cast.bluebells.id)) == [signed.record_id]
    assert voided_at(cast.owls.id, signed.record_id) is None
    assert voided_times(cast.owls.id) == {}
    assert voided(cast.owls.id, [signed.record_id]) == {}


def test_it_counts_nowhere(cast: Cast, after: Moment) -> None:
    setting_id = cast.bluebells.id
    first = signs()
    after(timedelta(days=40))
    voids(first)
    assert last_signed(setting_id, [cast.sian.id]) == {}
    assert _signed(setting_id) == (0, 0)
    signs()
    # The first that counts is a first again.
    assert _signed(setting_id) == (1, 1)
    standing = standing_of(first.record_id)
    assert standing.word == "voided"
    assert standing.since is not None


def _signed(setting_id: UUID) -> tuple[int, int]:
    today = clock.today(LONDON)
    months = picture(setting_id, places(setting_id, today), today, LONDON).signed
    return sum(month.people for month in months), sum(month.new for month in months)


def test_sent_again_it_is_answered_as_before(cast: Cast) -> None:
    signing_id, body = new_id(), signing_body(cast.version.id)
    signed = sign(cast.tablet, signing_id, body, None, None)
    voids(signed)
    again = sign(cast.tablet, signing_id, body, None, None)
    assert again.replayed
    assert (again.code, again.due_on) == (signed.code, signed.due_on)
    assert len(db.session.scalars(sa.select(Void)).all()) == 1


def test_two_managers_at_once_void_once(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        signed, setting_id, bob = signs(), Cast().bluebells.id, Cast().bob.id
        db.session.commit()
    faults: list[Any] = []
    start = threading.Barrier(3)

    def act() -> None:
        with app.app_context():
            start.wait()
            try:
                void(setting_id, signed.record_id, bob, "Wrong name.")
            except sa.exc.SQLAlchemyError as error:
                faults.append(error)

    threads = [threading.Thread(target=act) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert faults == []
        assert len(db.session.scalars(sa.select(Void)).all()) == 1
        kinds = db.session.scalars(sa.select(Event.kind).where(Event.setting_id == setting_id))
        assert list(kinds).count("signing.voided") == 1
        assert check_history(setting_id).faults == []
