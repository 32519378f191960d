"""The database itself refuses to change or delete what was published, at the newest migration."""

from collections.abc import Callable

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from backends.database import writes_allowed
from backends.triggers import FROZEN
from extensions import db
from models.writing import writing
from tests.cast import Cast

ACTS = [
    "UPDATE versions SET text = 'Something else'",
    "UPDATE versions SET change = 'material', days_to_sign = 0",
    "DELETE FROM versions WHERE number = 1",
    "UPDATE wordings SET sentence = 'Something else'",
    "DELETE FROM wordings",
]


@pytest.mark.parametrize("act", ACTS)
def test_what_was_published_stays(cast: Cast, act: str) -> None:
    text = cast.version.text
    with pytest.raises(DBAPIError, match="A published version never changes"), writing():
        db.session.execute(sa.text(act))
    db.session.expire_all()
    assert cast.version.text == text


def test_a_migration_down_and_up_again_leaves_the_triggers_there(
    own_app: Callable[..., Flask],
) -> None:
    with own_app().app_context():
        before = _triggers()
        assert len(before) == 2 * len(FROZEN)
        token = writes_allowed.set(True)
        flask_migrate.downgrade(revision="0005")
        flask_migrate.upgrade()
        writes_allowed.reset(token)
        assert _triggers() == before
        version = db.session.execute(sa.text("SELECT change, days_to_sign FROM versions")).first()
        assert version == ("first", 14)
        db.session.rollback()


def _triggers() -> list[str]:
    """The names of every trigger of ours in the database."""
    where = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    found = list(db.session.scalars(sa.text(where[db.engine.dialect.name])))
    db.session.rollback()
    return found
