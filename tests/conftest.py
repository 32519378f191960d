"""One app per run on a migrated database; every test's writes are rolled back."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app import create_app
from backends.database import sqlite3, writes_allowed
from config import Config, read_config
from extensions import db
from models.agreements import current_versions
from models.outbox import OutboxItem
from models.settings import Setting
from models.writing import writing
from records.facts import Fixed
from records.gathering import setting_facts, version_facts
from records.ready import ready_for
from tests.cast import Cast, bring_in_the_cast
from tests.databases import copy_of, empty
from tests.guards.network import no_network as no_network
from tests.page import PageClient

# A real hash takes a tenth of a second by design; the tests of hashing itself ask for it.
CHEAP = {"TESTING": True, "SECURITY_PASSWORD_HASH": "plaintext", "WTF_CSRF_ENABLED": False}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a database: only that can go otherwise on PostgreSQL."""
    for item in items:
        if "migrated" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """This worker's database at head without a row, SQLite or (by DATABASE_URL) PostgreSQL.

    Migrating takes long: it is done once, and whoever wants such a database copies this one.
    """
    folder = tmp_path_factory.mktemp("migrated")
    with empty(os.environ.get("DATABASE_URL", ""), f"{worker_id}_migrated", folder) as url:
        made = create_app(read_config({"FINGERPOST_INSTANCE": str(folder), "DATABASE_URL": url}))
        with made.app_context():
            token = writes_allowed.set(True)
            flask_migrate.upgrade()
            writes_allowed.reset(token)
            db.engine.dispose()
        yield url


@pytest.fixture(scope="session")
def config(
    migrated: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Config]:
    """A Config as `make run` would read it, on a scratch instance."""
    instance = tmp_path_factory.mktemp("instance")
    with copy_of(migrated, worker_id, instance) as url:
        yield read_config({"FINGERPOST_INSTANCE": str(instance), "DATABASE_URL": url})


@pytest.fixture(scope="session")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Flask]:
    """Make apps that compile each template once in the whole run, and do not wait for the disk.

    Nothing of a test outlives the run; what the tests kill is a process, and never the machine.
    """
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))

    def make(config: Config, **changes: Any) -> Flask:
        made = create_app(config, CHEAP | changes)
        made.jinja_env.bytecode_cache = compiled
        with made.app_context():
            sa.event.listen(db.engine, "connect", _without_waiting)
        return made

    return make


@pytest.fixture(scope="session")
def app(config: Config, make_app: Callable[..., Flask]) -> Flask:
    """The app, migrated to head, with the cast committed."""
    made = make_app(config)
    with made.app_context():
        bring_in_the_cast()
        db.engine.dispose()
    return made


@pytest.fixture
def rolled_back(app: Flask) -> Iterator[None]:
    """An app context whose every transaction is a savepoint inside one that is rolled back."""
    with app.app_context():
        engine = db.engines[None]
        token = writes_allowed.set(True)
        connection = engine.connect()
        outer = connection.begin()
        writes_allowed.reset(token)
        db.engines[None] = connection
        try:
            yield
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()
            db.engines[None] = engine


@pytest.fixture
def cast(rolled_back: None) -> Cast:
    """Alice, Bob, Charlie and the settings they work in."""
    return Cast()


@pytest.fixture
def client(app: Flask, rolled_back: None) -> PageClient:
    """A browser that nobody has signed in to; it checks every page it is given."""
    return PageClient(app.test_client())


@pytest.fixture
def raw_client(app: Flask, rolled_back: None) -> FlaskClient:
    """A plain client, for answers that are not pages."""
    return app.test_client()


@pytest.fixture(scope="session")
def quick_press(app: Flask) -> None:
    """Lay the cast's agreements out once, so that every signing after it is filled in quickly."""
    with app.app_context():
        cast = Cast()
        for setting in (cast.bluebells, cast.owls):
            lay_out_its_agreement(setting)
        with writing():
            # Whoever looks at what waits in the outbox means what their test put there.
            db.session.execute(sa.delete(OutboxItem).where(OutboxItem.kind == "pages"))
        db.session.remove()
        db.engine.dispose()


def lay_out_its_agreement(setting: Setting) -> None:
    """Lay out the one agreement of a setting, as publishing does before anybody can sign it."""
    (version,) = current_versions(setting.id)
    (wording,) = {wording.sentence for wording in version.wordings}
    fixed = Fixed(setting_facts(setting), version_facts(version), wording, addressed=False)
    assert ready_for(setting.id, fixed)


@pytest.fixture
def own_app(
    app: Flask, config: Config, make_app: Callable[..., Flask], tmp_path: Path, worker_id: str
) -> Iterator[Callable[..., Flask]]:
    """Make an app on a copy of the cast's database, for tests whose commits must be real."""
    opened = []
    with app.app_context():
        db.engine.dispose()
    with copy_of(config.database_url, f"{worker_id}_copy", tmp_path) as url:

        def make(**changes: Any) -> Flask:
            opened.append(make_app(config_on(config, url), **changes))
            return opened[-1]

        yield make
        for made in opened:
            with made.app_context():
                db.engine.dispose()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of this xdist worker, or "main" without workers."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


def config_on(config: Config, url: str) -> Config:
    """The same instance on another database."""
    return read_config({"FINGERPOST_INSTANCE": str(config.instance), "DATABASE_URL": url})


def _without_waiting(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
