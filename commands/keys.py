"""flask keys: what the installation's keys are, and new ones for old."""

import csv
import hashlib
import sys
from collections.abc import Iterator

import click
from flask.cli import AppGroup

from commands.saying import NOTHING_YET, setting_option, settings_meant, stop, the_setting
from extensions import db
from models.keys import PURPOSES, Key, current_key, keys_for
from models.settings import Setting, all_settings, any_setting
from models.writing import writing
from records.keys import RENEWABLE, certificate_of, renew, renew_authority, settings_behind
from records.seal import lifetime

keys = AppGroup("keys", help="Keys and certificates.")
COLUMNS = ("purpose", "setting", "key_id", "made_on", "retired_on", "ends_on", "certificate_sha256")
AFTERWARDS = {
    "seal": "Records that are sealed already stay as they are and keep verifying.",
    "inbox": "Tablets fetch it by themselves; what they sealed before is still opened.",
    "declarations": "What was told before can still be read.",
}


@keys.command("list")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, with a heading.")
@setting_option
def list_(as_csv: bool, slug: str | None) -> None:
    """Print every key, the newest of each purpose first: made, retired, and until when in force."""
    writer = csv.writer(sys.stdout, delimiter="," if as_csv else "\t", lineterminator="\n")
    if as_csv:
        writer.writerow(COLUMNS)
    for key, whose in _every_key(settings_meant(slug)):
        certificate = key.certificate
        retired_on = key.retired_at.date().isoformat() if key.retired_at else ""
        ends_on = lifetime(certificate)[1].date().isoformat() if certificate else ""
        digest = hashlib.sha256(certificate).hexdigest() if certificate else ""
        made_on = key.made_at.date().isoformat()
        writer.writerow((key.purpose, whose, key.id, made_on, retired_on, ends_on, digest))


@keys.command("renew")
@click.argument("purpose", type=click.Choice(RENEWABLE))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@setting_option
def renew_(purpose: str, dry_run: bool, slug: str | None) -> None:
    """Make a new key for a purpose; the old one is kept for what it sealed or locked.

    PURPOSE is seal, inbox or declarations, which belong to a setting, or ca: the authority of
    the whole installation, whose renewal renews every setting's seal.
    """
    if purpose == "ca":
        _renew_authority(dry_run, slug)
        return
    setting = the_setting(slug)
    if dry_run:
        click.echo(f"{setting.slug} would get a new {purpose} key. Nothing was changed.")
        return
    setting_id = setting.id
    with writing():
        key = renew(purpose, db.session.get_one(Setting, setting_id))
    until = f", in force until {_ends_on(key)}" if key.certificate else ""
    click.echo(f"{setting.slug} has a new {purpose} key{until}. {AFTERWARDS[purpose]}")


def _every_key(settings: list[Setting]) -> Iterator[tuple[Key, str]]:
    for key in db.session.scalars(keys_for("ca")):
        yield key, ""
    for setting in settings:
        for purpose in PURPOSES[1:]:
            for key in db.session.scalars(keys_for(purpose, setting.id)):
                yield key, setting.slug


def _renew_authority(dry_run: bool, slug: str | None) -> None:
    if slug is not None:
        stop("The authority belongs to the whole installation. Leave --setting out.")
    if not any_setting():
        stop(NOTHING_YET)
    behind = len(settings_behind())
    count = behind or len(all_settings())
    what = f"a new seal for {count} {'setting' if count == 1 else 'settings'}"
    if dry_run:
        begun = "This would go on with" if behind else "There would be a new authority, and"
        click.echo(f"{begun} {what}. Nothing was changed.")
        return
    work = renew_authority()
    with click.progressbar(work, count, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for _setting_id in bar:
            pass
    ends_on = _ends_on(current_key("ca"))
    click.echo(
        f"There is a new authority until {ends_on}, and {what}. Programs that check seals need its "
        "certificate too: each setting downloads it at the desk, under Settings."
    )


def _ends_on(key: Key) -> str:
    return lifetime(certificate_of(key))[1].date().isoformat()
