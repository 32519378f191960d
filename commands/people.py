"""flask people: who was erased, and erasing them again after an older copy was put back."""

from typing import TextIO
from uuid import UUID

import click

from commands.noun import Noun
from commands.saying import setting_option, settings_meant, stop
from models.erasures import REASONS, erasures_of
from models.leavings import anybody
from records.erasing import erase_again

people = Noun("people", help="The people who sign, by their numbers.")


@people.command("erased")
@setting_option
def erased(slug: str | None) -> None:
    """Print every erasure as number, reason and day: keep it before a backup is put back."""
    for setting in settings_meant(slug):
        for erasure, _records in reversed(erasures_of(setting.id)):
            click.echo(f"{erasure.person_id}\t{erasure.why}\t{erasure.made_at.date()}")


@people.command("erase-again")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--dry-run", is_flag=True, help="Only say how many would be erased.")
@setting_option
def erase_again_(file: TextIO, dry_run: bool, slug: str | None) -> None:
    """Erase everybody whom `flask people erased` listed in FILE and who is there again.

    Safe to run twice. The archive's copies go with the next `flask outbox work`.
    """
    listed = [_read(line) for line in file if line.strip()]
    for setting in settings_meant(slug):
        setting_id, name = setting.id, setting.slug
        there = [(who, why) for who, why in listed if anybody(setting_id, who)]
        for who, why in [] if dry_run else there:
            erase_again(setting_id, who, why)
        click.echo(f"{name}: {len(there)} {'would be ' if dry_run else ''}erased")


def _read(line: str) -> tuple[UUID, str]:
    try:
        number, why, *_ = line.split()
        if why not in REASONS:
            raise ValueError
        return UUID(number), why
    except ValueError:
        stop(f"This is not a line of `flask people erased`: {line.strip()}")
