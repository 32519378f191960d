"""flask demo: a small believable setting to look at."""

import secrets

import click
from flask import current_app
from flask.cli import AppGroup

from commands.saying import stop
from models.settings import any_setting
from settings.demo import EMAIL, load_demo

demo = AppGroup("demo", help="A setting to try things on.")


@demo.command("load")
def load() -> None:
    """Fill an empty installation; one that is set up is refused."""
    if any_setting():
        stop("This installation is set up already; the demo only goes into an empty one.")
    password = secrets.token_urlsafe(9)
    with click.progressbar(load_demo(password), label="Signing") as bar:
        for _signing in bar:
            pass
    address = current_app.config["FINGERPOST"].base_url
    click.echo(f"Sign in at {address}/login as {EMAIL} with the password {password}")
