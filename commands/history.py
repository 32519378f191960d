"""flask history: the chain of events."""

import click
from flask.cli import AppGroup

from commands.saying import FINDING, setting_option, settings_meant
from models.events import check_history

history = AppGroup("history", help="The append-only history.")


@history.command("verify")
@setting_option
def verify(slug: str | None) -> None:
    """Check every event of every setting; exit 0 only when the chain is whole."""
    whole = True
    for setting_id, name in [(setting.id, setting.slug) for setting in settings_meant(slug)]:
        chain = check_history(setting_id)
        for fault in chain.faults:
            click.echo(f"{name}: {fault}", err=True)
        whole = whole and not chain.faults
        state = "unbroken" if not chain.faults else "BROKEN"
        erased = f", {chain.erased} with erased details" if chain.erased else ""
        click.echo(f"{name}: {chain.events} events{erased}, {state}, head {chain.head}")
    raise SystemExit(0 if whole else FINDING)
