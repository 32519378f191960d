"""Who was erased, by number; and erasing them again after an older copy was put back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import clock
from extensions import db
from models.events import check_history
from models.leavings import anybody
from models.settings import setting_by_slug
from records.erasing import erase
from records.holding import hold
from renewals.leaving import leave
from tests.cast import Cast

TODAY = clock.today("Europe/London")


def said(app: Flask, *args: str, code: int = 0) -> str:
    ran = app.test_cli_runner().invoke(args=["people", *args])
    assert ran.exit_code == code, ran.output
    return ran.output


def test_after_an_older_copy_was_put_back_everybody_is_erased_again(
    own_app: Callable[..., Flask], tmp_path: Path
) -> None:
    app = own_app()
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("The copy is one of a file.")
        file, cast = Path(str(db.engine.url.database)), Cast()
        person_id, bluebells = cast.sian.id, cast.bluebells
        hold(bluebells.id, person_id, cast.bob.id, TODAY, TODAY, "An insurer asked.")
        db.session.remove()
        shutil.copy(file, tmp_path / "older.db")
        leave(Cast().bluebells, person_id, TODAY, None)
        with pytest.MonkeyPatch.context() as patch:
            tomorrow = clock.now().replace(year=TODAY.year + 1)
            patch.setattr("clock.now", lambda: tomorrow)
            erase(Cast().bluebells, person_id, None, "request")
        db.session.remove()
    (tmp_path / "erased.txt").write_text(said(app, "erased"), encoding="utf-8")
    assert "Siân" not in (tmp_path / "erased.txt").read_text(encoding="utf-8")
    with app.app_context():
        db.engine.dispose()
        shutil.copy(tmp_path / "older.db", file)
        assert Cast().sian.full_name == "Siân Llewellyn"
        db.session.remove()
    listed = str(tmp_path / "erased.txt")
    assert "bluebells: 1 would be erased" in said(app, "erase-again", listed, "--dry-run")
    assert "bluebells: 1 erased" in said(app, "erase-again", listed)
    assert "bluebells: 0 erased" in said(app, "erase-again", listed)
    with app.app_context():
        setting = setting_by_slug("bluebells")
        assert setting is not None
        assert anybody(setting.id, person_id) is None
        assert check_history(setting.id).faults == []
    assert said(app, "erased").startswith(f"{person_id}\trequest\t")


@pytest.mark.parametrize("line", ["Siân Llewellyn", "0197f3c2-0000-7000-8000-000000000000 fun"])
def test_another_file_is_refused_before_anything_happens(
    app: Flask, cast: Cast, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_text(line, encoding="utf-8")
    db.session.rollback()
    assert "This is not a line of" in said(app, "erase-again", str(file), code=2)
