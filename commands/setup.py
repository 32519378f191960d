"""flask setup: opening a setting."""

from pathlib import Path

import click
from flask import current_app, url_for

from commands.noun import Noun
from commands.saying import stop
from models.links import new_link
from models.settings import all_settings, any_setting
from models.writing import writing
from records.fields import EMAIL
from settings.opening import Opening, open_setting
from settings.passwords import SHORTEST_PASSWORD

setup = Noun("setup", help="Opening a setting.")


@setup.command("link")
def link() -> None:
    """Print a new one-time set-up link; the older ones stop working."""
    if any_setting():
        stop("Fingerpost is set up already. Sign in, or use `flask managers link EMAIL`.")
    with writing():
        token = new_link("setup")
    with current_app.test_request_context():
        path = url_for("setup.open_page", token=token)
    click.echo(current_app.config["FINGERPOST"].base_url + path)


@setup.command("create")
@click.option("--setting", "name", required=True, help="The name of the pre-school.")
@click.option("--manager", "email", required=True, help="The manager's e-mail address.")
@click.option(
    "--password-file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file whose first line is the manager's password.",
)
def create(name: str, email: str, password_file: Path) -> None:
    """Open a setting without a browser; the manager becomes its owner and safeguarding lead."""
    name, password = " ".join(name.split()), _first_line(password_file)
    if len(password) < SHORTEST_PASSWORD:
        stop(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    if not EMAIL.fullmatch(email) or not name:
        stop("Give the setting a name and the manager an e-mail address.")
    if there := next((one for one in all_settings() if one.name == name), None):
        # A script may run twice; two settings of one name would be its mistake and nobody's wish.
        stop(f"{name} is set up already, as {there.slug}. Give a further setting another name.")
    setting = open_setting(Opening(name=name, email=email, password=password, is_dsl=True))
    click.echo(f"{setting.name} is set up as {setting.slug}.")


def _first_line(file: Path) -> str:
    try:
        return next(iter(file.read_text(encoding="utf-8").splitlines()), "")
    except (OSError, UnicodeDecodeError):
        stop(f"{file} cannot be read as text.")
