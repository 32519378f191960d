"""flask keys: what there is, new ones for old, and the master key to paper and back."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import clock
import models.keys
from app import create_app
from backends.vault import MasterKeyDoesNotFit
from config import Config, master_key_file, read_config
from extensions import db, vault
from models.base import new_id
from models.keys import current_key, keys_for
from records.sheet import spelled
from records.signing import sign
from records.verdicts import verdict_on_record
from tests.cast import Cast, signing_body
from tests.conftest import CHEAP
from tests.needs import needs
from tests.records.checkers import said

YEAR = timedelta(days=365.25)


def run(app: Flask, *arguments: object, typed: str | None = None) -> Result:
    """`flask …` beside the test's own transaction."""
    db.session.rollback()
    arguments = tuple(str(argument) for argument in arguments)
    return app.test_cli_runner().invoke(args=arguments, input=typed)


def listed(app: Flask, *more: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(app, "keys", "list", "--csv", *more).stdout)))


@pytest.fixture
def in_years(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    def to(years: float) -> None:
        moment = datetime.now(UTC) + years * YEAR
        monkeypatch.setattr("clock.now", lambda: moment)

    return to


def test_lists_the_authority_and_what_belongs_to_a_setting(app: Flask, cast: Cast) -> None:
    rows = listed(app, "--setting", "bluebells")
    assert [(row["purpose"], row["setting"]) for row in rows] == [
        ("ca", ""),
        ("seal", "bluebells"),
        ("inbox", "bluebells"),
        ("declarations", "bluebells"),
        ("hmac", "bluebells"),
    ]
    today = datetime.now(UTC).date()
    ends = [row["ends_on"][:4] for row in rows]
    assert ends == [str(today.year + 20), str(today.year + 10), "", "", ""]
    assert {row["retired_on"] for row in rows} == {""}


@pytest.mark.parametrize("purpose", ["seal", "inbox", "declarations"])
def test_renews_one_key_of_one_setting(app: Flask, cast: Cast, purpose: str) -> None:
    result = run(app, "keys", "renew", purpose, "--setting", "bluebells")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"bluebells has a new {purpose} key" in result.stdout
    rows = [row for row in listed(app) if row["purpose"] == purpose]
    states = [(row["setting"], bool(row["retired_on"])) for row in rows]
    assert states == [("bluebells", False), ("bluebells", True), ("little-owls", False)]


@pytest.mark.parametrize("purpose", ["seal", "ca", "inbox", "declarations"])
def test_a_dry_run_changes_nothing(app: Flask, cast: Cast, purpose: str) -> None:
    before = listed(app)
    which = () if purpose == "ca" else ("--setting", "bluebells")
    result = run(app, "keys", "renew", purpose, "--dry-run", *which)
    assert result.exit_code == 0
    assert "Nothing was changed." in result.stdout
    assert listed(app) == before


def test_a_new_authority_renews_every_seal(app: Flask, cast: Cast) -> None:
    result = run(app, "keys", "renew", "ca")
    assert result.exit_code == 0
    assert "a new seal for 2 settings" in result.stdout
    retired = [row["purpose"] for row in listed(app) if row["retired_on"]]
    assert retired == ["ca", "seal", "seal"]


@pytest.mark.parametrize("purpose", ["hmac", "everything"])
def test_what_cannot_be_renewed_is_refused(app: Flask, cast: Cast, purpose: str) -> None:
    assert run(app, "keys", "renew", purpose).exit_code == 2


def test_the_authority_belongs_to_no_setting(app: Flask, cast: Cast) -> None:
    result = run(app, "keys", "renew", "ca", "--setting", "bluebells")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Leave --setting out." in result.stderr


def test_config_check_warns_before_a_seal_runs_out(
    app: Flask, cast: Cast, in_years: Callable[[float], None]
) -> None:
    result = run(app, "config", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    in_years(9.9)
    result = run(app, "config", "check")
    assert result.exit_code == 0
    assert "The configuration is fine." in result.stdout
    assert "`flask keys renew seal --setting bluebells`" in result.stderr


def test_config_check_finds_a_seal_that_ran_out(
    app: Flask, cast: Cast, in_years: Callable[[float], None]
) -> None:
    in_years(10.1)
    run(app, "keys", "renew", "seal", "--setting", "little-owls")
    result = run(app, "config", "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("The seal of bluebells ran out on ")
    assert "little-owls" not in result.stderr
    in_years(20.1)
    assert "`flask keys renew ca`" in run(app, "config", "check").stderr


def test_a_sheet_is_for_its_owner_only_and_never_overwritten(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    assert run(app, "keys", "sheet", file).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    printed = file.read_bytes()
    assert printed.startswith(b"%PDF")
    again = run(app, "keys", "sheet", file)
    assert again.exit_code == 2
    assert "is not overwritten" in again.stderr
    assert file.read_bytes() == printed
    nowhere = run(app, "keys", "sheet", tmp_path / "no" / "folder.pdf")
    assert (nowhere.exit_code, "cannot be written" in nowhere.stderr) == (2, True)


@pytest.fixture
def lost(own_app: Callable[..., Flask], config: Config, tmp_path: Path) -> Iterator[Config]:
    """The installation after its computer broke: its data is back, its key is not."""
    url = own_app().config["SQLALCHEMY_DATABASE_URI"]
    models.keys._opened.cache_clear()
    yield read_config({"FINGERPOST_INSTANCE": str(tmp_path / "new"), "DATABASE_URL": url})
    models.keys._opened.cache_clear()
    vault.unlock(config.master_key)


def started(lost: Config) -> Flask:
    """The app as it starts on what is in the folder now."""
    environment = {"FINGERPOST_INSTANCE": str(lost.instance), "DATABASE_URL": lost.database_url}
    return create_app(read_config(environment), CHEAP)


@pytest.mark.usefixtures("quick_press")
@needs("pdftotext")
def test_a_sheet_that_is_typed_back_seals_again(
    app: Flask, lost: Config, config: Config, tmp_path: Path
) -> None:
    vault.unlock(config.master_key)
    with app.app_context():
        assert run(app, "keys", "sheet", tmp_path / "sheet.pdf").exit_code == 0
    paper = said("pdftotext", "-layout", tmp_path / "sheet.pdf", "-")
    # Where pdftotext sees a gap depends on the letters; whoever types need not care.
    rows = re.findall(r"^ *[1-4] +([0-9A-Z][0-9A-Z ]+)$", paper, re.MULTILINE)
    lines = ["".join(row.split()) for row in rows]
    assert [len(line) for line in lines] == [20, 20, 20, 20]

    broken = started(lost)
    with broken.app_context():
        with pytest.raises(MasterKeyDoesNotFit):
            current_key("ca").private()
        slipped = lines[1].replace(lines[1][0], "Z" if lines[1][0] != "Z" else "Y", 1)
        typed = "\n".join([lines[0].lower(), slipped, *lines[1:]]) + "\n"
        result = run(broken, "keys", "enter", typed=typed)
        assert result.exit_code == 0, result.output
        assert "Line 2 is mistyped" in result.stderr

    file = master_key_file(lost.instance)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(list(file.parent.glob("master_key.before-*"))) == 1
    with started(lost).app_context():
        cast = Cast()
        signed = sign(cast.tablet, new_id(), signing_body(cast.version.id), clock.now(), None)
        verdict = verdict_on_record(signed.record_id)
        assert verdict is not None
        assert verdict.genuine
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: [lines[0], lines[1][:-1] + "?", *lines[2:]], "Line 2 is mistyped"),
        (lambda lines: lines[:3], "A recovery sheet has 4 lines"),
        (lambda lines: [*lines[:3], spelled(bytes(32))[3]], "not from one sheet"),
        (lambda _lines: spelled(bytes(32)), "This sheet is of another Fingerpost"),
    ],
)
def test_a_wrong_sheet_changes_nothing(
    lost: Config,
    config: Config,
    tmp_path: Path,
    change: Callable[[list[str]], list[str]],
    sentence: str,
) -> None:
    app = started(lost)
    before = master_key_file(lost.instance).read_bytes()
    file = tmp_path / "lines.txt"
    file.write_text("\n\n".join(change(spelled(config.master_key))) + "\n", encoding="utf-8")
    with app.app_context():
        result = run(app, "keys", "enter", "--from", file)
        db.session.remove()
        db.engine.dispose()
    assert result.exit_code in {1, 2}
    assert sentence in result.stderr
    assert [path.name for path in master_key_file(lost.instance).parent.iterdir()].count(
        "master_key"
    ) == 1
    assert master_key_file(lost.instance).read_bytes() == before


def test_lines_from_a_file_are_taken(lost: Config, config: Config, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(spelled(config.master_key)), encoding="utf-8")
    app = started(lost)
    with app.app_context():
        assert run(app, "keys", "enter", "--from", file).exit_code == 0
        db.session.remove()
        db.engine.dispose()
    assert read_config({"FINGERPOST_INSTANCE": str(lost.instance)}).master_key == config.master_key


def test_a_sheet_is_not_printed_of_a_key_that_opens_nothing(lost: Config, tmp_path: Path) -> None:
    app = started(lost)
    with app.app_context():
        result = run(app, "keys", "sheet", tmp_path / "sheet.pdf")
        db.session.remove()
        db.engine.dispose()
    assert result.exit_code == 1
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_key_that_fits_is_left_alone(app: Flask, cast: Cast) -> None:
    result = run(app, "keys", "enter")
    assert (result.exit_code, "Nothing was changed." in result.stdout) == (0, True)


@pytest.mark.parametrize("name", ["MASTER_KEY", "MASTER_KEY_FILE"])
def test_the_environment_comes_first_and_is_named(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "something")
    result = run(app, "keys", "enter")
    assert result.exit_code == 2
    assert "comes first" in result.stderr


def test_every_key_of_a_purpose_stays(app: Flask, cast: Cast) -> None:
    for _ in range(3):
        run(app, "keys", "renew", "inbox", "--setting", "bluebells")
    kept = db.session.scalars(keys_for("inbox", cast.bluebells.id)).all()
    assert [key.retired_at is None for key in kept] == [True, False, False, False]
