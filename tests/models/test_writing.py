"""Writing happens in one place, one writer at a time, all or nothing."""

import platform
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from backends.database import pragmas, sqlite3, wal_is_safe
from extensions import db
from models.settings import Setting, all_settings
from models.writing import CannotSave, writing
from tests.cast import Cast
from tests.conftest import CHEAP


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_wal_only_on_an_engine_with_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    journal = pragmas(version)[:2]
    assert journal == (
        ["journal_mode=WAL", "synchronous=FULL"]
        if safe
        else ["journal_mode=DELETE", "synchronous=EXTRA"]
    )


@pytest.mark.skipif(platform.machine() != "x86_64", reason="There is a wheel for x86-64.")
def test_the_sqlite_we_bring_has_the_fix() -> None:
    assert wal_is_safe(sqlite3.sqlite_version_info)


def test_connections_carry_the_pragmas(own_app: Callable[..., Flask]) -> None:
    # As it is in life: what own_app() gives does not wait for the disk.
    made = create_app(own_app().config["FINGERPOST"], CHEAP)
    with made.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL has no pragmas.")
        read = {
            name: db.session.execute(sa.text(f"PRAGMA {name}")).scalar()
            for name in (
                "foreign_keys",
                "synchronous",
                "journal_mode",
                "busy_timeout",
                "secure_delete",
            )
        }
    safe = wal_is_safe(sqlite3.sqlite_version_info)
    assert read == {
        "foreign_keys": 1,
        "synchronous": 2 if safe else 3,
        "journal_mode": "wal" if safe else "delete",
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def test_a_change_outside_writing_is_refused(cast: Cast) -> None:
    cast.bluebells.name = "Changed"
    with pytest.raises(RuntimeError, match="outside writing"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Setting).values(name="Changed"),
        sa.delete(Setting),
        sa.text("\n  update settings set name = 'Changed'"),
    ],
    ids=["update", "delete", "text"],
)
def test_even_plain_sql_cannot_write_outside(cast: Cast, statement: sa.Executable) -> None:
    with pytest.raises(RuntimeError, match="outside writing"):
        db.session.execute(statement)
    assert cast.bluebells.name == "Bluebells"


def test_writing_is_not_nested_and_not_begun_with_changes(cast: Cast) -> None:
    with writing(), pytest.raises(RuntimeError, match="already open"), writing():
        pass
    cast.bluebells.name = "Changed"
    with pytest.raises(RuntimeError, match="outside writing"), writing():
        pass
    db.session.rollback()


def test_all_or_nothing(cast: Cast) -> None:
    def change_and_fail() -> None:
        with writing():
            cast.bluebells.name = "Changed"
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert cast.bluebells.name == "Bluebells"


def test_a_locked_database_is_a_kind_no(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = own_app()
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("Another process cannot lock all of PostgreSQL.")
        other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("backends.database.BUSY_TIMEOUT_MS", 50)
        with pytest.raises(CannotSave), writing():
            pass
        other.execute("ROLLBACK")
        with writing():
            all_settings()[0].name = "Saved after all"
        assert all_settings()[0].name == "Saved after all"


def test_writers_take_turns(own_app: Callable[..., Flask]) -> None:
    """Read, then write what was read plus one: only turns keep all eighty."""
    app = own_app()
    failures = []

    def count() -> None:
        try:
            for _ in range(10):
                with app.app_context(), writing():
                    setting = all_settings()[0]
                    db.session.refresh(setting, with_for_update=True)
                    setting.address = str(int(setting.address or 0) + 1)
        except (CannotSave, sa.exc.SQLAlchemyError) as error:
            failures.append(error)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with app.app_context():
        assert all_settings()[0].address == "80"
