"""The nightly check: what it finds, whose turn it is, and that it starves nobody."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.storage import DiskStorage
from config import Config
from extensions import db, storage
from models.base import new_id
from models.checks import Check, last_check
from models.events import Event, Head
from models.outbox import OutboxItem
from models.signings import Record
from models.templates import Template
from models.writing import writing
from outbox.errands import GIVEN_UP, KEPT, TRY_AGAIN
from outbox.worker import worker_of
from records import checking, nightly, sealcheck
from records.checking import check_all
from records.nightly import check_now, check_where_due
from records.signing import sign
from records.turns import Begun, Outcome
from tests.cast import Cast, signing_body

ALL_NEW = Begun()
NOBODYS_TURN = Begun(sequence=10**9, turn=10**9)


@pytest.fixture
def house(
    own_app: Callable[..., Flask], config: Config, tmp_path: Path, quick_press: None
) -> Iterator[Flask]:
    """A setting with three records, each with its copy in the archive."""
    archive = tmp_path / "archive"
    app = own_app(FINGERPOST=replace(config, storage_url=f"disk:{archive}"))
    app.extensions["storage"] = DiskStorage(archive)
    with app.app_context():
        for _ in range(3):
            accept()
        worker = worker_of(app)
        while worker.one():
            pass
        yield app


def accept() -> None:
    cast = Cast()
    sign(cast.tablet, new_id(), signing_body(cast.version.id), None, None)


def look(begun: Begun = ALL_NEW) -> Outcome:
    setting = Cast().bluebells
    return check_all(setting.id, setting.slug, setting.time_zone, begun)


def records() -> list[Record]:
    return list(db.session.scalars(sa.select(Record).order_by(Record.signing_id)))


def test_all_is_well(house: Flask) -> None:
    outcome = look()
    assert outcome.faults == []
    assert (outcome.records, outcome.seals) == (3, 3)
    head = db.session.get_one(Head, Cast().bluebells.id)
    assert (outcome.events, outcome.sequence) == (head.sequence, head.sequence)


def spoil_bytes(record: Record) -> None:
    record.pdf = record.pdf[:-100] + b"!" + record.pdf[-99:]


def spoil_bytes_and_row(record: Record) -> None:
    spoil_bytes(record)
    template = db.session.get_one(Template, record.template_id)
    record.sha256 = hashlib.sha256(template.pdf + record.pdf).hexdigest()


def spoil_template(record: Record) -> None:
    template = db.session.get_one(Template, record.template_id)
    template.pdf = template.pdf.replace(b"1", b"2", 1)


@pytest.mark.parametrize("spoil", [spoil_bytes, spoil_bytes_and_row, spoil_template])
def test_changed_bytes_are_found_every_night(house: Flask, spoil: Callable[[Record], None]) -> None:
    code = records()[0].code
    with writing():
        spoil(records()[0])
    assert f"The record {code} is not as it was sealed." in look(NOBODYS_TURN).faults


def test_a_changed_record_is_explained_and_its_good_copy_named(house: Flask) -> None:
    code = records()[0].code
    with writing():
        spoil_bytes(records()[0])
    faults = look().faults
    assert f"{code}: The file is not the one we sealed: something in it is different." in faults
    (copy,) = (name for name in storage.names("bluebells") if code in name)
    assert f"The archive's copy of the record {code} is as it was sealed: {copy}." in faults


def test_a_broken_seal_is_found_when_its_turn_comes(house: Flask) -> None:
    """Whoever holds the database can make bytes and history fit each other, and not the seal."""
    record = records()[0]
    event_id, code = record.event_id, record.code
    with writing():
        spoil_bytes_and_row(records()[0])
        event = db.session.get_one(Event, event_id)
        event.ids = event.ids | {"record_sha256": records()[0].sha256}
    assert any(fault.startswith(f"{code}: ") for fault in look().faults)
    assert not any(fault.startswith(f"{code}: ") for fault in look(NOBODYS_TURN).faults)


def test_a_lost_copy_is_missed_every_night(house: Flask) -> None:
    lose_a_copy(house)
    (fault,) = look(NOBODYS_TURN).faults
    assert fault.startswith("The archive has lost its copy of the record ")


def lose_a_copy(house: Flask) -> str:
    (name, *_) = storage.names("bluebells")
    (Path(house.extensions["storage"]._folder) / name).unlink()
    return name


def test_a_lost_copy_is_written_again_after_the_night(house: Flask) -> None:
    name = lose_a_copy(house)
    check = check_now(Cast().bluebells.id)
    assert check.wrong == 1, "the desk says once that it was lost"
    assert worker_of(house).one() == KEPT
    assert name in storage.names("bluebells")
    assert look().faults == []


def test_no_copy_is_made_from_bytes_that_are_not_as_sealed(house: Flask) -> None:
    name = lose_a_copy(house)
    with writing():
        spoil_bytes(next(one for one in records() if one.code in name))
    outcome = look()
    assert f"The archive has lost its copy of the record {name[-23:-4]}." in outcome.faults
    assert outcome.to_copy == []


def test_only_so_many_copies_are_written_again_in_one_night(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_COPIES", 1)
    for _ in range(2):
        lose_a_copy(house)
    outcome = look()
    assert (len(outcome.faults), len(outcome.to_copy)) == (2, 1)


def test_a_changed_copy_is_found_when_its_turn_comes(house: Flask) -> None:
    (name, *_) = storage.names("bluebells")
    (Path(house.extensions["storage"]._folder) / name).write_bytes(b"%PDF")
    (fault,) = look().faults
    assert fault.endswith("has other bytes.")


def test_a_copy_that_was_not_made_yet_is_not_missed_and_one_given_up_is(house: Flask) -> None:
    accept()
    assert look().faults == []
    with writing():
        for item in db.session.scalars(sa.select(OutboxItem).where(OutboxItem.done_at.is_(None))):
            item.done_at, item.outcome = clock.now(), GIVEN_UP
    outcome = look()
    (fault,) = outcome.faults
    assert fault.endswith("could not be copied to the archive.")
    assert len(outcome.to_copy) == 1


def test_a_changed_event_is_found(house: Flask) -> None:
    with writing():
        event = db.session.scalars(sa.select(Event).order_by(Event.sequence.desc()).limit(1)).one()
        event.kind = "test.never"
    assert any(fault.endswith("was changed.") for fault in look(NOBODYS_TURN).faults)


def test_no_reader_is_open_while_work_is_done(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the stock SQLite one open reader would keep every tablet waiting."""
    open_readers = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any) -> Any:
            open_readers.append(db.session().in_transaction())
            return real(*given)

        return act

    for owner, name in ((sealcheck, "check"), (DiskStorage, "read"), (DiskStorage, "names")):
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    assert look().faults == []
    assert len(open_readers) > 12
    assert not any(open_readers)
    assert not db.session().in_transaction()


def test_what_there_was_no_time_for_is_left_for_the_next_night(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "TIME_IN_FULL", timedelta(seconds=-1))
    outcome = look()
    assert (outcome.records, outcome.seals, outcome.sequence, outcome.turn) == (3, 0, 0, 0)
    monkeypatch.undo()
    assert look(Begun(outcome.sequence, outcome.turn)).seals == 3


def test_the_child_does_it_and_its_row_is_kept(house: Flask) -> None:
    setting_id = Cast().bluebells.id
    check = check_now(setting_id)
    assert (check.records, check.seals, check.wrong, check.faults) == (3, 3, 0, [])
    accept()
    assert check_now(setting_id).seals == 1 + 1, "the new one, and the next whose turn it is"
    with writing():
        spoil_bytes(records()[0])
    check = check_now(setting_id)
    assert check.wrong >= 1
    assert last_check(setting_id) == check


def test_a_child_that_is_killed_leaves_no_row_and_is_tried_again(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = subprocess.run

    def killed(command: list[str], **given: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, -9, b"", b"")

    at_night(house)
    worker = worker_of(house)
    monkeypatch.setattr(subprocess, "run", killed)
    assert [worker.one(), worker.one()] == [TRY_AGAIN, TRY_AGAIN]
    assert checks() == 0
    monkeypatch.setattr(subprocess, "run", real)
    with writing():
        db.session.execute(sa.update(OutboxItem).values(not_before=clock.now()))
    assert [worker.one(), worker.one(), worker.one()] == [KEPT, KEPT, None]
    assert checks() == 2


def test_once_a_night_and_by_one_worker(house: Flask) -> None:
    at_night(house)
    at_night(house)
    first, second = worker_of(house), worker_of(house)
    assert [first.one(), second.one(), first.one()] == [KEPT, KEPT, None]
    at_night(house)
    assert first.one() is None, "the row of the day is there"
    assert checks() == 2
    at_night(house, days=1)
    assert db.session.scalar(sa.select(sa.func.count()).where(OutboxItem.kind == nightly.KIND)) == 4


def test_nothing_before_two_o_clock(house: Flask) -> None:
    at_night(house, hour=1)
    assert not db.session.scalars(sa.select(OutboxItem).where(OutboxItem.kind == "check")).all()


def at_night(house: Flask, *, hour: int = 2, days: int = 0) -> None:
    """The chore comes by at Bluebells' hour."""
    night = clock.now().replace(hour=hour, minute=5) + timedelta(days=days)
    with clock.set_to(night):
        check_where_due()
    db.session.rollback()
    with writing():
        db.session.execute(sa.update(OutboxItem).values(not_before=clock.now()))


def checks() -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(Check)) or 0
    db.session.rollback()
    return found


def test_the_command_does_it_too(house: Flask) -> None:
    runner = house.test_cli_runner()
    done = runner.invoke(args=["records", "verify", "--nightly", "--setting", "bluebells"])
    assert done.exit_code == 0, done.output
    assert "bluebells: records 3, read in full 3, all as sealed" in done.output
    with writing():
        spoil_bytes(records()[0])
    done = runner.invoke(args=["records", "verify", "--nightly"])
    assert done.exit_code == 1
    assert "is not as it was sealed." in done.output
