"""flask agreements: the library."""

import click
from flask.cli import AppGroup

from commands.saying import setting_option, the_setting
from models.agreements import current_versions

agreements = AppGroup("agreements", help="The texts that people sign.")


@agreements.command("list")
@setting_option
def list_(slug: str | None) -> None:
    """Print each agreement with its newest published version."""
    for version in current_versions(the_setting(slug).id):
        click.echo(f"{version.title}\tversion {version.number}\t{version.published_at:%Y-%m-%d}")
