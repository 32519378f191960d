"""The group that our commands come in: a database that is away ends them in a sentence."""

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from commands.saying import stop
from models.writing import CannotSave


class Noun(AppGroup):
    """`flask <noun>`; what it was asked cannot be known, so the exit code is that of wrong use."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            stop(unusable(error))
        except CannotSave as error:
            stop(unusable(error.__cause__))


def unusable(error: BaseException | None) -> str:
    """What is wrong with the database, in one line."""
    # What the driver says, and never the statement, which may quote what is stored.
    says = str(getattr(error, "orig", None) or CannotSave.__doc__).partition("\n")[0].rstrip(".")
    return f"The database cannot be used: {says}. Is it the right one, and is it up to date?"
