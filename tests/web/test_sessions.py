"""Who is signed in where: the database decides, whatever a cookie says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_login.utils import encode_cookie

from extensions import db
from models.sessions import DeskSession, live_sessions
from models.writing import writing
from tests.cast import PASSWORD, Cast
from tests.page import PageClient, sign_in
from web.browsers import browser_words
from web.sessions import own_address

ALICE = {"email": "alice@example.org", "password": PASSWORD}
Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let so much time have passed since now."""
    start = datetime.now(UTC)

    def to(passed: timedelta) -> None:
        monkeypatch.setattr("clock.now", lambda: start + passed)

    return to


def is_in(client: PageClient) -> bool:
    """Whether the desk opens."""
    return client.raw("GET", "/manager/me").status_code == 200


def test_signing_in_makes_a_session_of_its_own(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE)
    (held,) = live_sessions(cast.alice.id)
    assert (held.how, held.kept) == ("password", False)
    assert held.browser == "A browser on a device"
    with client.client.session_transaction() as session:
        assert held.token_hash not in session["desk"]
        assert not session.permanent


def test_signing_out_ends_it_where_it_counts(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE)
    cookie = client.client.get_cookie("fingerpost-desk")
    assert cookie is not None
    client.post("/logout")
    assert live_sessions(cast.alice.id) == []
    client.client.set_cookie("fingerpost-desk", cookie.value)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("kept", "hours", "opens"),
    [(False, 11, True), (False, 12, False), (True, 29 * 24, True), (True, 30 * 24, False)],
)
def test_an_idle_device_is_signed_out(
    client: PageClient, cast: Cast, later: Later, kept: bool, hours: int, opens: bool
) -> None:
    later(timedelta(0))
    client.post("/login", ALICE | ({"remember": "y"} if kept else {}))
    later(timedelta(hours=hours))
    assert is_in(client) == opens


def test_being_used_keeps_it_open(client: PageClient, later: Later) -> None:
    client.post("/login", ALICE)
    for hours in (10, 20, 30):
        later(timedelta(hours=hours))
        assert is_in(client)


def test_last_seen_is_written_every_five_minutes(
    client: PageClient, cast: Cast, later: Later
) -> None:
    later(timedelta(0))
    client.post("/login", ALICE)
    began = live_sessions(cast.alice.id)[0].last_seen_at
    for minutes, seen in ((4, 0), (5, 5), (9, 5), (10, 10)):
        later(timedelta(minutes=minutes))
        assert is_in(client)
        db.session.expire_all()
        assert live_sessions(cast.alice.id)[0].last_seen_at - began == timedelta(minutes=seen)


def test_keep_me_signed_in_is_the_sessions_own_cookie(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE | {"remember": "y"})
    assert client.client.get_cookie("remember_token") is None
    cookie = client.client.get_cookie("fingerpost-desk")
    assert cookie is not None
    assert cookie.expires is not None


def test_a_remember_cookie_of_long_ago_opens_nothing(client: PageClient, cast: Cast) -> None:
    login = cast.alice.fs_uniquifier
    client.client.set_cookie("remember_token", encode_cookie(login))
    with client.client.session_transaction() as session:
        session["_user_id"] = login
    assert not is_in(client)


def test_a_session_of_somebody_else_opens_nothing(client: PageClient, cast: Cast) -> None:
    sign_in(client.client, cast.alice)
    with client.client.session_transaction() as session:
        session["_user_id"] = cast.bob.fs_uniquifier
    assert not is_in(client)


def test_an_ended_session_leads_to_sign_in_and_not_round_in_circles(
    client: PageClient, cast: Cast
) -> None:
    client.post("/login", ALICE)
    with writing():
        for held in db.session.scalars(sa.select(DeskSession)):
            held.ended_at = held.made_at
    assert client.raw("GET", "/manager/").location == "/login?next=/manager/"
    assert client.get("/login").h1 == "Sign in"


def test_a_login_that_is_switched_off_is_out_at_once(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE)
    alice = cast.alice
    with writing():
        alice.active = False
    assert not is_in(client)


def test_rows_nobody_misses_go(client: PageClient, cast: Cast, later: Later) -> None:
    client.post("/login", ALICE)
    client.post("/logout")
    later(timedelta(days=91))
    client.post("/login", ALICE)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DeskSession)) == 1


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/manager/people", "/manager/people"),
        ("/manager/tablets/approve?code=BCDFGHJK", "/manager/tablets/approve?code=BCDFGHJK"),
        ("/manager", "/manager"),
        (None, "/manager/"),
        ("", "/manager/"),
        ("/kiosk/", "/manager/"),
        ("/manager.evil.example", "/manager/"),
        ("//evil.example/manager/", "/manager/"),
        ("/\\evil.example/manager/", "/manager/"),
        ("/manager/\\evil.example", "/manager/"),
        ("https://evil.example/manager/", "/manager/"),
        (" /manager/", "/manager/"),
        ("/manager/\r\nLocation: x", "/manager/"),
        ("/manager/\t", "/manager/"),
    ],
)
def test_only_the_desk_is_led_back_to(wanted: str | None, leads: str) -> None:
    assert own_address(wanted) == leads


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU OS 18_1) Version/18.1 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox on Linux"),
        ("", "A browser on a device"),
    ],
)
def test_a_browser_in_words(line: str, words: str) -> None:
    assert browser_words(line) == words
