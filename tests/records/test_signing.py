"""sign() under pressure: threads, replays, a full disk, a slow reader."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.database import sqlite3
from extensions import db
from models.base import new_id
from models.events import check_history
from models.people import Person
from models.signings import Record, Signing
from models.writing import CannotSave
from records.making import Made, make
from records.signing import Accepted, sign
from records.times import times
from tests.cast import Cast, signing_body
from tests.page import sign_in

pytestmark = pytest.mark.usefixtures("quick_press")
THREADS = 6


def at_once(app: Flask, work: Callable[[int], Any]) -> list[Any]:
    """Do the same in several threads that start together; gives results and exceptions."""
    results: list[Any] = []
    start = threading.Barrier(THREADS)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                results.append(work(number))
            except (CannotSave, sa.exc.SQLAlchemyError, AssertionError) as error:
                results.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def accept(signing_id: UUID, body: dict[str, Any]) -> Accepted:
    cast = Cast()
    return sign(cast.tablet, signing_id, body, clock.now(), None)


def test_one_id_from_all_sides_is_one_signing(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        body = signing_body(Cast().version.id)
    signing_id = new_id()
    answers = at_once(app, lambda _n: accept(signing_id, body))
    assert Counter(a.replayed for a in answers) == {False: 1, True: THREADS - 1}
    assert len({(a.code, a.signed_at, a.received_at, a.due_on) for a in answers}) == 1
    with app.app_context():
        assert _count(Signing) == _count(Record) == 1


def test_one_newcomer_from_all_sides_is_one_person(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        version_id = Cast().version.id
        people = _count(Person)
    answers = at_once(app, lambda _n: accept(new_id(), signing_body(version_id)))
    assert all(isinstance(a, Accepted) for a in answers), answers
    with app.app_context():
        assert _count(Signing) == THREADS
        assert _count(Person) == people + 1
        assert check_history(Cast().bluebells.id).faults == []


def test_many_people_at_once_make_one_unbroken_history(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        version_id = Cast().version.id

    def queue(number: int) -> None:
        for turn in range(4):
            newcomer = {"full_name": f"Person {number} {turn}", "category": "volunteer"}
            accept(new_id(), signing_body(version_id, person=newcomer))

    assert at_once(app, queue) == [None] * THREADS
    with app.app_context():
        assert _count(Record) == THREADS * 4
        assert check_history(Cast().bluebells.id).faults == []


def test_a_signing_writes_once_and_asks_for_little(own_app: Callable[..., Flask]) -> None:
    """A pragma would do harm too: SQLite prepares every statement anew after one."""
    seen: list[str] = []
    with own_app().app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("Only SQLite tells of the statements that reach it.")
        cast = Cast()
        accept(new_id(), signing_body(cast.version.id))
        body = signing_body(cast.version.id)
        body["person"]["full_name"] = "Somebody Else"
        db.session.remove()
        tablet = cast.tablet
        assert tablet.setting.name
        connection = db.session.connection().connection.dbapi_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.set_trace_callback(seen.append)
        sign(tablet, new_id(), body, clock.now(), None)
        connection.set_trace_callback(None)
    words = Counter(statement.split()[0] for statement in seen)
    assert (words["BEGIN"], words["COMMIT"], words["PRAGMA"]) == (1, 1, 0)
    assert words["SELECT"] <= 14
    assert words["INSERT"] + words["UPDATE"] <= 12


def test_no_reader_is_open_while_it_is_printed(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a rollback journal an open reader makes every writer wait, and printing takes long."""
    reading: list[bool] = []

    def watched(*given: Any) -> Made:
        reading.append(db.session().in_transaction())
        return make(*given)

    monkeypatch.setattr("records.signing.make", watched)
    monkeypatch.setattr("records.signing.ready_for", lambda *_pages: None)
    with own_app().app_context():
        accept(new_id(), signing_body(Cast().version.id))
    assert reading == [False]


def test_others_sign_while_one_is_printed(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = own_app()
    meanwhile: list[Any] = []

    def slow(*given: Any) -> Made:
        monkeypatch.undo()
        meanwhile.extend(at_once(app, lambda _n: accept(new_id(), signing_body(version_id))))
        return make(*given)

    monkeypatch.setattr("records.signing.make", slow)
    monkeypatch.setattr("records.signing.ready_for", lambda *_pages: None)
    with app.app_context():
        version_id = Cast().version.id
        assert accept(new_id(), signing_body(version_id)).code
    assert len(meanwhile) == THREADS
    assert all(isinstance(one, Accepted) for one in meanwhile), meanwhile


def test_a_long_download_keeps_nobody_from_signing(own_app: Callable[..., Flask]) -> None:
    """The bytes of a download are in memory; its answer, half read, holds no transaction."""
    app = own_app()
    with app.app_context():
        cast = Cast()
        first = accept(new_id(), signing_body(cast.version.id))
        alice, version_id = cast.alice, cast.version.id
        db.session.commit()
    client = app.test_client()
    with app.app_context():
        sign_in(client, alice)
    download = client.get(f"/manager/records/{first.record_id}.pdf", buffered=False)
    assert download.status_code == 200
    beginning = next(iter(download.response))
    with app.app_context():
        answers = at_once(app, lambda _n: accept(new_id(), signing_body(version_id)))
    assert all(isinstance(a, Accepted) for a in answers), answers
    assert beginning.startswith(b"%PDF")
    download.close()


def test_a_full_disk_keeps_nothing_by_halves(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL's disk is not ours to fill.")
        version_id = Cast().version.id
        db.session.commit()
        db.engine.dispose()
        # A record takes a few pages, and so many may lie about unused.
        with sqlite3.connect(str(db.engine.url.database), isolation_level=None) as own:
            own.execute("VACUUM")
            (pages,) = own.execute("PRAGMA page_count").fetchone()
        own.close()

        def fill(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages + 1}")

        db.engine.dispose()
        sa.event.listen(db.engine, "connect", fill)
        with pytest.raises(CannotSave):
            accept(new_id(), signing_body(version_id))
        db.engine.dispose()
        sa.event.remove(db.engine, "connect", fill)
        assert _count(Signing) == _count(Record) == 0
        assert check_history(Cast().bluebells.id).faults == []
        assert accept(new_id(), signing_body(version_id)).code


@pytest.mark.parametrize(
    ("signed", "sent", "effective", "basis"),
    [
        (-60, None, -60, "device"),
        (-60, 0, -60, "corrected"),
        (-3660, -3600, -60, "corrected"),
        (+3540, +3600, -60, "corrected"),
        (+60, None, 0, "receipt"),
        (-(10**9), None, 0, "receipt"),
        (+10, 0, 0, "receipt"),
    ],
)
def test_when_it_was_signed(signed: int, sent: int | None, effective: int, basis: str) -> None:
    """Seconds from receipt; the tablet was paired a day before."""
    received = clock.now()
    found = times(
        received + timedelta(seconds=signed),
        None if sent is None else received + timedelta(seconds=sent),
        received,
        received - timedelta(days=1),
    )
    assert (found.effective_at - received).total_seconds() == effective
    assert found.basis == basis


def _count(table: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
