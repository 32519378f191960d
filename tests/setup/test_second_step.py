"""After the password: a code, a passkey or a recovery code, within five minutes."""

from datetime import timedelta
from typing import Any

import pytest

import clock
from extensions import db
from models.sessions import live_sessions
from models.throttles import LIMITS
from models.writing import writing
from settings.passwords import change_password
from settings.second_steps import make_recovery_codes
from tests.cast import PASSWORD, Cast
from tests.page import PageClient
from tests.second_steps import code_of, with_app, with_passkey

ALICE = {"email": "alice@example.org", "password": PASSWORD}
SECOND = "setup.second_step"


@pytest.fixture
def secret(cast: Cast) -> bytes:
    return with_app(cast.alice)


def gives_password(client: PageClient, **more: str) -> str:
    """Where a right password leads."""
    return str(client.post("/login", ALICE | more).location)


def sends(client: PageClient, way: str, given: str, expect: int = 302) -> Any:
    """Send one of the page's forms."""
    field = "answer" if way == "passkey" else way
    return client.post(SECOND, {"way": way, field: given}, expect=expect)


def is_in(client: PageClient) -> bool:
    return client.raw("GET", "/manager/me").status_code == 200


def test_the_password_alone_does_not_open_the_desk(client: PageClient, secret: bytes) -> None:
    assert gives_password(client) == "/login/second"
    assert not is_in(client)
    page = client.get(SECOND)
    assert page.h1 == "Your second step"
    assert "Which code does your app show?" in page.labels


def test_a_code_does(client: PageClient, cast: Cast, secret: bytes) -> None:
    gives_password(client)
    assert sends(client, "code", code_of(secret)).location == "/manager/"
    assert is_in(client)
    assert live_sessions(cast.alice.id)[0].how == "code"


def test_the_same_code_does_not_open_twice(client: PageClient, secret: bytes) -> None:
    code = code_of(secret)
    gives_password(client)
    sends(client, "code", code)
    client.post("/logout")
    gives_password(client)
    page = sends(client, "code", code, expect=422)
    assert page.errors == [
        "That code does not fit, or it was used already. Wait for the next one and type that."
    ]
    assert page.field("code").get("value") in {None, ""}
    assert not is_in(client)
    sends(client, "code", code_of(secret, 1))
    assert is_in(client)


def test_a_recovery_code_does_once_and_says_how_many_are_left(
    client: PageClient, cast: Cast, secret: bytes
) -> None:
    codes = make_recovery_codes(cast.alice.id)
    gives_password(client)
    assert sends(client, "recovery_code", codes[0]).location == "/manager/me"
    assert "You used up a recovery code, and 9 are left." in client.get("manager.me").text
    client.post("/logout")
    gives_password(client)
    page = sends(client, "recovery_code", codes[0], expect=422)
    assert page.errors == ["That code is not on your newest list, or it was used already."]
    assert not is_in(client)


def test_a_passkey_does(client: PageClient, cast: Cast) -> None:
    device = with_passkey(cast.alice)
    gives_password(client)
    answer = device.uses(client.raw("POST", "/login/challenge").get_json())
    assert sends(client, "passkey", answer).location == "/manager/"
    assert is_in(client)


def test_somebody_elses_passkey_does_not(client: PageClient, cast: Cast, secret: bytes) -> None:
    device = with_passkey(cast.bob)
    gives_password(client)
    answer = device.uses(client.raw("POST", "/login/challenge").get_json())
    page = sends(client, "passkey", answer, expect=422)
    assert page.errors == ["That passkey belongs to another sign-in. Please choose your own."]
    assert not is_in(client)


@pytest.mark.parametrize("way", ["password", "", "nonsense"])
def test_no_other_way(client: PageClient, secret: bytes, way: str) -> None:
    gives_password(client)
    client.post(SECOND, {"way": way, "password": PASSWORD}, expect=200)
    assert not is_in(client)


def test_nobody_waits_without_a_password(client: PageClient, cast: Cast, secret: bytes) -> None:
    assert client.raw("GET", "/login/second").location == "/login"
    assert sends(client, "code", code_of(secret)).location == "/login"
    assert not is_in(client)


def test_it_waits_five_minutes(
    client: PageClient, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = clock.now()
    gives_password(client)
    monkeypatch.setattr("clock.now", lambda: began + timedelta(minutes=5, seconds=5))
    assert sends(client, "code", code_of(secret)).location == "/login"
    assert "five minutes" in client.get("/login").text
    assert not is_in(client)


def test_a_password_that_is_changed_meanwhile_ends_it(
    client: PageClient, cast: Cast, secret: bytes
) -> None:
    gives_password(client)
    change_password(cast.alice.id, "another long password", cast.alice.id)
    assert sends(client, "code", code_of(secret)).location == "/login"


def test_it_is_of_use_in_this_browser_once(client: PageClient, secret: bytes) -> None:
    gives_password(client)
    sends(client, "code", code_of(secret))
    client.post("/logout")
    assert client.raw("GET", "/login/second").location == "/login"


def test_where_they_wanted_to_go(client: PageClient, secret: bytes) -> None:
    wanted = "/manager/tablets/approve?code=BCDFGHJK"
    client.post("/login?next=/manager/tablets/approve?code%3DBCDFGHJK", ALICE)
    assert sends(client, "code", code_of(secret)).location == wanted


@pytest.mark.parametrize("wanted", ["/\\evil.example", "/kiosk/", "/manager.evil.example"])
def test_nowhere_else(client: PageClient, secret: bytes, wanted: str) -> None:
    gives_password(client, next=wanted)
    assert sends(client, "code", code_of(secret)).location == "/manager/"


def test_keep_me_signed_in_is_asked_before_and_counts_after(
    client: PageClient, cast: Cast, secret: bytes
) -> None:
    gives_password(client, remember="y")
    assert live_sessions(cast.alice.id) == []
    sends(client, "code", code_of(secret))
    assert live_sessions(cast.alice.id)[0].kept


def test_being_remembered_never_skips_it(client: PageClient, cast: Cast, secret: bytes) -> None:
    gives_password(client, remember="y")
    sends(client, "code", code_of(secret))
    client.post("/logout")
    assert gives_password(client, remember="y") == "/login/second"


def test_guessing_is_slow_and_a_restart_forgets_nothing(
    client: PageClient, cast: Cast, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, right = clock.now(), code_of(secret)
    wrong = "000000" if right != "000000" else "000001"
    gives_password(client)
    for way in ("code", "recovery_code") * (LIMITS["second_step"][0] // 2):
        sends(client, way, wrong, expect=422)
    page = sends(client, "code", right, expect=422)
    assert page.errors[0].startswith("Too many tries. Please wait")
    gives_password(client)
    sends(client, "code", right, expect=422)
    monkeypatch.setattr("clock.now", lambda: began + timedelta(minutes=6))
    gives_password(client)
    sends(client, "code", code_of(secret))
    assert is_in(client)


def test_guessing_here_keeps_nobody_else_out(client: PageClient, cast: Cast, secret: bytes) -> None:
    gives_password(client)
    for _ in range(LIMITS["second_step"][0] + 1):
        sends(client, "code", "12345", expect=422)
    assert client.post("/login", ALICE | {"email": "bob@example.org"}).location == "/manager/"


def test_a_login_that_is_switched_off_meanwhile(
    client: PageClient, cast: Cast, secret: bytes
) -> None:
    gives_password(client)
    alice = cast.alice
    with writing():
        alice.active = False
    assert sends(client, "code", code_of(secret)).location == "/login"
    db.session.rollback()
