"""My sign-in: name, password, second step and devices, for every role and for oneself alone."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from extensions import db
from models.authenticators import authenticator_of, waiting_authenticator
from models.base import new_id
from models.events import Event, check_history
from models.managers import Manager, Membership
from models.passkeys import passkeys_of
from models.recovery_codes import HOW_MANY, codes_left
from models.sessions import live_sessions
from models.throttles import LIMITS
from models.writing import writing
from tests.cast import PASSWORD, Cast
from tests.device import Device
from tests.page import PageClient, sign_in
from tests.second_steps import code_of, with_app, with_passkey

NEW = "four random words here"


def kinds(cast: Cast) -> list[str]:
    """The newest events of Bluebells."""
    rows = sa.select(Event.kind).where(Event.setting_id == cast.bluebells.id)
    return list(db.session.scalars(rows.order_by(Event.sequence)))


@pytest.mark.parametrize("role", ["owner", "manager", "dsl", "chair", "auditor"])
def test_every_role_has_one(app: Flask, cast: Cast, role: str) -> None:
    bluebells, today = cast.bluebells, clock.today(cast.bluebells.time_zone)
    with writing():
        someone = Manager(email=f"{role}@example.org", fs_uniquifier=new_id().hex)
        db.session.add(someone)
        db.session.flush()
        held = {"setting_id": bluebells.id, "manager_id": someone.id, "role": role}
        db.session.add(Membership(**held, since=today))
    client = PageClient(app.test_client()).sign_in(someone).at(bluebells)
    assert client.get("manager.me").h1 == "My sign-in"
    assert client.get("manager.home").links[f"{role}@example.org"] == "/manager/me"
    assert client.post("manager.begin_my_app", {}).location == "/manager/me/app"


def test_says_what_there_is(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.me")
    assert "Only your password protects your sign-in." in page.text
    assert "Add a passkey" in page.links
    assert "Recovery codes" not in page.text
    with_app(cast.bob)
    with_passkey(cast.bob, "Ffôn Gwenllian")
    page = bob.get("manager.me")
    assert "Ffôn Gwenllian" in page.text
    assert "You have none. When your phone is lost" in page.text


def test_a_name(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.my_name", {"name": " Bob  Brân "})
    assert cast.bob.name == "Bob Brân"
    assert "Bob Brân" in bob.get("manager.me").text
    bob.post("manager.my_name", {"name": ""})
    assert cast.bob.name is None
    assert bob.post("manager.my_name", {"name": "***"}, expect=422).errors


def test_a_new_password_signs_every_other_device_out(
    app: Flask, bob: PageClient, cast: Cast
) -> None:
    other = PageClient(app.test_client()).sign_in(cast.bob).at(cast.bluebells)
    assert other.get("manager.me")
    bob.post("manager.my_password", {"old": PASSWORD, "password": NEW})
    assert "Your password is changed" in bob.get("manager.me").text
    assert other.raw("GET", "/manager/").status_code == 302
    assert len(live_sessions(cast.bob.id)) == 1
    login = {"email": "bob@example.org", "password": NEW}
    assert other.post("/login", login).location == "/manager/"
    assert kinds(cast)[-1] == "password.changed"
    assert check_history(cast.bluebells.id).faults == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", NEW, "That is not your password now. Please try again."),
        ("", NEW, "That is not your password now. Please try again."),
        (PASSWORD, "short", "Choose a password of at least 12 characters."),
        (PASSWORD, "", "Choose a password."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, old: str, new: str, sentence: str
) -> None:
    before = cast.bob.password
    page = bob.post("manager.my_password", {"old": old, "password": new}, expect=422)
    assert page.errors == [sentence]
    assert cast.bob.password == before


def test_guessing_the_old_password_is_slow(bob: PageClient) -> None:
    for _ in range(LIMITS["second_step"][0]):
        bob.post("manager.my_password", {"old": "wrong", "password": NEW}, expect=422)
    page = bob.post("manager.my_password", {"old": PASSWORD, "password": NEW}, expect=422)
    assert page.errors[0].startswith("Too many tries.")


def test_whoever_came_by_a_link_is_not_asked_for_the_old_one(app: Flask, cast: Cast) -> None:
    client = PageClient(app.test_client()).at(cast.bluebells)
    sign_in(client.client, cast.bob, how="link", confirmed_at=clock.now())
    assert client.get("manager.my_password").labels == ["Which new password do you want?"]
    client.post("manager.my_password", {"password": NEW})
    assert kinds(cast)[-1] == "password.changed"


def test_the_old_one_is_asked_for_when_the_link_is_long_ago(app: Flask, cast: Cast) -> None:
    client = PageClient(app.test_client()).at(cast.bluebells)
    sign_in(client.client, cast.bob, how="link", confirmed_at=cast.bob.made_at.replace(year=2020))
    assert len(client.get("manager.my_password").labels) == 2
    client.post("manager.my_password", {"password": NEW}, expect=422)


def test_an_app_is_set_up_with_a_code(bob: PageClient, cast: Cast) -> None:
    assert bob.raw("GET", "/manager/me/app").location == "/manager/me"
    bob.post("manager.begin_my_app", {})
    waits = waiting_authenticator(cast.bob.id)
    assert waits is not None
    page = bob.get("manager.my_app")
    assert page.one("img[@class='qr']").get("src", "").startswith("data:image/svg+xml")
    assert bob.post("manager.my_app", {"code": ""}, expect=422).errors
    assert bob.post("manager.my_app", {"code": "12345"}, expect=422).errors
    assert authenticator_of(cast.bob.id) is None
    done = bob.post("manager.my_app", {"code": code_of(waits.secret)})
    assert done.location == "/manager/me/codes"
    assert authenticator_of(cast.bob.id) is not None
    assert kinds(cast)[-1] == "second_step.added"


def test_the_secret_is_not_shown_again(bob: PageClient, cast: Cast) -> None:
    with_app(cast.bob)
    assert bob.raw("GET", "/manager/me/app").location == "/manager/me"
    bob.post("manager.begin_my_app", {})
    assert bob.raw("GET", "/manager/me/app").location == "/manager/me"


def test_guessing_the_first_code_is_slow(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.begin_my_app", {})
    for _ in range(LIMITS["second_step"][0]):
        bob.post("manager.my_app", {"code": "12345"}, expect=422)
    page = bob.post("manager.my_app", {"code": "12345"}, expect=422)
    assert page.errors[0].startswith("Too many tries.")


def test_an_app_is_removed(bob: PageClient, cast: Cast) -> None:
    assert bob.raw("GET", "/manager/me/app/removal").location == "/manager/me"
    with_app(cast.bob)
    assert "The history keeps" in bob.get("manager.remove_my_app").text
    bob.post("manager.remove_my_app", {})
    assert authenticator_of(cast.bob.id) is None
    assert kinds(cast)[-1] == "second_step.removed"


def test_recovery_codes_are_shown_once(bob: PageClient, cast: Cast) -> None:
    assert bob.raw("GET", "/manager/me/codes").location == "/manager/me"
    with_app(cast.bob)
    page = bob.post("manager.my_codes", {}, expect=200)
    codes = page.one("ol[@class='codes']")
    assert len(list(codes)) == codes_left(cast.bob.id) == HOW_MANY
    again = bob.get("manager.my_codes")
    assert "The 10 that you have now stop working." in again.text
    assert again.all("ol[@class='codes']") == []
    assert kinds(cast)[-1] == "recovery_codes.made"


def ask(client: PageClient) -> dict[str, object]:
    """What the browser is asked."""
    setting = {"setting": str(client.setting and client.setting.id)}
    said = client.raw("POST", "/manager/me/passkeys/challenge", data=setting)
    assert said.status_code == 200
    return dict(said.get_json())


def test_a_passkey_is_added(bob: PageClient, cast: Cast) -> None:
    assert bob.get("manager.new_passkey").h1 == "Add a passkey"
    answer = Device().makes(ask(bob))
    done = bob.post("manager.new_passkey", {"name": " My  phone ", "answer": answer})
    assert done.location == "/manager/me/codes"
    assert [one.name for one in passkeys_of(cast.bob.id)] == ["My phone"]
    assert kinds(cast)[-1] == "passkey.added"


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("", "{}", "Give it a name, such as My phone."),
        ("x" * 61, "{}", "Choose a shorter name, up to 60 characters."),
        ("My phone", "{}", "That passkey did not fit. Nothing was changed; please try again."),
        ("My phone", "", "That passkey did not fit. Nothing was changed; please try again."),
    ],
)
def test_each_fault_of_a_passkey(
    bob: PageClient, cast: Cast, name: str, answer: str, sentence: str
) -> None:
    ask(bob)
    page = bob.post("manager.new_passkey", {"name": name, "answer": answer}, expect=422)
    assert page.errors == [sentence]
    assert passkeys_of(cast.bob.id) == []


def test_a_passkey_is_removed(bob: PageClient, cast: Cast) -> None:
    with_passkey(cast.bob, "Old phone")
    (held,) = passkeys_of(cast.bob.id)
    assert bob.get("manager.remove_passkey", passkey_id=held.id).h1 == "Remove Old phone?"
    bob.post("manager.remove_passkey", {}, passkey_id=held.id)
    assert passkeys_of(cast.bob.id) == []


def test_nobody_elses_passkey(bob: PageClient, cast: Cast) -> None:
    with_passkey(cast.alice)
    (held,) = passkeys_of(cast.alice.id)
    bob.get("manager.remove_passkey", passkey_id=held.id, expect=404)
    bob.post("manager.remove_passkey", {}, passkey_id=held.id, expect=404)
    assert passkeys_of(cast.alice.id)


def test_a_device_is_signed_out_at_once(app: Flask, bob: PageClient, cast: Cast) -> None:
    other = PageClient(app.test_client()).at(cast.bluebells)
    held = sign_in(other.client, cast.bob, browser="Chrome on Android")
    page = bob.get("manager.me")
    assert "Chrome on Android" in page.text
    assert page.text.count("This one") == 1
    bob.post("manager.end_device", {}, device_id=held.id)
    assert other.raw("GET", "/manager/").status_code == 302
    assert bob.get("manager.me")
    assert kinds(cast)[-1] == "sessions.ended"


def test_everywhere_else(app: Flask, bob: PageClient, cast: Cast) -> None:
    others = [PageClient(app.test_client()).sign_in(cast.bob) for _ in range(2)]
    page = bob.get("manager.end_devices")
    assert page.text.count("Firefox on Linux") == 2
    bob.post("manager.end_devices", {})
    assert [other.raw("GET", "/manager/").status_code for other in others] == [302, 302]
    assert bob.get("manager.me")
    assert "nowhere else" in bob.get("manager.end_devices").text


def test_nobody_elses_device(bob: PageClient, alice: PageClient, cast: Cast) -> None:
    (held,) = live_sessions(cast.alice.id)
    bob.post("manager.end_device", {}, device_id=held.id, expect=404)
    assert alice.get("manager.me")


def test_the_history_holds_no_name_and_no_browser(bob: PageClient, cast: Cast) -> None:
    with_passkey(cast.bob, "Bob’s own phone")
    bob.post("manager.end_devices", {})
    rows = db.session.scalars(sa.select(Event).where(Event.kind == "passkey.added"))
    assert all(set(event.ids) == {"manager", "passkey"} for event in rows)


@pytest.fixture
def asks(cast: Cast) -> Callable[[], bool]:
    return lambda: cast.bluebells.second_step_since is not None


def test_an_owner_turns_it_round(alice: PageClient, asks: Callable[[], bool], cast: Cast) -> None:
    assert not asks()
    assert "Ask everybody for a second step" in alice.get("manager.settings").links
    alice.post("manager.ask_second_step", {})
    assert asks()
    assert kinds(cast)[-1] == "second_step.asked"
    alice.post("manager.ask_second_step", {})
    assert not asks()
    assert kinds(cast)[-1] == "second_step.offered"


def test_a_manager_does_not(bob: PageClient, asks: Callable[[], bool]) -> None:
    assert "Ask everybody for a second step" not in bob.get("manager.settings").links
    bob.get("manager.ask_second_step", expect=403)
    bob.post("manager.ask_second_step", {}, expect=403)
    assert not asks()
