"""Every page of the desk, as a manager sees it on a phone at nine in the evening."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import clock
from models.base import new_id
from records.signing import sign
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, TABLET, Server
from tests.browser.held import Held
from tests.cast import PASSWORD, Cast, signing_body

PAGES = (
    "/manager/",
    "/manager/people",
    "/manager/people/new",
    "/manager/records",
    "/manager/register",
    "/manager/reminders",
    "/manager/reminders/history",
    "/manager/reminders/calendar",
    "/manager/agreements",
    "/manager/tablets",
    "/manager/tablets/approve",
    "/manager/declarations",
    "/manager/pack",
    "/manager/pauses",
    "/manager/settings",
)
PUBLIC = ("/", "/verify", "/login", "/setup/never-given", "/nowhere")


def sign_in(page: Page, server: Server, email: str = "alice@example.org") -> None:
    page.goto(f"{server.address}/login")
    page.get_by_label("What is your e-mail address?").fill(email)
    page.get_by_label("What is your password?").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{server.address}/manager/")


def somebody_signs(server: Server) -> None:
    told = {"kind": "relationship", "note": "My niece starts in January."}
    with server.app.app_context():
        cast = Cast()
        body = signing_body(cast.version.id, declaration=told)
        sign(cast.tablet, new_id(), body, clock.now(), None)


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
@pytest.mark.parametrize("shape", [DESK, TABLET, PHONE], ids=["wide", "tablet", "phone"])
def test_every_page_is_accessible(
    server: Server,
    open_page: Callable[..., Page],
    axe: Axe,
    shape: dict[str, object],
    full: bool,
    quick_press: None,
) -> None:
    if full:
        somebody_signs(server)
    page = open_page(shape, color_scheme="dark" if full else "light")
    sign_in(page, server)
    for path in PAGES:
        page.goto(server.address + path)
        axe.check(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, f"{path} scrolls sideways"


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_a_record_is_voided(
    server: Server,
    open_page: Callable[..., Page],
    axe: Axe,
    shape: dict[str, object],
    quick_press: None,
) -> None:
    somebody_signs(server)
    page = open_page(shape, color_scheme="dark" if shape is PHONE else "light")
    sign_in(page, server)
    page.get_by_role("link", name="Gwenllian Morfydd").first.click()
    page.get_by_text("Is one of these records wrong?").click()
    axe.check(page)
    page.get_by_role("link", name="Void the record of").click()
    page.get_by_role("button", name="Void this record").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe.check(page)
    page.get_by_label("Why should this record not count?").fill("The wrong name was picked.")
    page.get_by_role("button", name="Void this record").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gwenllian Morfydd")
    expect(page.get_by_text("The wrong name was picked.").first).to_be_visible()
    expect(page.get_by_text("has never signed; due by")).to_be_visible()
    axe.check(page)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_text("This record was voided.")).to_be_visible()
    axe.check(page)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_public_pages_are_accessible(
    server: Server, open_page: Callable[..., Page], axe: Axe, path: str, shape: dict[str, object]
) -> None:
    page = open_page(shape)
    page.goto(server.address + path)
    axe.check(page)


def test_a_wrong_password_says_so_and_keeps_the_address(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.address}/login")
    page.get_by_label("What is your e-mail address?").fill("alice@example.org")
    page.get_by_label("What is your password?").fill("not her password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_label("What is your e-mail address?")).to_have_value("alice@example.org")
    axe.check(page)


def test_the_menu_takes_no_press_before_its_script_is_there(
    server: Server, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE)
    sign_in(page, server)
    late = Held(page, "**/joined/app.js")
    page.goto(f"{server.address}/manager/people", wait_until="commit")
    more = page.get_by_role("button", name="More")
    expect(more).to_be_disabled()
    late.go_on()
    more.tap()
    expect(page.get_by_role("link", name="Settings")).to_be_visible()


def test_signing_out_ends_it(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(DESK)
    sign_in(page, server)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{server.address}/manager/")
    expect(page).to_have_url(f"{server.address}/login?next=/manager/")


def test_what_people_sign_under_is_printed_with_the_version(
    server: Server, open_page: Callable[..., Page], quick_press: None
) -> None:
    """The page with the codes prints no notices; every other page does."""
    page = open_page(DESK)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/agreements")
    page.get_by_role("main").get_by_role("link", name="Social Media").first.click()
    page.emulate_media(media="print")
    expect(page.get_by_role("blockquote")).to_be_visible()
    expect(page.get_by_role("navigation", name="Desk")).to_be_hidden()
