"""flask agreements: the library, and texts that come in."""

from pathlib import Path

import click

from agreements.incoming.becoming import called, draft_from, edition_from
from agreements.incoming.reading import read
from agreements.incoming.refusals import Refused
from agreements.incoming.report import Incoming
from agreements.publishing import Edition, PublishedMeanwhile, publish_laid_out
from commands.noun import Noun
from commands.saying import FINDING, setting_option, stop, the_setting
from models.agreements import current_versions
from models.drafts import draft_for
from models.settings import Setting
from records.errors import CannotLayOut, PressFailed
from web.access import check_address

agreements = Noun("agreements", help="The texts that people sign.")


@agreements.command("list")
@setting_option
def list_(slug: str | None) -> None:
    """Print each agreement with its newest published version."""
    for version in current_versions(the_setting(slug).id):
        click.echo(f"{version.title}\tversion {version.number}\t{version.published_at:%Y-%m-%d}")


@agreements.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="What it is called; a known title's next version.")
@click.option("--wording", help="The sentence people sign under, instead of the file's own.")
@click.option("--publish", "at_once", is_flag=True, help="Publish it; without this it is a draft.")
@setting_option
def import_(file: Path, title: str, wording: str | None, at_once: bool, slug: str | None) -> None:
    """Bring a text in, and print what was left out of it. Exit code 1: words do not add up."""
    setting = the_setting(slug)
    title = " ".join(title.split()) or stop("Give it a title.")
    before = called(setting.id, title)
    if before is not None and draft_for(setting.id, before.agreement_id):
        stop(f"Somebody has begun the next version of {title} already. Finish that draft first.")
    try:
        incoming = read(file.name, file.read_bytes())
    except Refused as refused:
        stop(refused.sentence)
    _say(incoming)
    title = before.title if before else title
    edition = edition_from(incoming, title, before, wording)
    if at_once and incoming.balance.holds:
        _publish(setting, edition)
        return
    draft_from(setting.id, incoming, edition, None, before)
    click.echo(f"{edition.title} is kept as a draft.")
    if not incoming.balance.holds:
        stop("The words do not add up, so please compare the draft with the file.", FINDING)


def _publish(setting: Setting, edition: Edition) -> None:
    try:
        version = publish_laid_out(setting, edition, addressed=check_address() is not None)
    except (CannotLayOut, PressFailed, PublishedMeanwhile) as error:
        stop(f"It was not published. {error.__doc__}", FINDING)
    click.echo(f"{version.title} is published as version {version.number}.")


def _say(incoming: Incoming) -> None:
    counts = f"{incoming.words_in} words came in: {incoming.words_out} are in the text, "
    counts += f"{incoming.words_apart} in its closing lines, {incoming.words_dropped} left out."
    click.echo(counts)
    for aside in incoming.dropped:
        click.echo(f"left out\t{aside.what}\t{aside.where}\t{' '.join(aside.words.split())}")
    for aside in incoming.apart:
        click.echo(f"kept apart\t{aside.what}\t{aside.where}\t{' '.join(aside.words.split())}")
    for guess in incoming.guessed:
        click.echo(f"guessed heading\tline {guess.line + 1}\t{guess.paragraph}")
    for word in incoming.balance.missing:
        click.echo(f"missing\t{word}")
    for word in incoming.balance.added:
        click.echo(f"added\t{word}")
