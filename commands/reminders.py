"""flask reminders: who is to be reminded today, decided and put where letters wait to leave."""

from datetime import date, datetime

import click
from flask.cli import AppGroup

import clock
from commands.saying import FINDING, NOTHING_YET, setting_option, settings_meant, stop
from extensions import mailer
from models.settings import Setting
from renewals.deciding import Decided, decide, foretell
from renewals.steps import askings

reminders = AppGroup("reminders", help="Who is reminded when.")


@reminders.command("send")
@click.option("--dry-run", is_flag=True, help="Only say what would be made, by ids.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
@setting_option
def send(dry_run: bool, on: datetime | None, slug: str | None) -> None:
    """Decide a day's reminders and queue their letters; safe to run twice."""
    settings = settings_meant(slug)
    if not settings:
        stop(NOTHING_YET)
    mail = mailer.sends
    if not mail:
        click.echo("No MAIL_URL is set, so no letters are made; the desk says whom to tell.")
    act = _foretold if dry_run else decide
    held = False
    for setting in settings:
        # Its name is read now: a run ends the reading that would read it again.
        name, day = setting.slug, on.date() if on else clock.today(setting.time_zone)
        decided = act(setting, day, mail=mail)
        held = decided.held or held
        click.echo(f"{name}: {_told(decided, dry_run)}", err=decided.held)
    raise SystemExit(FINDING if held else 0)


def _foretold(setting: Setting, day: date, *, mail: bool) -> Decided:
    """What decide() would do, with a line for each step, and nothing written."""
    decided = foretell(setting, day, mail=mail)
    if decided.held or decided.closed or not mail:
        return decided
    found = askings(setting, day)
    for asking in found:
        click.echo(f"{asking.person_id}\t{asking.agreement_id}\t{asking.due_on}\t{asking.step:+d}")
    return Decided(day, len({asking.person_id for asking in found}), len(found))


def _told(decided: Decided, dry_run: bool) -> str:
    day = decided.day.isoformat()
    if decided.held:
        return (
            f"the run of {day} waits, and nothing was made: the last one was more than three days "
            "before it, or after it. If the clock is right, say yes on the desk, under Reminders."
        )
    if decided.closed:
        return f"{day} is a holiday, so nobody is reminded."
    verb = "would be made" if dry_run else "made"
    letters = "letter" if decided.letters == 1 else "letters"
    reminders_ = "reminder" if decided.reminders == 1 else "reminders"
    return f"{decided.letters} {letters} with {decided.reminders} {reminders_} {verb} for {day}."
