"""What SQLite and PostgreSQL must agree on: names, types, and how a transaction begins."""

from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

try:
    # A SQLite of its own, in which WAL is safe; there is a wheel for most machines, not for all.
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3

# True while writing() is open in this thread; the hooks below ask it.
writes_allowed: ContextVar[bool] = ContextVar("writes_allowed", default=False)
OUTSIDE = "A change reached the database outside writing()."
CHANGES = frozenset(
    {"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE"}
)

BUSY_TIMEOUT_MS = 5000


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; a time without a zone is refused rather than guessed at."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; every stored time is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's base. Named constraints make migrations reversible on both databases."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime(),
        UUID: sa.Uuid(),
        bytes: sa.LargeBinary(),
        str: sa.Text(),
        dict[str, Any]: sa.JSON(none_as_null=True),
    }


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the fix for the bug that can skip a commit in WAL mode.

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 for those lines (sqlite.org/wal.html).
    """
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    return version >= (3, 51, 3)


def pragmas(version: tuple[int, int, int]) -> list[str]:
    """The settings that make "committed" mean "on the disk" for this SQLite version."""
    journal = ["journal_mode=WAL", "synchronous=FULL"]
    if not wal_is_safe(version):
        journal = ["journal_mode=DELETE", "synchronous=EXTRA"]
    # What is deleted is overwritten with zeros: an erased name is not left lying in a free page.
    return [
        *journal,
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "trusted_schema=OFF",
        "secure_delete=ON",
    ]


def engine_options(url: str) -> dict[str, Any]:
    """What create_engine() takes beside the address: which SQLite to use, and which connection.

    The one that came back last still knows most of the pages; the one that rested longest, which
    a pool gives by itself, reads them all anew.
    """
    return {"module": sqlite3, "pool_use_lifo": True} if url.startswith("sqlite") else {}


def prepare_engine(engine: Engine) -> None:
    """Refuse changes outside writing(); teach SQLite our pragmas and BEGIN IMMEDIATE."""
    sa.event.listen(engine, "before_cursor_execute", _refuse_outside)
    if engine.dialect.name != "sqlite":
        return
    sa.event.listen(engine, "connect", _set_up_connection)
    sa.event.listen(engine, "begin", _begin)


def run_on_driver(connection: Connection, statement: str, values: Any = ()) -> Any:
    """Hand a statement to the driver as it is; gives the driver's cursor.

    Faults are raised as SQLAlchemy raises them, but without the values, which name people.
    """
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
    except dialect.loaded_dbapi.Error as error:
        gone = dialect.is_disconnect(error, connection.connection, cursor)
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=gone,
            dialect=dialect,
        ) from error
    return cursor


def _refuse_outside(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    # SQLite's own query_only would do it too, but each change of a pragma makes it forget all
    # statements that it has prepared, and preparing them anew took as long as running them.
    if not writes_allowed.get() and statement.split(None, 1)[0].upper() in CHANGES:
        raise RuntimeError(OUTSIDE)


def _set_up_connection(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would otherwise begin transactions by its own rules, late and deferred.
    connection.isolation_level = None
    for pragma in pragmas(sqlite3.sqlite_version_info):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A SELECT that later turns into a write fails at once when another writer came between;
    # so a transaction says at its start which of the two it is.
    run_on_driver(connection, "BEGIN IMMEDIATE" if writes_allowed.get() else "BEGIN")
