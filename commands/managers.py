"""flask managers: ways in for whoever hosts."""

from datetime import datetime

import click
from flask import current_app, url_for

import clock
from commands.noun import Noun
from commands.saying import FINDING, setting_option, stop, the_setting
from models.links import new_link
from models.managers import ROLES, manager_by_email
from models.writing import writing
from records.fields import EMAIL
from settings.inviting import invite
from settings.team import AUDITOR_AT_MOST, HeldAlready

managers = Noun("managers", help="Who signs in at the desk.")


@managers.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in link; it works for 15 minutes."""
    manager = manager_by_email(email)
    if manager is None:
        stop("No manager signs in with that address.")
    with writing():
        token = new_link("sign_in", manager.id)
    _print("setup.sign_in_by_link", token)


@managers.command("invite")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice(list(ROLES)),
    help="What they may do; may be given several times.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Their last day, as 2027-01-31.")
@setting_option
def invite_(email: str, roles: tuple[str, ...], until: datetime | None, slug: str | None) -> None:
    """Print an invitation link for EMAIL; it works once, for seven days."""
    setting, last_day = the_setting(slug), until.date() if until else None
    today = clock.today(setting.time_zone)
    if not EMAIL.fullmatch(email):
        stop("That is not an e-mail address.")
    if last_day is not None and last_day < today:
        stop("Their last day cannot have passed already.")
    if "auditor" in roles and (last_day is None or last_day > today + AUDITOR_AT_MOST):
        stop("An auditor needs a last day, at most a year from now. Add --until.")
    try:
        _invitation, token = invite(setting.id, email, list(dict.fromkeys(roles)), last_day, None)
    except HeldAlready as error:
        stop(str(error.__doc__), FINDING)
    _print("setup.invitation", token)


def _print(endpoint: str, token: str) -> None:
    """A link as whoever hosts can pass it on."""
    with current_app.test_request_context():
        path = url_for(endpoint, token=token)
    click.echo(current_app.config["FINGERPOST"].base_url + path)
