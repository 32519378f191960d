"""flask config: what the installation runs with."""

import os

import click
from flask import current_app
from flask.cli import AppGroup

from backends.mail import MailLater
from backends.vault import MasterKeyDoesNotFit
from commands.saying import FINDING, stop
from config import ConfigFaults, read_config, shown
from extensions import mailer
from models.keys import current_key
from models.settings import any_setting
from models.writing import end_reading

config = AppGroup("config", help="The installation's environment.")


@config.command("show")
def show() -> None:
    """Print every effective value, secrets masked."""
    for name, value in shown(current_app.config["FINGERPOST"]).items():
        click.echo(f"{name}={value}")


@config.command("check")
def check() -> None:
    """Look for faults: wrong values, a key that does not fit, a mail server that refuses us.

    The mail server is greeted and signed in to; no letter is sent.
    """
    try:
        read_config(os.environ)
        if any_setting():
            current_key("ca").private()
            end_reading()
        mailer.check()
    except MailLater as error:
        stop(str(error), FINDING)
    except ConfigFaults as error:
        stop("\n".join(error.faults), FINDING)
    except MasterKeyDoesNotFit as error:
        stop(str(error.__doc__), FINDING)
    click.echo("The configuration is fine.")
