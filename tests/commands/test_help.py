"""Every command says what it does, and so does every option."""

from collections.abc import Iterator

import click
import pytest
from flask import Flask

OURS = {
    "agreements import",
    "agreements list",
    "config check",
    "config show",
    "demo load",
    "history verify",
    "keys enter",
    "keys list",
    "keys renew",
    "keys sheet",
    "managers invite",
    "managers link",
    "outbox work",
    "people erase-again",
    "people erased",
    "records export",
    "records list",
    "records verify",
    "reminders send",
    "renewals list",
    "setup create",
    "setup link",
    "tablets list",
    "tablets pair",
    "tablets revoke",
}
FLASKS = {"db", "routes", "run", "shell"}


def commands(app: Flask) -> Iterator[tuple[str, click.Command]]:
    """Every `noun verb` of ours."""
    for noun, group in sorted(app.cli.commands.items()):
        if noun not in FLASKS:
            assert isinstance(group, click.Group), f"{noun} is not a noun with verbs"
            assert group.help, f"{noun} has no help"
            for verb, command in sorted(group.commands.items()):
                yield f"{noun} {verb}", command


def test_these_are_the_commands(app: Flask) -> None:
    assert {name for name, _ in commands(app)} == OURS


def test_every_command_and_option_has_help(app: Flask) -> None:
    for name, command in commands(app):
        assert command.help, name
        assert command.help.split("\n\n")[0].rstrip().endswith("."), f"{name}: a whole sentence"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", sorted(OURS))
def test_help_can_be_asked_for(app: Flask, name: str) -> None:
    done = app.test_cli_runner().invoke(args=[*name.split(), "--help"])
    assert done.exit_code == 0
    assert "Usage:" in done.output
