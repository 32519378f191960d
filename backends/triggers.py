"""What the database itself refuses, whoever asks: a published version is never changed or deleted.

Alembic's batch mode on SQLite drops a table's triggers without a word, so they are all listed here,
taken away before every migration and made again after it (migrations/env.py).
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

# The tables whose rows are only ever added.
FROZEN = ("versions", "wordings")
SAYS = "A published version never changes."

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$
"""
_ON_POSTGRESQL = (
    "CREATE TRIGGER {table}_frozen_{act} BEFORE {act} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
)
_ON_SQLITE = (
    f"CREATE TRIGGER {{table}}_frozen_{{act}} BEFORE {{act}} ON {{table}} "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
)


def make_triggers(connection: Connection) -> None:
    """Make every trigger whose table is there; there must be none yet."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(sa.text(_FUNCTION))
    for table, act in _acts(connection):
        made = (_ON_SQLITE if sqlite else _ON_POSTGRESQL).format(table=table, act=act)
        connection.execute(sa.text(made))


def drop_triggers(connection: Connection) -> None:
    """Take every trigger away, so that a migration may do its work."""
    on_table = "" if connection.dialect.name == "sqlite" else " ON {table}"
    for table, act in _acts(connection):
        dropped = f"DROP TRIGGER IF EXISTS {table}_frozen_{act}{on_table.format(table=table)}"
        connection.execute(sa.text(dropped))


def _acts(connection: Connection) -> list[tuple[str, str]]:
    there = set(sa.inspect(connection).get_table_names())
    return [(table, act) for table in FROZEN if table in there for act in ("update", "delete")]
