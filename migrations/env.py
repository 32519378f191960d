"""Runs migrations inside one write transaction of the app's own engine."""

from alembic import context
from flask import current_app

from backends.database import Base, UtcDateTime, writes_allowed
from backends.triggers import drop_triggers, make_triggers
from extensions import db


def written(kind: str, thing: object, _context: object) -> str | bool:
    """Write our own column type as the plain one it is, so that migrations import nothing of ours.

    A migration must still run when the code it came from has moved on.
    """
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Migrate. SQLite may not change a foreign key inside a transaction, so they rest meanwhile."""
    arguments = current_app.extensions["migrate"].configure_args | {"render_item": written}
    engine = db.engine
    token = writes_allowed.set(True)
    try:
        with engine.connect() as connection:
            sqlite = engine.dialect.name == "sqlite"
            if sqlite:
                connection.connection.execute("PRAGMA foreign_keys=OFF")
            # Transactions of their own: Alembic opens one for each step, where it is let.
            # A run that is cut off leaves no trigger, and the next start of the server makes them.
            with connection.begin():
                drop_triggers(connection)
            context.configure(connection=connection, target_metadata=Base.metadata, **arguments)
            with context.begin_transaction():
                context.run_migrations()
            # Comparing the models with the tables leaves a read open.
            connection.rollback()
            with connection.begin():
                make_triggers(connection)
            if sqlite:
                connection.connection.execute("PRAGMA foreign_keys=ON")
    finally:
        writes_allowed.reset(token)


run()
