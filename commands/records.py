"""flask records: what was signed, and whether it is intact."""

import csv
import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import click
import sqlalchemy as sa

from commands.exporting import export
from commands.noun import Noun
from commands.saying import FINDING, setting_option, settings_meant, stop, the_setting
from extensions import db
from models.erasures import erasure_of_record, still_kept
from models.settings import Setting
from models.signings import Record, signings_newest_first
from models.voids import voided_times
from records.confirmed import confirmed_record
from records.nightly import CheckFailed, check_now
from records.rows import METHODS
from records.verdicts import verdict_on_file, verdict_on_record
from records.verify import Verdict

records = Noun("records", help="The sealed PDFs.")
records.add_command(export)
COLUMNS = (
    "record_id",
    "code",
    "signed_at",
    "category",
    "method",
    "version_id",
    "sha256",
    "voided_at",
)


@records.command("list")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, with a heading.")
@setting_option
def list_(as_csv: bool, slug: str | None) -> None:
    """Print every record, newest first; ids and codes, never names."""
    writer = csv.writer(sys.stdout, delimiter="," if as_csv else "\t", lineterminator="\n")
    if as_csv:
        writer.writerow(COLUMNS)
    setting_id = the_setting(slug).id
    voided = voided_times(setting_id)
    for signing, record in db.session.execute(signings_newest_first(setting_id)):
        writer.writerow(
            (
                signing.id,
                record.code,
                signing.effective_at.isoformat(),
                signing.category,
                signing.method,
                signing.version_id,
                record.sha256,
                voided[signing.id].isoformat() if signing.id in voided else "",
            )
        )


@records.command("verify")
@click.argument("what", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every record of every setting.")
@click.option("--nightly", is_flag=True, help="Do the check of the night now, and keep it.")
@setting_option
def verify(what: tuple[str, ...], everything: bool, nightly: bool, slug: str | None) -> None:
    """Print a verdict for each record ID or FILE.pdf; exit 0 only when all are intact.

    --nightly looks at all bytes, copies and events, and at the seals whose turn it is.
    """
    if nightly:
        nights = [_night(setting) for setting in settings_meant(slug)]
        raise SystemExit(0 if all(nights) else FINDING)
    if not what and not everything:
        stop("Name a record, a PDF file, or --all.")
    genuine = True
    names = list(what) + (_all_ids(slug) if everything else [])
    with click.progressbar(names, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for name in bar:
            genuine = _say(name) and genuine
    raise SystemExit(0 if genuine else FINDING)


def _night(setting: Setting) -> bool:
    name = setting.slug
    try:
        check = check_now(setting.id)
    except CheckFailed as error:
        stop(f"{name}: {error.__doc__}", FINDING)
    for fault in check.faults:
        click.echo(f"{name}: {fault}", err=True)
    found = f"{check.wrong} wrong" if check.wrong else "all as sealed"
    click.echo(f"{name}: records {check.records}, read in full {check.seals}, {found}")
    return not check.wrong


def _say(name: str) -> bool:
    if name.lower().endswith(".pdf"):
        file = Path(name)
        if not file.is_file():
            stop(f"{name} is not a file that can be read.")
        verdict = verdict_on_file(file.read_bytes())
    else:
        if erasure := erasure_of_record(_uuid(name)):
            day = erasure.made_at.date().isoformat()
            click.echo(f"{name}: This record was erased on {day}, {erasure.why_words}.")
            return True
        found = verdict_on_record(_uuid(name))
        if found is None:
            click.echo(f"{name}: There is no record with this number.", err=True)
            return False
        verdict = found
    standing = f" {verdict.standing.title}" if verdict.standing else ""
    paper = f" {METHODS['paper']}." if verdict.on_paper else ""
    click.echo(f"{name}: {verdict.summary}{paper}{standing}{_confirmed(verdict)}")
    if not verdict.genuine:
        for sentence in verdict.sentences():
            click.echo(f"  {sentence}")
    return verdict.genuine


def _confirmed(verdict: Verdict) -> str:
    """A sentence about who confirmed a record's hash, where somebody did."""
    if not verdict.genuine or verdict.signing_id is None:
        return ""
    found = confirmed_record(verdict.signing_id, _look)
    if found is None:
        return ""
    day, at = found.day.isoformat(), f"{found.at:%Y-%m-%d %H:%M} UTC"
    return f" Its hash stood in the manifest of {day}, which {found.by} confirmed at {at}."


@lru_cache
def _look(answer: bytes, sha256: str) -> tuple[datetime, str]:
    """Many records stand in one manifest, whose timestamp is read once."""
    from records.stamp import read_answer

    stamp = read_answer(answer, bytes.fromhex(sha256))
    return stamp.at, stamp.by


def _all_ids(slug: str | None) -> list[str]:
    """Ids first, then one record at a time: no long read stays open."""
    wanted = [setting.id for setting in settings_meant(slug)]
    ids = db.session.scalars(
        sa.select(Record.signing_id)
        .where(Record.setting_id.in_(wanted), still_kept(Record.signing_id))
        .order_by(Record.signing_id)
    )
    return [str(record_id) for record_id in ids]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        stop(f"{text} is neither a record's number nor a PDF file.")
