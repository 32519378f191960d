"""Every step and state of the tablet in turn, for checks that hold on all of them."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.tablet import NAME, AtTheTablet

Look = Callable[[], Any]


def walk(page: Page, look: Look) -> None:
    """From the resting page to the thank-you, wrong turns included; `look` is called at each.

    Afterwards somebody else puts it off.
    """
    somebody = AtTheTablet(page)
    _arrives(page, somebody, look)
    _says_who(page, somebody, look)
    _reads(page, somebody, look)
    _signs(page, somebody, look)
    _puts_it_off(somebody, look)


def _arrives(page: Page, somebody: AtTheTablet, look: Look) -> None:
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    look()
    somebody.press("About this tablet").is_asked("About this tablet")
    expect(page.get_by_text("Edition")).to_be_visible()
    look()
    somebody.press("Done").begins()


def _says_who(page: Page, somebody: AtTheTablet, look: Look) -> None:
    page.get_by_label("Type your name").fill("sian")
    match = page.get_by_role("button", name=re.compile("Siân L"))
    expect(match).to_be_visible()
    look()
    match.tap()
    somebody.is_asked("Is this you?")
    look()
    somebody.press("No, go back").press("I’m new here").press("Go on")
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("What is your full name?").fill(NAME)
    page.get_by_label("Agency worker").check()
    page.get_by_label("Which agency?").fill("Bright Staff Ltd")
    look()
    somebody.press("Go on")
    expect(page.get_by_role("button", name="Start reading")).to_be_visible()
    look()
    somebody.press("Stop")
    expect(page.get_by_role("dialog")).to_be_visible()
    look()
    somebody.press("No, carry on")


def _reads(page: Page, somebody: AtTheTablet, look: Look) -> None:
    somebody.starts_to_read()
    look()
    somebody.has_read()
    look()
    somebody.press("Go on")
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("Something else").check()
    expect(page.get_by_label("What would you like to say?")).to_be_visible()
    look()
    somebody.has_nothing_to_tell()


def _signs(page: Page, somebody: AtTheTablet, look: Look) -> None:
    look()
    somebody.press("Go on")
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("Type my name").check()
    look()
    page.get_by_label("Make a mark, with a witness").check()
    somebody.press("Go on")
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("Type my name").check()
    page.get_by_label("Type your full name to sign").fill(NAME)
    somebody.goes_on()
    look()
    page.get_by_role("button", name="Change your signature").tap()
    page.get_by_label("Draw my name").check()
    somebody.draws()
    look()
    somebody.goes_on()
    look()
    somebody.signs()
    look()


def _puts_it_off(somebody: AtTheTablet, look: Look) -> None:
    somebody.press("Done").begins().is_new("Anna Jones")
    somebody.press("Sign in now, read at my break").is_asked("That’s fine")
    look()
