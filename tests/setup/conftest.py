"""An installation that nobody has set up yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Config
from extensions import db
from models.links import new_link
from models.writing import writing
from tests.conftest import config_on
from tests.databases import copy_of
from tests.page import PageClient


@pytest.fixture
def empty_app(
    config: Config, migrated: str, make_app: Callable[..., Flask], tmp_path: Path, worker_id: str
) -> Iterator[Flask]:
    """The app on tables without a row, whose commits are real. It shares this run's master key."""
    with copy_of(migrated, f"{worker_id}_empty", tmp_path) as url:
        made = make_app(config_on(config, url))
        with made.app_context():
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
