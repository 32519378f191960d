"""flask records export: everything a setting has signed, as one ZIP or in a folder."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from commands.saying import FINDING, setting_option, stop, the_setting
from records.export import ErasedMeanwhile, Export, begin_export
from records.export_disk import Copied, InTheWay, refuse_file, refuse_folder, to_file, to_folder
from records.export_papers import VERIFIER


@click.command("export")
@click.argument("where", metavar="DIR|FILE.zip", type=click.Path(path_type=Path))
@setting_option
@with_appcontext
def export(where: Path, slug: str | None) -> None:
    """Copy every record out, with a list and a program that checks them without Fingerpost.

    A FILE.zip is new or refused. A DIR may be an export of before: what is new is added to it.
    """
    setting_id = the_setting(slug).id
    zipped = where.suffix.lower() == ".zip"
    try:
        # Looked at first, so that no export is noted in the history that could not be made.
        (refuse_file if zipped else refuse_folder)(where)
        found = begin_export(setting_id, {"by": "command"})
        faults = _write(found, where, zipped=zipped)
    except InTheWay as error:
        stop(str(error))
    except ErasedMeanwhile as error:
        stop(str(error.__doc__), FINDING)
    except OSError as error:
        stop(f"{where} cannot be written: {error.strerror}.", FINDING)
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"To check it: python3 {VERIFIER} {where}", err=True)
    raise SystemExit(FINDING if faults else 0)


def _write(found: Export, where: Path, *, zipped: bool) -> list[str]:
    """Write it, say what was written, and give a sentence for everything that is not right."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=found.size, file=sys.stderr, hidden=hidden) as bar:
        if zipped:
            to_file(found, where, bar.update)
            copied = Copied(found.count, [])
        else:
            copied = to_folder(found, where, bar.update)
    records = "1 record" if found.count == 1 else f"{found.count} records"
    click.echo(f"{where}: {records}, {copied.new} new, up to event {found.start.sequence}.")
    return [
        *(f"{name}: It is not as it was sealed. It was copied as it is." for name in found.damaged),
        *(f"{name}: It was there with other bytes, and was left." for name in copied.other),
        *(f"{name}: It is no record any more. Please delete it." for name in copied.gone),
    ]
