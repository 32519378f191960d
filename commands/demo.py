"""flask demo: three years of a believable setting to look at."""

import secrets

import click
from flask import current_app

import clock
from commands.noun import Noun
from commands.saying import stop
from models.settings import any_setting
from settings.demo import CAST, EMAIL, play, story

demo = Noun("demo", help="A setting to try things on.")
TIME_ZONE = "Europe/London"


@demo.command("load")
@click.option(
    "--people",
    type=click.IntRange(1, len(CAST)),
    default=len(CAST),
    help="How many of its people; fewer are quicker.",
)
def load(people: int) -> None:
    """Fill an empty installation; one that is set up is refused."""
    if any_setting():
        stop("This installation is set up already; the demo only goes into an empty one.")
    password = secrets.token_urlsafe(9)
    acts = story(CAST[:people], clock.today(TIME_ZONE), TIME_ZONE)
    with click.progressbar(play(acts, password), length=len(acts), label="Three years") as bar:
        for _act in bar:
            pass
    address = current_app.config["FINGERPOST"].base_url
    click.echo(f"Sign in at {address}/login as {EMAIL} with the password {password}")
