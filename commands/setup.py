"""flask setup: opening a setting."""

from pathlib import Path

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from commands.saying import stop
from models.links import new_link
from models.settings import any_setting
from models.writing import writing
from settings.opening import Opening, open_setting
from settings.passwords import SHORTEST_PASSWORD

setup = AppGroup("setup", help="Opening a setting.")


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
    password = password_file.read_text(encoding="utf-8").splitlines()[:1]
    if not password or len(password[0]) < SHORTEST_PASSWORD:
        stop(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    if "@" not in email or not name.strip():
        stop("Give the setting a name and the manager an e-mail address.")
    setting = open_setting(
        Opening(name=name.strip(), email=email, password=password[0], is_dsl=True)
    )
    click.echo(f"{setting.name} is set up as {setting.slug}.")
