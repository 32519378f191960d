"""What holds on every step of the tablet: far zoomed in, by a thick finger, under the policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, TABLET, Server
from tests.browser.offline import Closable
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import sign_in
from tests.browser.walk import walk

# A window of 1280 by 1024, zoomed to 400 %: WCAG 2.2, success criterion 1.4.10.
FAR_ZOOMED: dict[str, Any] = {"viewport": {"width": 320, "height": 256}, "has_touch": True}
GATES = Path(__file__).with_name("gates.js").read_text(encoding="utf-8")

# What the browser says of a broken policy goes to the console, where it outlives the page.
REPORT = """(() => {
  const tell = (what) => console.log(`POLICY ${JSON.stringify(what)}`);
  addEventListener('securitypolicyviolation', (event) =>
    tell([event.effectiveDirective, event.blockedURI, event.sample]));
  new ReportingObserver((reports) => reports.forEach((report) => tell([report.type, report.body])),
    {buffered: true}).observe();
})()"""
BREAK = (
    "() => document.body.setAttribute('style', 'color: red')",
    "() => { try { document.body.innerHTML = '<p>Markup</p>'; } catch {} }",
    "() => { try { setTimeout('1', 0); } catch {} }",
)
UNDER_THE_BAR = """() => {
  const words = [...document.querySelectorAll('[data-text] p')].at(3);
  words.style.setProperty('color', '#b0b0b0');
  scrollBy(0, words.getBoundingClientRect().bottom - innerHeight + 20); }"""
ON_THE_SHEET = """() => {
  document.querySelector('.paper > .line').style.setProperty('color', '#b0b0b0'); }"""


def faults(page: Page, gate: str) -> tuple[str, list[str]]:
    """The step on the screen, and what one gate of gates.js finds there."""
    step = page.evaluate("document.body.dataset.step")
    return step, page.evaluate(GATES, gate)


def heard(page: Page) -> list[str]:
    """A list that every report of a broken policy is added to from the next page on."""
    reports: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.text.startswith("POLICY"):
            reports.append(line.text)

    page.on("console", hear)
    page.add_init_script(REPORT)
    return reports


def test_zoomed_to_400_percent_everything_can_be_read_and_pressed(
    server: Server, paired: Callable[..., Page], quick_press: None
) -> None:
    page = paired(FAR_ZOOMED)

    def look() -> None:
        for gate in ("lost", "unreachable"):
            step, found = faults(page, gate)
            assert found == [], (step, gate)

    walk(page, look)


def test_nothing_to_press_is_smaller_than_a_finger(
    server: Server, paired: Callable[..., Page], quick_press: None
) -> None:
    page = paired(TABLET)

    def look() -> None:
        for shape in (PHONE, TABLET):
            page.set_viewport_size(shape["viewport"])
            step, found = faults(page, "small")
            assert found == [], (step, shape["viewport"])

    walk(page, look)


@pytest.mark.parametrize("shape", [FAR_ZOOMED, TABLET, PHONE], ids=["far", "tablet", "phone"])
def test_pairing_fits_and_can_be_pressed(
    server: Server, open_page: Callable[..., Page], shape: dict[str, object]
) -> None:
    page = open_page(shape)
    page.goto(f"{server.address}/kiosk/")
    expect(page.locator(".code.large")).to_be_visible()
    assert faults(page, "lost") == ("pair", [])
    assert faults(page, "small") == ("pair", [])


def test_the_policy_is_never_broken(
    server: Server, paired: Callable[..., Page], open_page: Callable[..., Page], quick_press: None
) -> None:
    tablet, desk = paired(), open_page(DESK)
    reports = [heard(tablet), heard(desk)]
    tablet.reload()
    walk(tablet, lambda: None)
    sign_in(desk, server)
    assert reports == [[], []]


def test_a_broken_policy_is_heard(server: Server, browser: Browser) -> None:
    """The control of the test above: each of these is forbidden, and each is told."""
    page = browser.new_page()
    page.add_init_script(REPORT)
    page.goto(f"{server.address}/kiosk/")
    AtTheTablet(page).is_asked("Connect this tablet")
    for way in BREAK:
        with page.expect_console_message(lambda line: line.text.startswith("POLICY")):
            page.evaluate(way)
    page.close()


@pytest.mark.parametrize(
    "pale", [UNDER_THE_BAR, ON_THE_SHEET], ids=["under the bar", "on the sheet"]
)
def test_axe_still_sees_pale_words_where_it_looks_twice(
    server: Server, paired: Callable[..., Page], axe: Axe, pale: str
) -> None:
    page = paired()
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    if pale == ON_THE_SHEET:
        somebody.has_read().has_nothing_to_tell()
    page.evaluate(pale)
    with pytest.raises(AssertionError, match="contrast"):
        axe.check(page)


def test_the_page_can_be_installed(server: Server, playwright: Playwright, tmp_path: Path) -> None:
    """In a browser with a profile of its own: nothing is ever installed from a private window."""
    with Closable(playwright, tmp_path / "profile", server.address) as page:
        browser = page.context.new_cdp_session(page)
        assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        assert browser.send("Page.getAppManifest")["errors"] == []
