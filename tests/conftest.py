"""One app per run on a migrated database; every test's writes are rolled back."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from backends.database import writes_allowed
from config import Config, read_config
from extensions import db
from models.agreements import current_versions
from models.outbox import OutboxItem
from models.writing import writing
from records.facts import Fixed
from records.gathering import setting_facts, version_facts
from records.ready import ready_for
from tests.cast import Cast, bring_in_the_cast
from tests.guards.network import no_network as no_network
from tests.page import PageClient

# A real hash takes a tenth of a second by design; the tests of hashing itself ask for it.
CHEAP = {"TESTING": True, "SECURITY_PASSWORD_HASH": "plaintext", "WTF_CSRF_ENABLED": False}


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """An empty database of this worker's own, SQLite or (by DATABASE_URL) PostgreSQL."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgresql"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'template.db'}"
        return
    name = f"fingerpost_test_{worker_id}"
    with DatabaseFor(given, name) as url:
        yield url


@pytest.fixture(scope="session")
def config(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A Config as `make run` would read it, on a scratch instance."""
    instance = tmp_path_factory.mktemp("instance")
    return read_config({"FINGERPOST_INSTANCE": str(instance), "DATABASE_URL": database_url})


@pytest.fixture(scope="session")
def app(config: Config) -> Flask:
    """The app, migrated to head, with the cast committed."""
    made = create_app(config, CHEAP)
    with made.app_context():
        token = writes_allowed.set(True)
        flask_migrate.upgrade()
        writes_allowed.reset(token)
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
            (version,) = current_versions(setting.id)
            (wording,) = {wording.sentence for wording in version.wordings}
            fixed = Fixed(setting_facts(setting), version_facts(version), wording, addressed=False)
            assert ready_for(setting.id, fixed)
        with writing():
            # Whoever looks at what waits in the outbox means what their test put there.
            db.session.execute(sa.delete(OutboxItem).where(OutboxItem.kind == "pages"))
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def own_app(
    app: Flask, config: Config, tmp_path: Path, worker_id: str
) -> Iterator[Callable[..., Flask]]:
    """Make an app on a copy of the migrated database, for tests whose commits must be real."""
    with app.app_context():
        db.engine.dispose()
    opened = []

    def make(**changes: Any) -> Flask:
        made = create_app(_on(config, url), CHEAP | changes)
        opened.append(made)
        return made

    if config.database_url.startswith("sqlite"):
        source = Path(str(sa.make_url(config.database_url).database))
        shutil.copy(source, tmp_path / "copy.db")
        url = f"sqlite:///{tmp_path / 'copy.db'}"
        yield make
    else:
        template = str(sa.make_url(config.database_url).database)
        with DatabaseFor(config.database_url, f"{template}_copy", template) as url:
            yield make
            for made in opened:
                with made.app_context():
                    db.engine.dispose()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of this xdist worker, or "main" without workers."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


def _on(config: Config, url: str) -> Config:
    return read_config({"FINGERPOST_INSTANCE": str(config.instance), "DATABASE_URL": url})


class DatabaseFor:
    """A PostgreSQL database that exists for a while, empty or copied from a template."""

    def __init__(self, server: str, name: str, template: str = "template1") -> None:
        self.url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
        self.admin = sa.create_engine(
            self.url.set(database="postgres"), isolation_level="AUTOCOMMIT"
        )
        self.name, self.template = name, template

    def __enter__(self) -> str:
        with self.admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))
            connection.execute(sa.text(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"'))
        return self.url.render_as_string(hide_password=False)

    def __exit__(self, *_error: object) -> None:
        with self.admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))
        self.admin.dispose()
