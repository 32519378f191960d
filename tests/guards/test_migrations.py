"""Migrations are numbered, have one head, and lead to exactly the tables the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from backends.database import Base
from extensions import db
from tests.guards.code import ROOT

# Changed together with a new migration, so that two branches cannot both add one unnoticed.
HEAD = "0018"


def scripts() -> ScriptDirectory:
    """The migrations of this tree."""
    return ScriptDirectory(str(ROOT / "migrations"))


def test_there_is_one_head_and_it_is_this_one() -> None:
    assert scripts().get_heads() == [HEAD]


def test_files_are_numbered_in_order() -> None:
    in_order = list(scripts().walk_revisions())[::-1]
    numbers = [f"{number:04}" for number in range(1, len(in_order) + 1)]
    assert [script.revision for script in in_order] == numbers
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in in_order), (
        "a migration's file begins with its number"
    )


def test_the_models_describe_the_migrated_database(app: Flask, rolled_back: None) -> None:
    context = MigrationContext.configure(
        db.session.connection(), opts={"compare_type": True, "render_as_batch": True}
    )
    assert compare_metadata(context, Base.metadata) == []
    assert context.get_current_revision() == HEAD
