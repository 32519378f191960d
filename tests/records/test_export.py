"""An export: everything that was sealed, listed with its hashes, and the list sealed once more."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from extensions import db
from models.base import new_id
from models.events import Event, check_history, current_head
from models.exports import how_much
from models.settings import of, setting_by_slug
from models.signings import Record, Signing, record_pdf
from models.tablets import Tablet
from models.writing import writing
from records import export as second_walk
from records.export import ErasedMeanwhile, Export, begin_export
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body

pytestmark = pytest.mark.usefixtures("quick_press")
BY = {"by": "test"}
NAMES = ("Siân Llŷr Gruffydd-Hughes", "Zoë Łukasz", "Γιώργος Παπαδόπουλος")


@pytest.fixture
def signed(cast: Cast) -> list[Accepted]:
    """Three names, in the order in which they signed."""
    return [signs(cast, name) for name in NAMES]


def signs(cast: Cast, full_name: str, **person: object) -> Accepted:
    body = signing_body(cast.version.id)
    body["person"] |= {"full_name": full_name} | person
    return sign(cast.tablet, new_id(), body, clock.now(), None)


def unzipped(export: Export) -> zipfile.ZipFile:
    data = b"".join(export.zip())
    assert len(data) == export.size
    file = zipfile.ZipFile(io.BytesIO(data))
    assert file.testzip() is None
    return file


def rows(file: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read("index.csv").decode("utf-8-sig"), newline="")))


def test_every_record_is_in_it_byte_for_byte(cast: Cast, signed: list[Accepted]) -> None:
    file = unzipped(begin_export(cast.bluebells.id, BY))
    names = [name for name in file.namelist() if name.startswith("records/")]
    found = [record_pdf(cast.bluebells.id, one.record_id) for one in signed]
    assert [file.read(name) for name in names] == [pdf for _, _, pdf in filter(None, found)]
    assert [name.split("_")[-1] for name in names] == [f"{one.code}.pdf" for one in signed]
    assert not [name for name in file.namelist() for part in NAMES if part.split()[0] in name]


@pytest.mark.pdf
def test_one_that_was_printed_whole_is_in_it(cast: Cast) -> None:
    one = signs(cast, "ليلى حداد")
    file = unzipped(begin_export(cast.bluebells.id, BY))
    (row,) = rows(file)
    found = record_pdf(cast.bluebells.id, one.record_id)
    assert found
    assert file.read(row["File"]) == found[2]
    assert db.session.get_one(Record, one.record_id).template_id is None


def test_the_index_names_everybody_as_they_signed(cast: Cast, signed: list[Accepted]) -> None:
    file = unzipped(begin_export(cast.bluebells.id, BY))
    assert file.read("index.csv").startswith(b"\xef\xbb\xbfFile,Check code,Name,")
    assert [row["Name"] for row in rows(file)] == list(NAMES)
    for row in rows(file):
        assert hashlib.sha256(file.read(row["File"])).hexdigest() == row["SHA-256"]
    assert rows(file)[0]["Agreement"] == "Social Media Networking Policy"
    assert rows(file)[0]["Signing as"] == "Parent helper"


def test_no_cell_is_a_formula_and_no_name_is_changed(cast: Cast) -> None:
    name = '’t Hooft, Anna "Nan" O\'Brien'
    signs(cast, name, category="agency_worker", organisation="=cmd|'/c calc'!A1")
    (row,) = rows(unzipped(begin_export(cast.bluebells.id, BY)))
    assert (row["Name"], row["Sent by"]) == (name, "'=cmd|'/c calc'!A1")


def test_the_manifest_lists_every_file_with_its_hash(cast: Cast, signed: list[Accepted]) -> None:
    file = unzipped(begin_export(cast.bluebells.id, BY))
    manifest = json.loads(file.read("manifest.json"))
    hashes = {name: hashlib.sha256(file.read(name)).hexdigest() for name in file.namelist()}
    del hashes["manifest.json"], hashes["manifest.p7s"]
    assert manifest["files"] == hashes
    assert manifest["setting"] == {"id": str(cast.bluebells.id), "name": "Bluebells"}
    head = current_head(cast.bluebells.id)
    assert manifest["head"] == {"sequence": head.sequence, "hash": head.hash}


def test_the_history_holds_numbers_and_no_details(cast: Cast, signed: list[Accepted]) -> None:
    file = unzipped(begin_export(cast.bluebells.id, BY))
    lines = [json.loads(line) for line in file.read("history.jsonl").splitlines()]
    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["kind"] == "records.exported"
    assert lines[-1]["ids"]["by"] == "test"
    assert not [name for name in NAMES if name.encode() in file.read("history.jsonl")]
    assert check_history(cast.bluebells.id).faults == []


def test_the_texts_and_the_program_that_checks_are_in_it(cast: Cast) -> None:
    file = unzipped(begin_export(cast.bluebells.id, BY))
    text = file.read("versions/social-media-networking-policy-1.md").decode()
    assert text == cast.version.text
    assert b"def main(" in file.read("fingerpost_verify.py")
    assert file.read("READ-ME.txt").startswith(b"The records of Bluebells, copied out")


def test_nothing_of_another_setting_is_in_it(cast: Cast, signed: list[Accepted]) -> None:
    export = begin_export(cast.owls.id, BY)
    assert export.count == 0
    everything = b"".join(export.zip())
    assert b"Bluebells" not in everything
    assert signed[0].code.encode() not in everything


def test_what_is_sealed_meanwhile_is_not_in_it(cast: Cast, signed: list[Accepted]) -> None:
    export = begin_export(cast.bluebells.id, BY)
    late = signs(cast, "Late Lauren")
    assert late.code not in " ".join(unzipped(export).namelist())
    with_her = unzipped(begin_export(cast.bluebells.id, BY))
    assert late.code in " ".join(with_her.namelist())


def test_pages_hold_every_record_once(
    cast: Cast, signed: list[Accepted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.exports.PAGE", 2)
    monkeypatch.setattr(second_walk, "AT_ONCE", 2)
    monkeypatch.setattr(second_walk, "MOST_BEGINNINGS", 1)
    with writing():
        # Two in the same instant must not fall between two pages.
        for one in signed[:2]:
            db.session.get_one(Signing, one.record_id).received_at = signed[0].received_at
    found = [row["Record number"] for row in rows(unzipped(begin_export(cast.bluebells.id, BY)))]
    assert sorted(found) == sorted(str(one.record_id) for one in signed)


def test_its_size_is_exact_beyond_what_the_old_fields_can_say(
    cast: Cast, signed: list[Accepted], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with 40,000 records, the limit lies between two of its files."""
    monkeypatch.setattr("records.export_zip.MOST_BYTES", 150_000)
    export = begin_export(cast.bluebells.id, BY)
    assert len(b"".join(export.zip())) == export.size


def erase(record_id: UUID) -> None:
    """What an erasure does to the bytes."""
    with writing():
        db.session.execute(sa.delete(Record).where(Record.signing_id == record_id))


def test_one_that_is_erased_meanwhile_ends_it(cast: Cast, signed: list[Accepted]) -> None:
    export = begin_export(cast.bluebells.id, BY)
    erase(signed[1].record_id)
    with pytest.raises(ErasedMeanwhile):
        list(export.zip())
    again = unzipped(begin_export(cast.bluebells.id, BY))
    assert signed[1].code not in " ".join(again.namelist())


@pytest.mark.parametrize("change", [b"\0", b""])
def test_one_that_is_damaged_leaves_as_it_is_and_is_told(
    cast: Cast, signed: list[Accepted], change: bytes
) -> None:
    with writing():
        record = db.session.get_one(Record, signed[0].record_id)
        record.pdf = record.pdf[:-1] + change
        event = db.session.get_one(Event, record.event_id)
        sealed = event.ids["record_sha256"]
    export = begin_export(cast.bluebells.id, BY)
    file = unzipped(export)
    (name,) = export.damaged
    assert signed[0].code in name
    said = json.loads(file.read("manifest.json"))["files"][name]
    assert said == sealed != hashlib.sha256(file.read(name)).hexdigest()


def test_how_much_is_said_before(cast: Cast, signed: list[Accepted]) -> None:
    count, size = how_much(cast.bluebells.id)
    kept = db.session.scalars(of(cast.bluebells.id, Record)).all()
    assert (count, size) == (3, sum(record.size for record in kept))
    assert how_much(cast.owls.id) == (0, 0)


def test_nothing_is_open_while_bytes_leave(
    quick_press: None, own_app: Callable[..., Flask]
) -> None:
    app = own_app()
    with app.app_context():
        setting = setting_by_slug("bluebells")
        assert setting
        setting_id, version_id = setting.id, Cast().version.id
        tablet = db.session.scalar(sa.select(Tablet).where(Tablet.setting_id == setting_id))
        assert tablet
        for _ in range(3):
            sign(tablet, new_id(), signing_body(version_id), clock.now(), None)
        pool = db.engine.pool
        for _ in begin_export(setting_id, BY).zip():
            assert pool.checkedout() == 0  # type: ignore[attr-defined]
        db.engine.dispose()
