"""flask db: Flask-Migrate's commands, imported when one of them is wanted."""

import click
from flask import g
from flask.cli import AppGroup, with_appcontext


class Migrations(AppGroup):
    """Looks its commands up late: the server has this group too, and must not carry Alembic."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of Flask-Migrate's commands."""
        return self._theirs().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of Flask-Migrate's commands."""
        return self._theirs().get_command(ctx, cmd_name)

    def _theirs(self) -> click.Group:
        from flask_migrate.cli import db as theirs

        group: click.Group = theirs
        return group


@click.group("db", cls=Migrations, help="The tables: bring them up to date, write a migration.")
@with_appcontext
def db() -> None:
    """Tell Flask-Migrate what its own group would: nothing but the defaults."""
    g.directory, g.x_arg = None, ()
