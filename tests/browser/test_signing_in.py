"""Second steps as a manager has them on a phone: an app, a passkey, a code from paper."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

import clock
from extensions import db
from models.managers import memberships_now
from models.sessions import DeskSession
from models.writing import writing
from settings.second_steps import ask_for_second_step
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.passkeys import Phone
from tests.browser.test_keeping import scrolls_sideways
from tests.cast import PASSWORD, Cast

LONG = "Ffôn Gwenllian Morfydd Angharad Llewellyn-Fairweather o Lanfairpwll"


@pytest.fixture
def named(server: Server) -> Server:
    """The same server by its name: browsers make no passkeys for an address that is a number."""
    port = urlsplit(server.address).port
    return Server(server.app, f"http://localhost:{port}")


def gives_password(page: Page, server: Server, path: str = "/manager/") -> None:
    page.goto(server.address + path)
    page.get_by_label("What is your e-mail address?").fill("alice@example.org")
    page.get_by_label("What is your password?").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def signs_out(page: Page) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def looks(page: Page, axe: Axe) -> None:
    axe.check(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_a_passkey_is_made_and_signs_in(
    named: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape, color_scheme="dark" if shape is PHONE else "light")
    phone = Phone(page)
    gives_password(page, named, "/manager/me")
    looks(page, axe)
    page.get_by_role("link", name="Add a passkey").click()
    looks(page, axe)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Give it a name")
    looks(page, axe)
    page.get_by_label("What do you call this device?").fill(LONG[:60])
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert phone.passkeys() == 1
    looks(page, axe)
    page.goto(f"{named.address}/manager/me")
    expect(page.get_by_text("Not used yet.")).to_be_visible()
    looks(page, axe)
    # The same device cannot make a second one, and says so.
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What do you call this device?").fill("Once more")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("This device has a passkey for you already.")).to_be_visible()
    if shape is PHONE:
        signs_out(page)
    else:
        page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{named.address}/manager/people")
    looks(page, axe)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{named.address}/manager/people")
    page.goto(f"{named.address}/manager/me")
    expect(page.get_by_text("Last used on")).to_be_visible()
    looks(page, axe)


def test_a_passkey_that_does_not_know_them_opens_nothing(
    named: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(PHONE)
    phone = Phone(page)
    gives_password(page, named, "/manager/me/passkeys/new")
    page.get_by_label("What do you call this device?").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    signs_out(page)
    phone.does_not_know_them()
    page.goto(f"{named.address}/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Nothing was chosen, and nothing was changed.")).to_be_visible()
    looks(page, axe)
    page.goto(f"{named.address}/manager/")
    expect(page).to_have_url(f"{named.address}/login?next=/manager/")


def test_an_app_and_then_a_code_from_paper(
    server: Server, open_page: Callable[..., Page], axe: Axe, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An app's code changes every half a minute; here it does so when the test says.
    now = clock.now()
    monkeypatch.setattr("clock.now", lambda: now)
    page = open_page(PHONE)
    gives_password(page, server, "/manager/me")
    expect(page.get_by_text("Browsers make passkeys only where")).to_be_visible()
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_text("I cannot scan it").click()
    looks(page, axe)
    secret = "".join(page.locator(".secret .code span").all_text_contents())
    page.get_by_label("Which code does the app show now?").fill("000 000")
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("alert")).to_contain_text("That code does not fit")
    looks(page, axe)
    page.get_by_label("Which code does the app show now?").fill(code(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_text("Your app is your second step from now on.")).to_be_visible()
    page.get_by_role("button", name="Make ten codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    looks(page, axe)
    paper = page.locator(".codes .code").first.text_content() or ""
    page.get_by_role("link", name="I have them on paper").click()
    looks(page, axe)
    signs_out(page)

    gives_password(page, server, "/manager/people")
    expect(page).to_have_url(f"{server.address}/login/second")
    looks(page, axe)
    page.get_by_label("Which code does your app show?").fill(code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("or it was used already")
    looks(page, axe)
    now += timedelta(seconds=31)
    page.get_by_label("Which code does your app show?").fill(code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{server.address}/manager/people")
    signs_out(page)

    gives_password(page, server)
    page.get_by_text("I do not have it with me").click()
    page.get_by_label("Which recovery code").fill(paper.lower())
    looks(page, axe)
    page.get_by_role("button", name="Use this code up").click()
    expect(page.get_by_text("You used up a recovery code, and 9 are left.")).to_be_visible()
    page.get_by_role("link", name="Remove the app").click()
    looks(page, axe)
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_text("The app is removed.")).to_be_visible()


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_asking_again_and_signing_out_elsewhere(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    other, page = open_page(shape), open_page(shape, color_scheme="dark")
    gives_password(other, server)
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    gives_password(page, server, "/manager/settings/second-step")
    looks(page, axe)
    with server.app.app_context(), writing():
        for held in db.session.scalars(sa.select(DeskSession)):
            held.confirmed_at = clock.now() - timedelta(minutes=20)
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Nothing was done yet")).to_be_visible()
    looks(page, axe)
    page.get_by_label("What is your password?").fill("wrong")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not your password.")
    looks(page, axe)
    page.get_by_label("What is your password?").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("A second step is asked for.")).to_be_visible()
    page.goto(f"{server.address}/manager/")
    expect(page.get_by_text("Please set up a second step for signing in by")).to_be_visible()
    looks(page, axe)
    page.goto(f"{server.address}/manager/me/devices/ending")
    looks(page, axe)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("You are signed out everywhere but here.")).to_be_visible()
    other.reload()
    expect(other).to_have_url(f"{server.address}/login?next=/manager/")


def test_the_desk_waits_for_a_second_step_that_is_overdue(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    with server.app.app_context():
        cast, now = Cast(), clock.now()
        ask_for_second_step(cast.bluebells.id, cast.alice.id, now.date() - timedelta(days=40))
        with writing():
            for held in memberships_now(cast.alice.id):
                held.since = now.date() - timedelta(days=40)
    page = open_page(PHONE)
    gives_password(page, server, "/manager/people")
    expect(page).to_have_url(f"{server.address}/manager/me")
    expect(page.get_by_text(re.compile("The last day for it was"))).to_be_visible()
    looks(page, axe)


@pytest.mark.parametrize("path", ["name", "password"])
def test_name_and_password(
    server: Server, open_page: Callable[..., Page], axe: Axe, path: str
) -> None:
    page = open_page(PHONE, color_scheme="dark")
    gives_password(page, server, f"/manager/me/{path}")
    looks(page, axe)


def code(secret: str) -> str:
    """What an app shows now."""
    return str(TOTP(key=secret).generate(clock.now().timestamp()).token)
