"""Six ways to meddle with the history, by somebody who mends the chain after it, all found."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

import clock
from backends.storage import DiskStorage, StorageAway
from extensions import db, storage
from models.base import new_id
from models.events import BEGINNING, Event, EventDetails, Head, _hash, current_head
from models.keys import current_key
from models.signings import Record, Signing, record_pdf
from models.writing import writing
from outbox.worker import worker_of
from records.cms import signature
from records.history import verify_history
from records.seal import KeyPair, load_signer
from records.signing import sign
from tests.cast import Cast, signing_body

SIGNINGS = 4


@pytest.fixture
def house(own_app: Callable[..., Flask], tmp_path: Path, quick_press: None) -> Iterator[Flask]:
    """A setting with four records, each with its copy in the archive."""
    app = own_app()
    app.extensions["storage"] = DiskStorage(tmp_path / "archive")
    with app.app_context():
        for _ in range(SIGNINGS):
            accept()
        work_off(app)
        assert faults() == []
        yield app


def accept() -> str:
    """One more signing; gives its check code."""
    cast = Cast()
    return sign(cast.tablet, new_id(), signing_body(cast.version.id), None, None).code


def work_off(app: Flask) -> None:
    """Let the archive copies be made."""
    db.session.rollback()
    worker = worker_of(app)
    while worker.one():
        pass


def faults(*others: object) -> list[str]:
    setting = Cast().bluebells
    return verify_history(setting.id, setting.slug, others).faults  # type: ignore[arg-type]


def events() -> list[Event]:
    select = sa.select(Event).where(Event.setting_id == Cast().bluebells.id)
    return list(db.session.scalars(select.order_by(Event.sequence)))


def sealed_events() -> list[Event]:
    return [event for event in events() if event.kind == "signing.sealed"]


def edit() -> None:
    event = sealed_events()[0]
    event.ids = event.ids | {"person": str(new_id())}


def delete() -> None:
    happened_first = next(event for event in events() if event.kind == "version.published")
    forget(happened_first)


def swap() -> None:
    first, second = sealed_events()[:2]
    first.ids, second.ids = second.ids, first.ids


def insert() -> None:
    """An event of long ago that never was; whatever came after it moves on by one."""
    before, *later = sealed_events()[0], *reversed(events())
    for event in later:
        if event.sequence > before.sequence:
            event.sequence += 1
            db.session.flush()
    never = Event(
        setting_id=before.setting_id,
        sequence=before.sequence + 1,
        kind="person.added",
        at=before.at,
        ids={},
        details_mac="0" * 64,
        previous_hash="",
        hash="",
    )
    db.session.add(never)


def truncate() -> None:
    """The last signing is taken away, with everything that speaks of it."""
    last = sealed_events()[-1]
    lose_record(last)
    for event in reversed(events()):
        if event.sequence >= last.sequence:
            forget(event)


def forget(event: Event) -> None:
    db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id == event.id))
    db.session.delete(event)
    db.session.flush()


def lose_record(event: Event) -> None:
    from models.dues import Due

    record = db.session.scalars(sa.select(Record).where(Record.event_id == event.id)).one()
    db.session.execute(sa.delete(Due).where(Due.signing_id == record.signing_id))
    db.session.execute(sa.delete(Record).where(Record.signing_id == record.signing_id))
    db.session.execute(sa.delete(Signing).where(Signing.id == record.signing_id))


def mend() -> None:
    """Number and chain everything anew, and let the head name the last: the chain itself fits."""
    db.session.flush()
    previous, number = BEGINNING, 0
    for event in events():
        number += 1
        event.sequence, event.previous_hash = number, previous
        event.hash = previous = _hash(event)
        db.session.flush()
    head = db.session.get_one(Head, Cast().bluebells.id)
    head.sequence, head.hash = number, previous


ATTACKS = [edit, delete, swap, insert, truncate]


@pytest.mark.parametrize("mended", [False, True], ids=["as it is", "mended"])
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_meddling_is_found(house: Flask, attack: Callable[[], None], mended: bool) -> None:
    with writing():
        attack()
        if mended:
            mend()
    assert faults()


def test_a_rewritten_chain_is_whole_in_itself_and_fits_nothing_that_was_sealed(
    house: Flask,
) -> None:
    with writing():
        edit()
        mend()
    found = faults()
    assert all("was sealed with: the history was rewritten." in fault for fault in found)
    assert any("the record " in fault for fault in found)
    assert any("the archived record " in fault for fault in found)


def test_an_older_copy_that_was_put_back_is_found_by_the_archive(
    house: Flask, tmp_path: Path
) -> None:
    """Nothing in the copy itself is wrong: it is the whole truth of an earlier day."""
    url = sa.make_url(house.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite":
        pytest.skip("the copy is of a file")
    path = Path(str(url.database))
    db.session.rollback()
    earlier = path.read_bytes()
    code = accept()
    work_off(house)
    accept()
    work_off(house)
    assert faults() == []
    db.engine.dispose()
    path.write_bytes(earlier)
    found = faults()
    assert any(code in fault and "put back to an older state" in fault for fault in found)
    assert any(fault.startswith("There is no event ") for fault in found)
    db.session.rollback()
    house.extensions["storage"] = DiskStorage(tmp_path / "empty")
    assert faults() == [], "without the archive nobody could know"


def test_a_record_that_was_taken_away_is_missed(house: Flask) -> None:
    """The event stays, so the chain is whole; the archive still has the copy."""
    event = sealed_events()[1]
    code = event.ids["code"]
    with writing():
        lose_record(db.session.get_one(Event, event.id))
    found = faults()
    assert f"The record {code} is not in the database any more." in found
    assert any(fault.startswith(f"The archive holds the record {code}") for fault in found)


def test_what_was_erased_is_not_missed(house: Flask) -> None:
    event = sealed_events()[1]
    setting = Cast().bluebells
    (name,) = (name for name in storage.names(setting.slug) if event.ids["code"] in name)
    with writing():
        lose_record(db.session.get_one(Event, event.id))
        db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id == event.id))
    (Path(house.extensions["storage"]._folder) / name).unlink()
    assert faults() == []


def test_a_strangers_file_in_the_archive_is_said(house: Flask) -> None:
    storage.keep("bluebells/2026-11-24_volunteer_0000-0000-0000-0000.pdf", b"%PDF-1.7 hello")
    (found,) = faults()
    assert found.startswith("The archive holds a file that is not one of our records: bluebells/")


def test_an_archive_that_is_away_is_said(house: Flask, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("x", encoding="utf-8")
    house.extensions["storage"] = DiskStorage(tmp_path / "in the way")
    assert len(faults()) == 1
    with pytest.raises(StorageAway):
        storage.names("bluebells")


def test_the_command_says_it_and_takes_a_record_that_was_kept_elsewhere(
    house: Flask, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.pdf"
    event = sealed_events()[-1]
    found = record_pdf(event.setting_id, db.session.scalars(
        sa.select(Record.signing_id).where(Record.event_id == event.id)).one())  # fmt: skip
    assert found is not None
    kept.write_bytes(found[2])
    db.session.rollback()
    done = verify(house, "--setting", "bluebells", "--against", str(kept))
    assert (done.exit_code, "unbroken" in done.output) == (0, True), done.output
    with writing():
        for event in sealed_events():
            lose_record(event)
        for event in reversed(events()[3:]):
            forget(event)
        mend()
    house.extensions["storage"] = DiskStorage(tmp_path / "empty")
    db.session.rollback()
    assert verify(house).exit_code == 0
    done = verify(house, "--setting", "bluebells", "--against", str(kept))
    assert done.exit_code == 1
    assert "kept.pdf was sealed with it: the history was cut off" in done.output
    assert "BROKEN" in done.output


def manifest(folder: Path) -> Path:
    """What an export says of itself, with the setting's seal beside it."""
    setting = Cast().bluebells
    head, key, authority = (
        current_head(setting.id),
        current_key("seal", setting.id),
        current_key("ca"),
    )
    path = folder / "manifest.json"
    says = {
        "setting": {"id": str(setting.id), "name": setting.name},
        "head": {"sequence": head.sequence, "hash": head.hash},
        "made_at": clock.now().isoformat(),
        "files": {},
    }
    path.write_text(json.dumps(says), encoding="utf-8")
    pair = KeyPair(key.private(), key.certificate or b"")
    signer = load_signer(pair, authority.certificate or b"")
    path.with_suffix(".p7s").write_bytes(
        signature(signer, hashlib.sha256(path.read_bytes()).digest())
    )
    db.session.rollback()
    return path


def test_the_command_takes_the_manifest_of_an_export(house: Flask, tmp_path: Path) -> None:
    path = manifest(tmp_path)
    options = ("--setting", "bluebells", "--against", str(path))
    assert verify(house, *options).exit_code == 0
    with writing():
        truncate()
        mend()
    done = verify(house, *options)
    assert done.exit_code == 1
    assert "manifest.json was sealed with it" in done.output


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_text(path.read_text() + " "), "not an unbroken seal of ours"),
        (lambda path: path.with_suffix(".p7s").unlink(), "is not beside it"),
        (lambda path: path.with_suffix(".p7s").write_bytes(b"0"), "not an unbroken seal of ours"),
        (lambda path: path.write_text("[]"), "is not the manifest of an export"),
    ],
)
def test_a_manifest_that_proves_nothing_is_said(
    house: Flask, tmp_path: Path, spoil: Callable[[Path], object], sentence: str
) -> None:
    path = manifest(tmp_path)
    spoil(path)
    done = verify(house, "--setting", "bluebells", "--against", str(path))
    assert done.exit_code == 1
    assert sentence in done.output


def test_a_pdf_that_proves_nothing_is_said(house: Flask, tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(b"%PDF-1.7 hello")
    done = verify(house, "--setting", "bluebells", "--against", str(path))
    assert (done.exit_code, "carries no unbroken seal of ours" in done.output) == (1, True)
    done = verify(house, "--against", str(path))
    assert (done.exit_code, "There are several settings" in done.output) == (2, True)


def verify(house: Flask, *options: str) -> Result:
    return house.test_cli_runner().invoke(args=["history", "verify", *options])
