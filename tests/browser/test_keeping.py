"""Hints, social media accounts and the public text, as a manager does them on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.test_desk import sign_in

PUBLIC = "/agreements/bluebells/social-media-networking-policy"


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_a_manager_reads_the_hints_and_sets_one_aside(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape, color_scheme="dark")
    sign_in(page, server)
    page.goto(f"{server.address}/manager/agreements")
    axe.check(page)
    page.get_by_role("link", name="hints about Social Media Networking Policy").click()
    expect(page.get_by_role("heading", name="“The above” may be missing")).to_be_visible()
    page.get_by_text("smaller hints").click()
    axe.check(page)
    twitter = page.get_by_role("article").filter(has_text="Twitter has another name")
    twitter.get_by_role("link", name="Set this aside").click()
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why it does not matter here.")
    axe.check(page)
    page.get_by_label("Why does it not matter here?").fill("Our parents still say Twitter.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("Our parents still say Twitter.")).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name="Show it again").click()
    expect(page.get_by_text("The hint is back.")).to_be_visible()
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_a_manager_keeps_an_account_watched(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/accounts")
    axe.check(page)
    page.get_by_role("link", name="Add an account").click()
    axe.check(page)
    page.get_by_label("Where is it?").fill("Instagram")
    page.get_by_label("What is it called there?").fill("@" + "llanfairpwllgwyngyllgogerych" * 3)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody watches it.")
    page.get_by_label("Who else watches it?").select_option("Siân Llewellyn")
    page.get_by_role("button", name="Add", exact=True).click()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.goto(f"{server.address}/manager/")
    expect(page.get_by_role("alert")).to_contain_text("Only Siân Llewellyn watches it.")
    axe.check(page)
    assert not scrolls_sideways(page)
    page.goto(f"{server.address}/manager/accounts")
    page.get_by_role("button", name="Siân Llewellyn looked today, all is well").click()
    expect(page.get_by_text("looked at today.")).to_be_visible()
    axe.check(page)
    page.get_by_role("link", name="There was something").click()
    axe.check(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])
def test_the_public_text_is_accessible_and_prints_dark_on_white(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape, color_scheme="dark")
    page.goto(server.address + PUBLIC)
    axe.check(page)
    assert not scrolls_sideways(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_text("Fingerpost", exact=True)).to_be_hidden()
    ink = page.evaluate("() => getComputedStyle(document.querySelector('#text p')).color")
    assert max(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")) < 90


def scrolls_sideways(page: Page) -> bool:
    """Whether something is wider than the screen."""
    # A phone makes room for what is too wide: its innerWidth grows, and its screen does not.
    wide = "() => document.documentElement.scrollWidth > Math.min(innerWidth, screen.width) + 1"
    return bool(page.evaluate(wide))
