"""flask records export: one ZIP or a folder, and never over something else."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import clock
from extensions import db
from models.base import new_id
from models.events import current_head
from models.signings import Record
from models.writing import writing
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body


@pytest.fixture
def installed(quick_press: None, own_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An app whose commits are real."""
    made = own_app()
    yield made
    with made.app_context():
        db.engine.dispose()


def signs(app: Flask) -> Accepted:
    with app.app_context():
        cast = Cast()
        return sign(cast.tablet, new_id(), signing_body(cast.version.id), clock.now(), None)


def export(app: Flask, where: Path, *more: str) -> Result:
    setting = more or ("--setting", "bluebells")
    return app.test_cli_runner().invoke(args=["records", "export", str(where), *setting])


def head(app: Flask) -> int:
    with app.app_context():
        return current_head(Cast().bluebells.id).sequence


def test_a_zip_holds_every_record(installed: Flask, tmp_path: Path) -> None:
    code = signs(installed).code
    done = export(installed, tmp_path / "all.zip")
    assert done.exit_code == 0, done.output
    assert f"all.zip: 1 record, 1 new, up to event {head(installed)}." in done.output
    assert f"python3 fingerpost_verify.py {tmp_path}/all.zip" in done.output
    assert code in " ".join(zipfile.ZipFile(tmp_path / "all.zip").namelist())


def test_a_folder_is_added_to(installed: Flask, tmp_path: Path) -> None:
    signs(installed)
    assert "1 record, 1 new" in export(installed, tmp_path / "all").output
    signs(installed)
    assert "2 records, 1 new" in export(installed, tmp_path / "all").output
    assert len(list((tmp_path / "all" / "records").iterdir())) == 2


def test_what_is_in_the_way_is_said_and_nothing_is_noted(installed: Flask, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("mine", encoding="utf-8")
    before = head(installed)
    for where in (tmp_path / "all.zip", tmp_path):
        done = export(installed, where)
        assert done.exit_code == 2
        assert "Give" in done.output
    assert head(installed) == before
    assert (tmp_path / "all.zip").read_text(encoding="utf-8") == "mine"


def test_a_damaged_record_is_a_finding(installed: Flask, tmp_path: Path) -> None:
    one = signs(installed)
    with installed.app_context(), writing():
        record = db.session.get_one(Record, one.record_id)
        record.pdf = record.pdf[:-1] + b"\0"
    done = export(installed, tmp_path / "all.zip")
    assert done.exit_code == 1
    assert f"{one.code}.pdf: It is not as it was sealed." in done.output
    assert (tmp_path / "all.zip").exists()


def test_a_place_that_cannot_be_written_is_said(installed: Flask, tmp_path: Path) -> None:
    done = export(installed, tmp_path / "none" / "all.zip")
    assert done.exit_code == 1
    assert "cannot be written: No such file or directory." in done.output


def test_with_several_settings_one_is_named(installed: Flask, tmp_path: Path) -> None:
    done = export(installed, tmp_path / "all.zip", "--setting", "nobody")
    assert done.exit_code == 2
    assert not (tmp_path / "all.zip").exists()
