"""A one-time sign-in link: opening it changes nothing, pressing the button uses it up."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.links import Link, new_link
from models.throttles import LIMITS
from models.writing import writing
from tests.cast import Cast
from tests.page import PageClient


@pytest.fixture
def token(cast: Cast) -> str:
    alice = cast.alice.id
    with writing():
        return new_link("sign_in", alice)


def test_opening_it_does_not_sign_in(client: PageClient, token: str) -> None:
    for _ in range(2):
        assert client.get("setup.sign_in_by_link", token=token).h1 == "Sign in with your link"
    assert client.raw("GET", "/manager/").status_code == 302


def test_pressing_the_button_signs_in_once(client: PageClient, token: str) -> None:
    assert client.post("setup.sign_in_by_link", {}, token=token).location == "/manager/me"
    assert "You came in by a link" in client.get("manager.me").text
    assert "alice@example.org" in client.get("manager.home").text
    again = client.post("setup.sign_in_by_link", {}, token=token, expect=410)
    assert again.h1 == "This sign-in link does not work"


def test_an_old_or_unknown_link(client: PageClient, token: str) -> None:
    client.get("setup.sign_in_by_link", token="nonsense", expect=410)
    with writing():
        for link in db.session.scalars(sa.select(Link)):
            link.expires_at = clock.now() - timedelta(seconds=1)
    client.get("setup.sign_in_by_link", token=token, expect=410)
    client.post("setup.sign_in_by_link", {}, token=token, expect=410)
    assert client.raw("GET", "/manager/").status_code == 302


def test_a_set_up_link_is_no_sign_in_link(client: PageClient) -> None:
    with writing():
        token = new_link("setup")
    client.post("setup.sign_in_by_link", {}, token=token, expect=410)


def test_guessing_links_is_slow(client: PageClient) -> None:
    for _ in range(LIMITS["sign_in_link"][0]):
        client.get("setup.sign_in_by_link", token="nonsense", expect=410)
    client.get("setup.sign_in_by_link", token="nonsense", expect=429)
