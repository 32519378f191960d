"""flask history: the chain of events."""

from pathlib import Path

import click
from flask import current_app

from backends.timestamps import NoStamp
from commands.noun import Noun
from commands.saying import FINDING, setting_option, settings_meant, stop, the_setting
from models.events import Chain
from records.heads import ProvesNothing, SealedHead, heads_in_file
from records.history import verify_history
from records.stamped import head_of_stamped

history = Noun("history", help="The append-only history.")


@history.command("verify")
@click.option(
    "--against",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A record, an export's manifest.json or a day's manifest, kept elsewhere; repeatable.",
)
@setting_option
def verify(files: tuple[Path, ...], slug: str | None) -> None:
    """Check every event, and the chain against every head that was sealed into a record.

    Exit 0 only when the chain is whole and is the one that the records, the archive and the files
    given by --against were sealed with.
    """
    meant = [the_setting(slug)] if files else settings_meant(slug)
    # Plain values: the walk lets go of every object it meets.
    named = [(setting.id, setting.slug) for setting in meant]
    try:
        heads = [_head_in(file) for file in files]
    except ProvesNothing as error:
        stop(str(error), FINDING)
    whole = [_say(name, verify_history(setting_id, name, heads)) for setting_id, name in named]
    raise SystemExit(0 if all(whole) else FINDING)


def _head_in(file: Path) -> SealedHead:
    """The head in a file: a day's manifest is the one that has its timestamp beside it."""
    stamp = file.with_suffix(".tsr")
    if file.suffix.lower() != ".json" or not stamp.is_file():
        return heads_in_file(file)
    from records.stamp import authorities_in

    try:
        authorities = authorities_in(current_app.config["FINGERPOST"].timestamp_ca_file)
    except NoStamp as error:
        stop(str(error), FINDING)
    return head_of_stamped(file, stamp, authorities)


def _say(name: str, chain: Chain) -> bool:
    for fault in chain.faults:
        click.echo(f"{name}: {fault}", err=True)
    state = "BROKEN" if chain.faults else "unbroken"
    erased = f", {chain.erased} with erased details" if chain.erased else ""
    click.echo(f"{name}: {chain.events} events{erased}, {state}, head {chain.head}")
    return not chain.faults
