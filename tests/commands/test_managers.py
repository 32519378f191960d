"""flask managers: ways in for whoever hosts."""

from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask

import clock
from extensions import db
from models.invitations import open_invitations
from tests.cast import Cast
from tests.page import PageClient

TODAY = clock.today("Europe/London")


@pytest.fixture
def invites(app: Flask, cast: Cast) -> object:
    """Run flask managers invite for Bluebells."""

    def run(*more: str) -> Result:
        db.session.rollback()
        return app.test_cli_runner().invoke(
            args=["managers", "invite", *more, "--setting", "bluebells"]
        )

    return run


def test_prints_a_link_that_works(invites: object, client: PageClient, cast: Cast) -> None:
    done = invites("pugh@example.org", "--role", "owner", "--role", "chair")  # type: ignore[operator]
    assert (done.exit_code, done.stderr) == (0, "")
    path = done.stdout.strip().partition("8000")[2]
    assert "as Owner and Chair" in client.get(path).text
    [(one, _expires_at)] = open_invitations(cast.bluebells.id)
    assert (one.email, one.roles, one.made_by_id) == ("pugh@example.org", ["owner", "chair"], None)


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (("pugh", "--role", "chair"), 2, "That is not an e-mail address."),
        (("a@example.org", "--role", "auditor"), 2, "An auditor needs a last day"),
        (
            ("a@example.org", "--role", "auditor", "--until", str(TODAY + timedelta(days=400))),
            2,
            "An auditor needs a last day",
        ),
        (
            ("a@example.org", "--role", "chair", "--until", "2026-01-01"),
            2,
            "Their last day cannot have passed already.",
        ),
        (("bob@example.org", "--role", "manager"), 1, "They have this role already."),
    ],
)
def test_says_what_is_wrong(
    invites: object, cast: Cast, more: tuple[str, ...], code: int, sentence: str
) -> None:
    done = invites(*more)  # type: ignore[operator]
    assert done.exit_code == code
    assert done.stderr.startswith(sentence)
    assert not open_invitations(cast.bluebells.id)
