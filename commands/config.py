"""flask config: what the installation runs with."""

import os

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

import clock
from backends.mail import MailLater
from backends.timestamps import NoStamp
from backends.vault import MasterKeyDoesNotFit
from commands.noun import Noun, unusable
from commands.saying import FINDING, stop
from config import ConfigFaults, read_config, shown
from extensions import mailer
from models.keys import current_key
from models.settings import all_settings, any_setting
from models.writing import end_reading
from records.lifetimes import seal_life
from records.stamping import check_server

config = Noun("config", help="The installation's environment.")


@config.command("show")
def show() -> None:
    """Print every effective value, secrets masked."""
    for name, value in shown(current_app.config["FINGERPOST"]).items():
        click.echo(f"{name}={value}")


@config.command("check")
def check() -> None:
    """Look for faults: wrong values, keys that do not fit or have run out, refused mail, no stamps.

    A seal that runs out within 90 days is said, and is no fault yet. The mail server is greeted
    and signed in to; no letter is sent. The timestamp server is asked to confirm a random number.
    """
    try:
        read_config(os.environ)
        if any_setting():
            current_key("ca").private()
            _check_seals()
            end_reading()
        mailer.check()
        check_server(current_app.config["FINGERPOST"])
    except (MailLater, NoStamp) as error:
        stop(str(error), FINDING)
    except ConfigFaults as error:
        stop("\n".join(error.faults), FINDING)
    except DBAPIError as error:
        stop(unusable(error), FINDING)
    except MasterKeyDoesNotFit as error:
        stop(str(error.__doc__), FINDING)
    click.echo("The configuration is fine.")


def _check_seals() -> None:
    """Say which seals run out soon; stop when one has run out."""
    ended = []
    for setting in all_settings():
        life = seal_life(setting.id, clock.now())
        which = "" if life.purpose == "ca" else f" --setting {setting.slug}"
        day, remedy = life.ends_at.date().isoformat(), f"`flask keys renew {life.purpose}{which}`"
        if life.has_ended:
            ended.append(f"The seal of {setting.slug} ran out on {day}. Run {remedy}.")
        elif life.ends_soon:
            click.echo(f"The seal of {setting.slug} runs out on {day}. Run {remedy}.", err=True)
    if ended:
        stop("\n".join(ended), FINDING)
