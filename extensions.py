"""Every outside world the app talks to, named once."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from werkzeug.local import LocalProxy

from backends.mail import Mailer, mailer_for
from backends.storage import Storage, storage_for
from backends.vault import Vault
from config import Config


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let a module not be found for a moment: None in sys.modules says so, by Python's rule."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


# Flask-Security takes WebAuthn along when it finds it, 6 MB with the OpenSSL behind it. Its passkey
# pages stay off (docs/decisions/0028), and backends/passkeys.py imports it when one is used.
with _without("webauthn"):
    import flask_security  # noqa: F401


class OneDatabase(Session):
    """Asks once where the tables are: asking for each statement costs as much as a small SELECT."""

    _bind: Any = None

    def get_bind(self, *asked: Any, **more: Any) -> Any:
        """The installation's one database."""
        if self._bind is None:
            self._bind = super().get_bind(*asked, **more)
        return self._bind


db = SQLAlchemy(
    # Objects stay readable after a commit: reading them again would open a second transaction,
    # and on SQLite's rollback journal an open reader makes the next writer wait.
    session_options={
        "class_": OneDatabase,
        "expire_on_commit": False,
        "join_transaction_mode": "create_savepoint",
    },
)
csrf = CSRFProtect()
vault = Vault()
mailer = cast(Mailer, LocalProxy(lambda: current_app.extensions["mailer"]))
storage = cast(Storage, LocalProxy(lambda: current_app.extensions["storage"]))


def init_outside(app: Flask, config: Config) -> None:
    """Choose how letters leave and where copies are kept."""
    app.extensions["mailer"] = mailer_for(config.mail_url, config.mail_from)
    app.extensions["storage"] = storage_for(config.storage_url)


def init_migrations(app: Flask, directory: str) -> None:
    """Let `flask db` find the migrations; Alembic is imported when one is run, and not before.

    It weighs a tenth of a worker that never migrates anything.
    """

    def made() -> object:
        from flask_migrate import Migrate

        Migrate(app, db, directory=directory, render_as_batch=True, compare_type=True)
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(made)
