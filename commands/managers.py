"""flask managers: ways in for whoever hosts."""

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from commands.saying import stop
from models.links import new_link
from models.managers import manager_by_email
from models.writing import writing

managers = AppGroup("managers", help="Who signs in at the desk.")


@managers.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in link; it works for 15 minutes."""
    manager = manager_by_email(email)
    if manager is None:
        stop("No manager signs in with that address.")
    with writing():
        token = new_link("sign_in", manager.id)
    with current_app.test_request_context():
        path = url_for("setup.sign_in_by_link", token=token)
    click.echo(current_app.config["FINGERPOST"].base_url + path)
