"""Every outside world the app talks to, named once."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from werkzeug.local import LocalProxy

from backends.vault import Vault

db = SQLAlchemy(
    # Objects stay readable after a commit: reading them again would open a second transaction,
    # and on SQLite's rollback journal an open reader makes the next writer wait.
    session_options={"expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)
csrf = CSRFProtect()
vault = Vault()


def init_migrations(app: Flask, directory: str) -> None:
    """Let `flask db` find the migrations; Alembic is imported when one is run, and not before.

    It weighs a tenth of a worker that never migrates anything.
    """

    def made() -> object:
        from flask_migrate import Migrate

        Migrate(app, db, directory=directory, render_as_batch=True, compare_type=True)
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(made)
