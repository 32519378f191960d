"""writing(): the one way anything is written."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, make_transient_to_detached

from backends.database import OUTSIDE, Base, writes_allowed
from extensions import db
from models.prepared import PreparedChange, connection, open_connection

SECONDS_TO_WAIT_FOR_A_TURN = 10

# SQLite lets one writer in at a time and is unfair about who; a lock in front is fair and quicker.
_turn = threading.Lock()


class CannotSave(Exception):
    """It cannot be saved just now. Nothing was kept; please try again in a moment."""


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: all of it is committed, durably, or none of it is.

    Ends any open read first, so objects loaded before are read again inside the transaction.
    Raises CannotSave when the database is busy, full or away. Never nested, and never held
    over rendering, mail or storage: those take long, and everybody else waits.
    """
    session = db.session()
    _refuse_misuse(session)
    session.rollback()
    with _my_turn():
        token = writes_allowed.set(True)
        try:
            open_connection.set(session.connection())
            yield session
            session.commit()
        except OperationalError as error:
            session.rollback()
            raise CannotSave from error
        except BaseException:
            session.rollback()
            raise
        finally:
            open_connection.set(None)
            writes_allowed.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Ask several things in a row, in the read transaction that is open or begins with them."""
    open_connection.set(db.session.connection())
    try:
        yield
    finally:
        open_connection.set(None)


def insert_all(rows: Sequence[Base]) -> None:
    """Add many rows of one table at once, inside writing(), as insert() adds one."""
    if not writes_allowed.get():
        raise RuntimeError(OUTSIDE)
    if not rows:
        return
    db.session.flush()
    into = _into(type(rows[0]))
    values = [_values(row, into) for row in rows]
    connection().execute(into.many, values)


def insert_values(table: type[Base], **values: Any) -> None:
    """Add a row by its values alone, for who needs no object of it, inside writing()."""
    into = _into(table)
    for name, default in into.defaults:
        if name not in values:
            values[name] = default()
    db.session().flush()
    into.one.run(**{column: values.get(name) for column, name in into.columns})


def insert(row: Base, *, keep: bool = False) -> None:
    """Add a row at once, inside writing(), in a tenth of the time that add() and flush() take.

    The object then only holds what was written: load it again to change it. `keep` makes it the
    session's, like one that was loaded. A signing adds ten rows, so this counts.
    """
    into = _into(type(row))
    values = _values(row, into)
    session = db.session()
    session.flush()
    into.one.run(**values)
    if keep:
        make_transient_to_detached(row)
        session.add(row)


def _values(row: Base, into: "_Into") -> dict[str, Any]:
    """What is written of a row, by column; its defaults stand on the object as well."""
    given = vars(row)
    for name, default in into.defaults:
        if name not in given:
            setattr(row, name, default())
    return {column: given.get(name) for column, name in into.columns}


def end_reading() -> None:
    """Close the open read transaction before work that takes long, such as rendering."""
    db.session.rollback()


def empty_the_log() -> None:
    """Move SQLite's log into its file: until then what was deleted still stands in the log.

    While somebody reads it stays as it is, and the next time may do it.
    """
    end_reading()
    if db.engine.dialect.name != "sqlite":
        return
    with _my_turn():
        connection = db.engine.raw_connection()
        # It asks once instead of waiting, so it is not given back to whoever would want to wait.
        connection.detach()
        try:
            connection.cursor().execute("PRAGMA busy_timeout=0")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


@contextmanager
def _my_turn() -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _turn.acquire(timeout=SECONDS_TO_WAIT_FOR_A_TURN):
        raise CannotSave
    try:
        yield
    finally:
        _turn.release()


def _refuse_misuse(session: Session) -> None:
    if writes_allowed.get():
        raise RuntimeError("writing() is already open; open it once, around the whole act.")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed outside writing(); change it inside.")


@sa.event.listens_for(Session, "before_flush")
def _only_inside_writing(session: Session, _context: Any, _instances: Any) -> None:
    if not writes_allowed.get():
        raise RuntimeError(OUTSIDE)


class _Into(NamedTuple):
    """How rows are added to a table: (column, attribute) pairs, and the defaults by attribute."""

    one: PreparedChange
    many: sa.Insert
    columns: list[tuple[str, str]]
    defaults: list[tuple[str, Callable[[], Any]]]


@lru_cache
def _into(model: type[Base]) -> _Into:
    mapper = sa.inspect(model)
    columns = [
        (column.name, mapper.get_property_by_column(column).key) for column in mapper.columns
    ]
    named = dict(columns)
    defaults = [
        (named[column.name], _made(column.default))
        for column in mapper.columns
        if column.default is not None
    ]
    into = sa.insert(model.__table__)  # type: ignore[arg-type]
    return _Into(PreparedChange(into, list(named)), into, columns, defaults)


def _made(default: Any) -> Callable[[], Any]:
    """A column's default as a function; SQLAlchemy wraps ours into one that takes a context."""
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)
