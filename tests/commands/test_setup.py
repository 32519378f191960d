"""flask setup create, and what every command says where there is nothing or no database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from config import Config, read_config
from extensions import vault
from models.managers import manager_by_email, memberships_now
from models.settings import setting_by_slug
from tests.cast import PASSWORD, Cast

Elsewhere = Callable[[str], Flask]


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file whose first line is a password."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\nnot this line\n", encoding="utf-8")
    return file


@pytest.fixture
def elsewhere(config: Config, tmp_path: Path) -> Iterator[Elsewhere]:
    """Make the app of a new instance folder, on a database given by its URL."""

    def make(url: str) -> Flask:
        return create_app(read_config({"FINGERPOST_INSTANCE": str(tmp_path), "DATABASE_URL": url}))

    yield make
    # It had a master key of its own.
    vault.unlock(config.master_key)


def create(app: Flask, name: str, email: str, file: Path) -> Result:
    """Run flask setup create."""
    args = ["setup", "create", "--setting", name, "--manager", email]
    return app.test_cli_runner().invoke(args=[*args, "--password-file", str(file)])


def test_a_further_setting_of_another_name(app: Flask, cast: Cast, password_file: Path) -> None:
    done = create(app, "Ysgol  Tŷ'r Môr ", "new@example.org", password_file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "Ysgol Tŷ'r Môr is set up as ysgol-tyr-mor.\n"
    setting, manager = setting_by_slug("ysgol-tyr-mor"), manager_by_email("new@example.org")
    assert setting is not None
    assert manager is not None
    assert {held.role for held in memberships_now(manager.id)} == {"owner", "manager", "dsl"}


def test_twice_the_same_name_is_one_setting(app: Flask, cast: Cast, password_file: Path) -> None:
    done = create(app, "Bluebells", "alice@example.org", password_file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Bluebells is set up already, as bluebells.")
    assert setting_by_slug("bluebells-2") is None


@pytest.mark.parametrize(
    ("name", "email", "password", "says"),
    [
        ("New", "a@b", PASSWORD.encode(), "an e-mail address"),
        (" ", "a@b.uk", PASSWORD.encode(), "a name"),
        ("New", "a@b.uk", b"short", "at least 12"),
        ("New", "a@b.uk", b"", "at least 12"),
        ("New", "a@b.uk", b"\xff\xfe not text", "cannot be read as text"),
    ],
)
def test_wrong_use_is_one_sentence(
    app: Flask, cast: Cast, tmp_path: Path, name: str, email: str, password: bytes, says: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(password)
    done = create(app, name, email, file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("records list", 2),
        ("records verify --all", 2),
        ("history verify", 2),
        ("outbox work --once", 2),
        ("setup link", 2),
        ("config check", 1),
    ],
)
def test_without_tables_it_is_one_sentence(elsewhere: Elsewhere, command: str, code: int) -> None:
    done = elsewhere("").test_cli_runner().invoke(args=command.split())
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.startswith("The database cannot be used: no such table")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["records verify --all", "history verify", "records list"])
def test_where_nothing_is_set_up_nothing_is_intact(
    migrated: str, elsewhere: Elsewhere, command: str
) -> None:
    """A wrong instance folder must not look like an archive without a fault."""
    done = elsewhere(migrated).test_cli_runner().invoke(args=command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Nothing is set up yet.")
