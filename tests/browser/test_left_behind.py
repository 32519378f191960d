"""The next person sees nothing of the last: not by waiting, going back, loading or a second tab."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.tablet import NAME, AtTheTablet

EVERYTHING = """() => document.documentElement.outerHTML + location.href + history.length
  + [...document.querySelectorAll('input, textarea')].map(e => e.value).join()"""

SCROLL = """() => new Promise(done => {
  addEventListener('scroll', () => done(true), {once: true}); scrollBy(0, 400); })"""


def watched(paired: Callable[..., Page]) -> Page:
    """A tablet whose clock the test turns."""
    page = paired()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    page.clock.install()
    page.reload()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    return page


def test_somebody_who_left_is_asked_and_then_cleared(paired: Callable[..., Page], axe: Axe) -> None:
    page = watched(paired)
    somebody = AtTheTablet(page).begins().is_new()
    expect(page.get_by_role("button", name="Start reading")).to_be_visible()
    page.clock.run_for(50_000)
    question = page.get_by_role("alertdialog", name="Are you still there?")
    expect(question).to_be_hidden()
    page.clock.run_for(12_000)
    expect(question).to_be_visible()
    page.clock.run_for(1_000)
    axe.check(page)
    somebody.press("I’m still here")
    expect(question).to_be_hidden()
    page.clock.run_for(62_000)
    expect(question).to_be_visible()
    page.clock.run_for(26_000)
    somebody.is_asked("Bluebells")
    expect(question).to_be_hidden()
    assert "Gwenllian" not in page.evaluate(EVERYTHING)


def test_whoever_reads_has_three_minutes(paired: Callable[..., Page]) -> None:
    page = watched(paired)
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    question = page.get_by_role("alertdialog", name="Are you still there?")
    page.clock.run_for(150_000)
    expect(question).to_be_hidden()
    page.evaluate(SCROLL)
    page.clock.run_for(100_000)
    expect(question).to_be_hidden()
    page.clock.run_for(90_000)
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    somebody.has_read()


def test_a_tablet_that_slept_is_cleared_as_it_wakes(paired: Callable[..., Page]) -> None:
    page = watched(paired)
    somebody = AtTheTablet(page).begins().is_new()
    expect(page.get_by_role("button", name="Start reading")).to_be_visible()
    page.clock.fast_forward(3_600_000)
    somebody.is_asked("Bluebells")
    assert "Gwenllian" not in page.evaluate(EVERYTHING)


def test_a_thank_you_clears_itself(paired: Callable[..., Page]) -> None:
    page = watched(paired)
    page.route("**/kiosk/signings/*", lambda route: route.abort())
    somebody = AtTheTablet(page).signs_by_typing().is_asked("Kept safely")
    page.clock.run_for(21_000)
    somebody.is_asked("Bluebells")
    assert "Gwenllian" not in page.evaluate(EVERYTHING)


@pytest.mark.parametrize("how", ["back", "reload", "away and back", "second tab"])
def test_no_way_shows_what_somebody_left(paired: Callable[..., Page], how: str) -> None:
    page = paired()
    address = page.url
    somebody = AtTheTablet(page).begins().is_new(NAME).starts_to_read().has_read()
    somebody.has_nothing_to_tell().draws()
    if how == "back":
        page.go_back()
    elif how == "reload":
        page.reload()
    elif how == "away and back":
        page.goto(address.replace("/kiosk/", "/verify"))
        page.go_back()
    else:
        page = page.context.new_page()
        page.goto(address)
    assert "Gwenllian" not in page.evaluate(EVERYTHING)
    assert page.locator("canvas").count() == 0
