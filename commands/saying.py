"""How commands speak: one sentence on stderr and an exit code; which setting is meant."""

from typing import NoReturn

import click

from models.settings import Setting, all_settings, setting_by_slug

FINDING, WRONG_USE = 1, 2
NOTHING_YET = "Nothing is set up yet. Start with `flask setup link`."

setting_option = click.option(
    "--setting", "slug", metavar="SLUG", help="Which setting; needed only when there are several."
)


def stop(sentence: str, code: int = WRONG_USE) -> NoReturn:
    """Say one sentence on stderr and leave."""
    click.echo(sentence, err=True)
    raise SystemExit(code)


def the_setting(slug: str | None) -> Setting:
    """The setting a command is about, or a sentence that says what to add."""
    if slug is not None:
        found = setting_by_slug(slug)
        if found is None:
            stop(f"There is no setting called {slug}. Try: {_names()}.")
        return found
    everything = all_settings()
    if not everything:
        stop(NOTHING_YET)
    if len(everything) > 1:
        stop(f"There are several settings. Add --setting with one of: {_names()}.")
    return everything[0]


def settings_meant(slug: str | None) -> list[Setting]:
    """The one that was named, or every setting."""
    return [the_setting(slug)] if slug else all_settings()


def _names() -> str:
    return ", ".join(setting.slug for setting in all_settings())
