"""flask keys sheet and enter: the master key to paper, and back from it."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app

import clock
from backends.vault import put_in_place
from commands.keys import keys
from commands.saying import FINDING, stop
from config import Config, master_key_file
from models.keys import opens_our_keys
from models.settings import Setting, all_settings, any_setting
from models.writing import end_reading
from records.papers import Recovery, print_recovery
from records.sheet import LINES, Mistyped, NotOneSheet, joined, read_line, spelled

MOST_NAMES = 3


@keys.command("sheet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def sheet(file: Path) -> None:
    """Print the master key as a page to lock away: FILE is a new PDF that only you can read."""
    config: Config = current_app.config["FINGERPOST"]
    everybody = all_settings()
    if everybody and not opens_our_keys(config.master_key):
        stop("The master key in place does not open this database, so it is not printed.", FINDING)
    says = Recovery(spelled(config.master_key), config.base_url, _names(everybody))
    zone = everybody[0].time_zone if everybody else "Europe/London"
    end_reading()
    pdf = print_recovery(says, clock.now(), zone)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        stop(f"{file} is there already, and it is not overwritten. Name another file.")
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}.")
    with os.fdopen(descriptor, "wb") as out:
        out.write(pdf)
    click.echo(f"Print {file}, lock the paper away, and delete the file.")


@keys.command("enter")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the four lines, such as from the picture on the sheet.",
)
def enter(file: Path | None) -> None:
    """Put the master key back, typed from the recovery sheet, if it opens this database."""
    config: Config = current_app.config["FINGERPOST"]
    if os.environ.get("MASTER_KEY") or os.environ.get("MASTER_KEY_FILE"):
        stop("MASTER_KEY or MASTER_KEY_FILE is set and comes first. Take it out, then run this.")
    if not any_setting():
        stop("Nothing is set up in this database, so there is nothing that the key could open.")
    if opens_our_keys(config.master_key):
        click.echo("The master key in place opens this database. Nothing was changed.")
        return
    end_reading()
    master_key = _on_the_sheet(file)
    if not opens_our_keys(master_key):
        stop("This sheet is of another Fingerpost: its key does not open this database.", FINDING)
    place = master_key_file(config.instance)
    put_in_place(place, master_key, f"master_key.before-{clock.now():%Y%m%dT%H%M%SZ}")
    click.echo(f"The key is in {place}. Start Fingerpost again.")


def _names(everybody: list[Setting]) -> str:
    """The first few settings by name, and how many more there are."""
    names = ", ".join(setting.name for setting in everybody[:MOST_NAMES])
    more = len(everybody) - MOST_NAMES
    return f"{names} and {more} more" if more > 0 else names


def _on_the_sheet(file: Path | None) -> bytes:
    """The master key from a file, or from what is typed now."""
    try:
        return joined(_lines_of(file) if file else list(_typed()))
    except Mistyped as error:
        stop(f"{error} Nothing was changed.", FINDING)
    except NotOneSheet as error:
        stop(f"{error.__doc__} Nothing was changed.", FINDING)


def _typed() -> Iterator[bytes]:
    """Ask for each line until it is typed right."""
    for number in range(1, LINES + 1):
        part = None
        while part is None:
            try:
                part = read_line(number, click.prompt(f"Line {number}"))
            except Mistyped as error:
                click.echo(str(error), err=True)
        yield part


def _lines_of(file: Path) -> list[bytes]:
    """The lines of a file; its first wrong one is named."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if len(lines) != LINES:
        stop(f"A recovery sheet has {LINES} lines, and {file} has {len(lines)}.")
    return [read_line(number, line) for number, line in enumerate(lines, start=1)]
