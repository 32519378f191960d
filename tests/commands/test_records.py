"""flask records verify: a verdict a line, and an exit code that a script can trust."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from extensions import db
from models.base import new_id
from models.signings import Record, record_pdf
from models.writing import writing
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body


@pytest.fixture
def house(own_app: Callable[..., Flask], quick_press: None) -> Iterator[Flask]:
    app = own_app()
    with app.app_context():
        yield app


def accept() -> Accepted:
    body = signing_body(Cast().version.id, person_id=str(Cast().sian.id), person=None)
    return sign(Cast().tablet, new_id(), body, None, None)


def verify(house: Flask, *what: str) -> Result:
    db.session.rollback()
    return house.test_cli_runner().invoke(args=["records", "verify", *what])


def test_all_are_said_with_where_they_stand_today(house: Flask) -> None:
    older, newer = accept(), accept()
    done = verify(house, "--all")
    assert done.exit_code == 0, done.output
    genuine = "This is the record, exactly as it was sealed."
    assert f"{older.record_id}: {genuine} It was signed again since." in done.output
    assert f"{newer.record_id}: {genuine} This is the newest signature." in done.output
    assert "Siân" not in done.output


def test_a_changed_one_is_explained(house: Flask) -> None:
    signed = accept()
    with writing():
        record = db.session.get_one(Record, signed.record_id)
        record.pdf = record.pdf[:-9] + b"x" + record.pdf[-8:]
    done = verify(house, str(signed.record_id))
    assert done.exit_code == 1
    assert "This is not the record as it was sealed." in done.output
    assert "  The file is not the one we sealed: something in it is different." in done.output


def test_a_file_is_looked_up_by_its_bytes(house: Flask, tmp_path: Path) -> None:
    signed = accept()
    found = record_pdf(Cast().bluebells.id, signed.record_id)
    assert found is not None
    ours, other = tmp_path / "ours.pdf", tmp_path / "other.pdf"
    ours.write_bytes(found[2])
    other.write_bytes(b"%PDF-1.7 hello")
    assert verify(house, str(ours)).exit_code == 0
    done = verify(house, str(ours), str(other))
    assert done.exit_code == 1
    assert "This file is damaged, or it was not sent whole" in done.output


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ((), 2, "Name a record, a PDF file, or --all."),
        (("rubbish",), 2, "rubbish is neither a record's number nor a PDF file."),
        (("missing.pdf",), 2, "missing.pdf is not a file that can be read."),
        ((str(new_id()),), 1, "There is no record with this number."),
    ],
)
def test_wrong_use_and_findings_have_their_own_codes(
    house: Flask, what: tuple[str, ...], code: int, sentence: str
) -> None:
    done = verify(house, *what)
    assert (done.exit_code, sentence in done.output) == (code, True), done.output
