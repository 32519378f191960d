"""The next person sees nothing of the last: not by waiting, going back, loading or a second tab."""

from collections.abc import Callable, Iterator

import pytest
from flask import Response
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from tests.browser.axe import Axe
from tests.browser.conftest import CHROMIUM, QUIET, TABLET, Server
from tests.browser.tablet import NAME, AtTheTablet
from tests.cast import TABLET_TOKEN

EVERYTHING = """() => document.documentElement.outerHTML + location.href + history.length
  + [...document.querySelectorAll('input, textarea')].map(e => e.value).join()"""

# A dialog says a moment later that it closed. They say so in turn: when another one has, it has.
HEARD_THAT_IT_CLOSED = """() => new Promise((done) => {
  const other = document.body.appendChild(document.createElement('dialog'));
  other.addEventListener('close', () => { other.remove(); done(); });
  other.show();
  other.close(); })"""

SCROLL = """() => new Promise(done => {
  addEventListener('scroll', () => done(true), {once: true}); scrollBy(0, 400); })"""

TELL_HOW_IT_CAME = """if (location.pathname === '/kiosk/') addEventListener('pageshow',
  (event) => console.log(event.persisted ? 'KEPT' : 'LOADED', Date.now()), true);"""
# The page as it would be without its wipe: what would empty it never hears that it is left.
NO_WIPE = """for (const type of ['pagehide', 'pageshow'])
  addEventListener(type, (event) => event.stopImmediatePropagation(), true);"""


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
    page.evaluate(HEARD_THAT_IT_CLOSED)
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


@pytest.fixture
def keeping_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that keeps pages somebody left, ready for "back"; Playwright switches that off."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=QUIET,
        headless=True,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def let_the_page_be_kept(server: Server) -> None:
    """As if a browser kept the page in spite of its no-store; some do."""
    view = server.app.view_functions["kiosk.page"]

    def kept() -> Response:
        response: Response = view()
        response.headers["Cache-Control"] = "no-cache"
        return response

    server.app.view_functions["kiosk.page"] = kept


def leaves_while_signing(browser: Browser, server: Server, *scripts: str) -> tuple[Page, int]:
    """Somebody goes to another address with their name on the sheet; when, in milliseconds."""
    context = browser.new_context(**TABLET)
    cookie = {"name": "fingerpost-tablet", "value": TABLET_TOKEN, "url": server.address}
    context.add_cookies([cookie | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
    page = context.new_page()
    for script in (TELL_HOW_IT_CAME, *scripts):
        page.add_init_script(script)
    page.goto(f"{server.address}/kiosk/")
    AtTheTablet(page).begins().is_new(NAME).starts_to_read().has_read().has_nothing_to_tell()
    assert "Gwenllian" in page.evaluate(EVERYTHING)
    left_at = page.evaluate("Date.now()")
    page.goto(f"{server.address}/verify")
    return page, left_at


def came_back(page: Page, left_at: int) -> str:
    """Press "back": whether the page was KEPT as it had been left, or LOADED anew.

    A page that was kept says again what it said before it was left, so only newer words count.
    """

    def is_news(line: ConsoleMessage) -> bool:
        word, _space, said_at = line.text.partition(" ")
        return word in {"KEPT", "LOADED"} and int(said_at) > left_at

    with page.expect_console_message(is_news) as how:
        page.evaluate("() => { setTimeout(() => history.back(), 0); }")
    return how.value.text.split()[0]


def test_the_browser_does_not_keep_the_page(server: Server, keeping_browser: Browser) -> None:
    page, left_at = leaves_while_signing(keeping_browser, server)
    assert came_back(page, left_at) == "LOADED"
    assert "Gwenllian" not in page.evaluate(EVERYTHING)


def test_a_page_that_was_kept_all_the_same_is_empty(
    server: Server, keeping_browser: Browser
) -> None:
    let_the_page_be_kept(server)
    page, left_at = leaves_while_signing(keeping_browser, server)
    assert came_back(page, left_at) == "KEPT"
    assert "Gwenllian" not in page.evaluate(EVERYTHING)
    AtTheTablet(page).is_asked("Bluebells")


def test_without_the_wipe_a_kept_page_would_show_the_name(
    server: Server, keeping_browser: Browser
) -> None:
    """The control of the test above."""
    let_the_page_be_kept(server)
    page, left_at = leaves_while_signing(keeping_browser, server, NO_WIPE)
    assert came_back(page, left_at) == "KEPT"
    assert "Gwenllian" in page.evaluate(EVERYTHING)
