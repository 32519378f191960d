"""An installation that nobody has set up yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from backends.database import writes_allowed
from config import Config, read_config
from extensions import db
from models.links import new_link
from models.writing import writing
from tests.conftest import CHEAP, DatabaseFor
from tests.page import PageClient


@pytest.fixture
def empty_database(config: Config, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of the kind this run is about."""
    if config.database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    name = f"{sa.make_url(config.database_url).database}_empty"
    with DatabaseFor(config.database_url, name) as url:
        yield url


@pytest.fixture
def empty_app(config: Config, empty_database: str) -> Iterator[Flask]:
    """The app on tables without a row, whose commits are real. It shares this run's master key."""
    made = create_app(
        read_config({"FINGERPOST_INSTANCE": str(config.instance), "DATABASE_URL": empty_database}),
        CHEAP,
    )
    with made.app_context():
        token = writes_allowed.set(True)
        flask_migrate.upgrade()
        writes_allowed.reset(token)
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def newcomer(empty_app: Flask) -> PageClient:
    """Whoever opens the fresh installation first."""
    return PageClient(empty_app.test_client())


@pytest.fixture
def new_setup_link(empty_app: Flask) -> Callable[[], str]:
    """Print a set-up link; gives its token."""

    def print_one() -> str:
        with writing():
            return new_link("setup")

    return print_one
