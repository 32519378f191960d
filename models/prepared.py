"""Statements that every signing needs: worked out once, then handed to the driver as they are."""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.types import TypeEngine

from backends.database import OUTSIDE, run_on_driver, writes_allowed
from extensions import db

Row = TypeVarTuple("Row")
Convert = Callable[[Any], Any]

# The connection of the writing() or reading() that is open in this thread.
open_connection: ContextVar[sa.Connection | None] = ContextVar("open_connection", default=None)


def connection() -> sa.Connection:
    """What statements are run on: asking the session for it takes as long as a statement."""
    return open_connection.get() or db.session.connection()


class _Prepared:
    """What is worked out of a statement the first time that it is sent to a kind of database."""

    def __init__(
        self, statement: Any, columns: Sequence[TypeEngine[Any]], writes: Sequence[str]
    ) -> None:
        self._statement, self._columns, self._writes = statement, columns, writes
        self._ready: _WorkedOut | None = None

    def _worked_out(self, dialect: Dialect) -> "_WorkedOut":
        if self._ready is None or self._ready.dialect is not dialect:
            self._ready = _work_out(self._statement, dialect, self._columns, self._writes)
        return self._ready


class PreparedSelect(_Prepared, Generic[*Row]):
    """A SELECT with bound parameters, a tenth of the usual work each time it is asked.

    Every parameter is one value: a list of them (IN) has to be worked out anew.
    """

    def __init__(self, statement: sa.Select[*Row]) -> None:
        super().__init__(statement, [column.type for column in statement.selected_columns], ())

    def all(self, **given: Any) -> list[tuple[*Row]]:
        """Every row, as plain values."""
        on = connection()
        return self._worked_out(on.dialect).rows(on, given)

    def first(self, **given: Any) -> tuple[*Row] | None:
        """The first row, if there is one."""
        found = self.all(**given)
        return found[0] if found else None

    def one(self, **given: Any) -> tuple[*Row]:
        """The first row, which must be there: NoResultFound."""
        found = self.all(**given)
        if not found:
            raise NoResultFound
        return found[0]


class PreparedChange(_Prepared):
    """An INSERT or UPDATE with bound parameters, the same way; only inside writing()."""

    def __init__(self, statement: sa.Insert | sa.Update, writes: Sequence[str]) -> None:
        """writes: the names of the columns that are written, each a parameter of that name."""
        super().__init__(statement, (), writes)

    def run(self, **given: Any) -> None:
        """Do it."""
        if not writes_allowed.get():
            raise RuntimeError(OUTSIDE)
        on = connection()
        self._worked_out(on.dialect).cursor(on, given)


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """A statement as one kind of database wants it.

    binds: its parameters with what makes a value the driver's; by_place: they are told in this
    order and not by name. said: the values that stand in the statement itself. columns: the
    places in a row that the driver's values are made ours at.
    """

    dialect: Dialect
    sql: str
    binds: list[tuple[str, Convert | None]]
    by_place: bool
    said: Mapping[str, Any]
    columns: list[tuple[int, Convert]]

    def rows(self, on: sa.Connection, given: dict[str, Any]) -> list[Any]:
        """Ask, and give the rows."""
        found: list[Any] = self.cursor(on, given).fetchall()
        if not self.columns:
            return found
        rows = [list(row) for row in found]
        for row in rows:
            for place, convert in self.columns:
                row[place] = convert(row[place])
        return [tuple(row) for row in rows]

    def cursor(self, on: sa.Connection, given: dict[str, Any]) -> Any:
        """Send it off."""
        if self.said:
            given |= self.said
        values: Any = [
            given[name] if convert is None else convert(given[name]) for name, convert in self.binds
        ]
        if not self.by_place:
            values = {name: value for (name, _), value in zip(self.binds, values, strict=True)}
        return run_on_driver(on, self.sql, values)


def _work_out(
    statement: Any,
    dialect: Dialect,
    columns: Sequence[TypeEngine[Any]],
    writes: Sequence[str],
) -> _WorkedOut:
    compiled = statement.compile(dialect=dialect, column_keys=writes or None)
    names = compiled.positiontup if compiled.positional else list(compiled.params)
    ours = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in columns]
    return _WorkedOut(
        dialect=dialect,
        sql=compiled.string,
        binds=[
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in names
        ],
        by_place=compiled.positional,
        said={
            name: compiled.binds[name].value
            for name in compiled.params
            if not compiled.binds[name].required
        },
        columns=[(place, convert) for place, convert in enumerate(ours) if convert],
    )
