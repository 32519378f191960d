"""writing(): the one way anything is written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backends.database import writes_allowed
from extensions import db

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
            session.connection()
            yield session
            session.commit()
        except OperationalError as error:
            session.rollback()
            raise CannotSave from error
        except BaseException:
            session.rollback()
            raise
        finally:
            writes_allowed.reset(token)


def end_reading() -> None:
    """Close the open read transaction before work that takes long, such as rendering."""
    db.session.rollback()


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
        raise RuntimeError("A change reached the database outside writing().")
