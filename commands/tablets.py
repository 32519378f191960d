"""flask tablets: pairing without a browser."""

import click

from commands.noun import Noun
from commands.saying import FINDING, setting_option, stop, the_setting
from models.tablets import (
    NameTaken,
    PairingGone,
    approve_pairing,
    revoke,
    tablet_by_name,
    tablets_of,
)

tablets = Noun("tablets", help="The paired tablets.")


@tablets.command("pair")
@click.argument("code")
@click.option("--name", required=True, help="What to call this tablet, such as Front door.")
@setting_option
def pair(code: str, name: str, slug: str | None) -> None:
    """Approve the tablet that shows CODE."""
    try:
        tablet = approve_pairing(the_setting(slug), code, name.strip(), None)
    except (PairingGone, NameTaken) as error:
        stop(str(error.__doc__), FINDING)
    click.echo(f"{tablet.name} is paired.")


@tablets.command("list")
@setting_option
def list_(slug: str | None) -> None:
    """Print each tablet, whether it is in use and when it was last seen."""
    for tablet in tablets_of(the_setting(slug).id):
        state = "revoked" if tablet.revoked_at else "in use"
        seen = f"{tablet.last_seen_at:%Y-%m-%d %H:%M}" if tablet.last_seen_at else "never seen"
        click.echo(f"{tablet.name}\t{state}\t{seen}")


@tablets.command("revoke")
@click.argument("name")
@setting_option
def revoke_(name: str, slug: str | None) -> None:
    """Take a tablet's access away, at once."""
    tablet = tablet_by_name(the_setting(slug).id, name)
    if tablet is None:
        stop(f"No tablet in use is called {name}.", FINDING)
    revoke(tablet, None)
    click.echo(f"{tablet.name} is revoked.")
