"""flask <noun> <verb>: thin commands that parse, call, say, and give an exit code."""

from flask import Flask

from commands import master_key  # noqa: F401  (it adds its verbs to keys)
from commands.agreements import agreements
from commands.config import config
from commands.db import db
from commands.demo import demo
from commands.history import history
from commands.keys import keys
from commands.managers import managers
from commands.outbox import outbox
from commands.people import people
from commands.records import records
from commands.reminders import reminders
from commands.renewals import renewals
from commands.setup import setup
from commands.tablets import tablets


def init_commands(app: Flask) -> None:
    """Add every noun; the ones that Flask brings (run, shell, db, routes) stay."""
    # Flask-Security's own commands write outside our history, so they are not offered.
    for name in ("users", "roles"):
        app.cli.commands.pop(name, None)
    nouns = (
        agreements,
        config,
        db,
        demo,
        history,
        keys,
        managers,
        outbox,
        people,
        records,
        reminders,
        renewals,
        setup,
        tablets,
    )
    for noun in nouns:
        app.cli.add_command(noun)
