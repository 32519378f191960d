"""An invitation's link: a newcomer chooses a password, whoever signs in already says yes; once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from extensions import db
from models.links import Link
from models.managers import Membership, manager_by_email, memberships_now
from models.throttles import LIMITS
from models.writing import writing
from settings.inviting import invite
from settings.team import AUDITOR_USUALLY
from tests.cast import PASSWORD, Cast
from tests.page import PageClient

NEW = "pugh@example.org"
ANSWERS = {"name": "Margaret Ann Pugh", "password": PASSWORD}
TODAY = clock.today("Europe/London")


@pytest.fixture
def token(cast: Cast) -> str:
    """Alice invites a new chair."""
    return invite(cast.bluebells.id, NEW, ["chair"], None, cast.alice.id)[1]


def signed_in(app: Flask, cast: Cast, email: str) -> PageClient:
    """Somebody at a browser of their own."""
    manager = manager_by_email(email)
    assert manager is not None
    return PageClient(app.test_client()).sign_in(manager)


def test_a_newcomer_comes_in(client: PageClient, cast: Cast, token: str) -> None:
    page = client.get("setup.invitation", token=token)
    assert "Bluebells invites you to its desk, as Chair" in page.text
    assert page.labels == [
        "Your e-mail address",
        "What is your name?",
        "Which password do you want?",
    ]
    assert client.post("setup.invitation", ANSWERS, token=token).location == "/manager/"
    page = client.get("manager.home")
    assert f"Signed in as {NEW}" in page.text
    chair = manager_by_email(NEW)
    assert chair is not None
    [held] = memberships_now(chair.id)
    assert (chair.name, held.role, held.given_by_id) == (ANSWERS["name"], "chair", cast.alice.id)


def test_opening_it_changes_nothing(client: PageClient, cast: Cast, token: str) -> None:
    for _ in range(2):
        client.get("setup.invitation", token=token)
    assert manager_by_email(NEW) is None


def test_it_works_once(app: Flask, client: PageClient, cast: Cast, token: str) -> None:
    client.post("setup.invitation", ANSWERS, token=token)
    page = PageClient(app.test_client()).get("setup.invitation", token=token, expect=410)
    assert page.h1 == "This invitation does not work"
    assert page.links["Sign in"] == "/manager/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter your name."),
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "Choose a password of at least 12 characters."),
    ],
)
def test_a_name_and_a_password_are_needed(
    client: PageClient, token: str, changes: dict[str, str], sentence: str
) -> None:
    page = client.post("setup.invitation", ANSWERS | changes, token=token, expect=422)
    assert page.errors == [sentence]  # type: ignore[union-attr]
    assert manager_by_email(NEW) is None


def test_whoever_signs_in_already_accepts(app: Flask, client: PageClient, cast: Cast) -> None:
    token = invite(
        cast.bluebells.id, "charlie@example.org", ["auditor"], TODAY + AUDITOR_USUALLY, None
    )[1]
    page = client.get("setup.invitation", token=token)
    assert page.links["Sign in"] == f"/login?next=/invitations/{token}"
    charlie = signed_in(app, cast, "charlie@example.org")
    assert (
        "You are signed in as charlie@example.org."
        in charlie.get("setup.invitation", token=token).text
    )
    charlie.post("setup.invitation", {}, token=token)
    # The desk stands where they were invited to, though they came to the other one first.
    assert "Bluebells" in charlie.get("manager.home").one("header[@class='desk-top']/a/span").text  # type: ignore[operator]
    roles = {(held.setting_id, held.role, held.until) for held in memberships_now(cast.charlie.id)}
    assert (cast.bluebells.id, "auditor", TODAY + AUDITOR_USUALLY) in roles


def test_somebody_elses_invitation(app: Flask, cast: Cast) -> None:
    token = invite(cast.bluebells.id, "charlie@example.org", ["chair"], None, None)[1]
    bob = signed_in(app, cast, "bob@example.org")
    assert "you are signed in as bob@example.org" in bob.get("setup.invitation", token=token).text
    page = bob.post("setup.invitation", {}, token=token, expect=200)
    assert "Sign out first" in page.text  # type: ignore[union-attr]
    assert len(memberships_now(cast.bob.id)) == 1


def test_an_address_of_nobody_may_be_another_one_of_mine(
    app: Flask, cast: Cast, token: str
) -> None:
    bob = signed_in(app, cast, "bob@example.org")
    page = bob.get("setup.invitation", token=token)
    assert f"The invitation was written for {NEW}: accept it only if that is you." in page.text
    bob.post("setup.invitation", {}, token=token)
    assert {held.role for held in memberships_now(cast.bob.id)} == {"manager", "chair"}


def test_an_old_or_unknown_link(client: PageClient, cast: Cast, token: str) -> None:
    client.get("setup.invitation", token="nonsense", expect=410)
    with writing():
        for link in db.session.scalars(sa.select(Link)):
            link.expires_at = clock.now() - timedelta(seconds=1)
    client.get("setup.invitation", token=token, expect=410)
    client.post("setup.invitation", ANSWERS, token=token, expect=410)
    assert manager_by_email(NEW) is None


def test_a_role_that_they_have_meanwhile_is_not_doubled(app: Flask, cast: Cast) -> None:
    tokens = [
        invite(cast.bluebells.id, "bob@example.org", ["chair", "manager"], None, None)[1]
        for _ in range(2)
    ]
    bob = signed_in(app, cast, "bob@example.org")
    for token in tokens:
        bob.post("setup.invitation", {}, token=token)
    held = db.session.scalars(
        sa.select(Membership.role).where(Membership.manager_id == cast.bob.id)
    )
    assert sorted(held) == ["chair", "manager"]


def test_guessing_links_is_slow(client: PageClient) -> None:
    for _ in range(LIMITS["invitation_link"][0]):
        client.get("setup.invitation", token="nonsense", expect=410)
    client.get("setup.invitation", token="nonsense", expect=429)
