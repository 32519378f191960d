"""What `make run` starts: bring the database up to date, say how to begin, become gunicorn."""

import os
import sys
from typing import NoReturn

import sqlalchemy as sa
from dotenv import load_dotenv
from sqlalchemy.exc import DBAPIError

from backends.database import engine_options
from config import ROOT, Config, ConfigFaults, read_config

WRONG_USE = 2
SHEET = ".venv/bin/flask keys sheet recovery.pdf"


def main() -> NoReturn:
    """Make ready in this process, then become gunicorn: the preparing leaves nothing in memory."""
    # The database, its journal and the archive are for the server's own user.
    os.umask(0o077)
    load_dotenv(ROOT / ".env")
    try:
        config = read_config(os.environ)
    except ConfigFaults as error:
        _stop("\n".join(error.faults))
    link = None if is_ready(config) else _prepare(config)
    print(f"Fingerpost answers at {config.base_url} (Ctrl+C stops it).", flush=True)
    if link:
        print(f"Nothing is set up yet. Begin here, within seven days:\n    {link}", flush=True)
        print(f"Then print the key that opens it all: {SHEET}", flush=True)
    os.chdir(ROOT)
    # One heap: each thread would keep one of its own, and only one runs Python at a time.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *gunicorn_arguments(config)])  # noqa: S606


def is_ready(config: Config) -> bool:
    """Whether the database is at the newest migration and somebody is set up.

    The whole app takes seconds to import, so the usual start asks in two plain questions first.
    """
    engine = sa.create_engine(config.database_url, **engine_options(config.database_url))
    try:
        with engine.connect() as connection:
            at = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            someone = connection.scalar(sa.text("SELECT 1 FROM settings LIMIT 1"))
    except DBAPIError:
        return False
    finally:
        engine.dispose()
    return someone is not None and at == newest_migration()


def newest_migration() -> str:
    """The number of the newest migration; a guard test keeps the files numbered."""
    files = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    return files[-1].name.split("_")[0]


def gunicorn_arguments(config: Config) -> list[str]:
    """Where to listen; everything else is in gunicorn.conf.py."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    arguments = ["--config", str(ROOT / "gunicorn.conf.py"), "--bind", f"{host}:{config.port}"]
    if config.tls_cert_file and config.tls_key_file:
        arguments += ["--certfile", str(config.tls_cert_file)]
        arguments += ["--keyfile", str(config.tls_key_file)]
    return arguments


def _prepare(config: Config) -> str | None:
    """Migrate; give a set-up link while nothing is set up."""
    import flask_migrate
    from flask import url_for

    from app import create_app
    from models.links import new_link
    from models.settings import any_setting
    from models.writing import CannotSave, writing

    try:
        app = create_app(config)
        with app.app_context():
            flask_migrate.upgrade()
            if any_setting():
                return None
            with writing():
                token = new_link("setup")
        with app.test_request_context():
            return config.base_url + url_for("setup.open_page", token=token)
    except DBAPIError as error:
        _stop(f"The database cannot be used: {error.orig}")
    except CannotSave as error:
        _stop(f"The database cannot be used: {error.__cause__}")


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
