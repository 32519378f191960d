"""The tablet when things go as they go: every step, and every way back from trouble."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from extensions import db
from models.signings import Signing
from models.tablets import approve_pairing, revoke
from tests.browser.axe import Axe
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, Server
from tests.browser.held import Held
from tests.browser.tablet import NAME, AtTheTablet
from tests.cast import Cast

INK = """() => { const c = document.querySelector('canvas');
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 40) n++; return n; }"""


def to_the_signature(page: Page) -> AtTheTablet:
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    return somebody.has_read().has_nothing_to_tell()


def signings(server: Server) -> int:
    with server.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Signing)) or 0


@pytest.mark.parametrize(
    "shape", [TABLET, LANDSCAPE, PHONE], ids=["portrait", "landscape", "phone"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_accessible(
    server: Server, paired: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = paired(shape, color_scheme=scheme)
    somebody = AtTheTablet(page)
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    axe.check(page)
    somebody.begins()
    page.get_by_label("Type your name").fill("sian")
    expect(page.get_by_role("button", name=re.compile("Siân L"))).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name=re.compile("Siân L")).tap()
    somebody.is_asked("Is this you?")
    axe.check(page)
    somebody.press("No, go back").press("I’m new here").press("Go on")
    expect(page.get_by_role("alert")).to_be_focused()
    axe.check(page)
    page.get_by_label("What is your full name?").fill(NAME)
    page.get_by_label("Agency worker").check()
    page.get_by_label("Which agency?").fill("Bright Staff Ltd")
    somebody.press("Go on")
    expect(page.get_by_role("button", name="Start reading")).to_be_visible()
    axe.check(page)
    somebody.starts_to_read()
    axe.check(page)
    somebody.has_read().press("Go on")
    expect(page.get_by_role("alert")).to_be_focused()
    axe.check(page)
    somebody.has_nothing_to_tell().press("Go on")
    expect(page.get_by_role("alert")).to_be_focused()
    axe.check(page)
    somebody.draws()
    axe.check(page)
    somebody.goes_on()
    axe.check(page)
    somebody.signs()
    axe.check(page)


def test_pairing_is_accessible(server: Server, open_page: Callable[..., Page], axe: Axe) -> None:
    page = open_page(TABLET)
    page.goto(f"{server.address}/kiosk/")
    expect(page.locator(".code.large")).to_be_visible()
    axe.check(page)


def test_who_is_known_signs_under_the_name_on_file(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = AtTheTablet(page).begins().finds_their_name("sian ll", "Siân L")
    somebody.starts_to_read().has_read().has_nothing_to_tell().draws().goes_on().signs()
    with server.app.app_context():
        signing = db.session.scalars(sa.select(Signing)).one()
        assert (signing.full_name, signing.found) == ("Siân Llewellyn", "chosen")
    page.get_by_role("button", name="Done").tap()
    again = AtTheTablet(page).begins()
    again.finds_their_name("sian ll", "Siân L").is_asked("You are up to date")


def test_by_keyboard_alone(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()

    def to(words: str) -> None:
        """Tab until the thing with these words has the focus."""
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "() => { const e = document.activeElement;"
                " return (e.labels?.[0]?.textContent || e.textContent || '').trim(); }"
            )
            if focused.startswith(words):
                return
        raise AssertionError(f"Tab never came to {words}")

    def press(words: str) -> None:
        expect(page.get_by_role("button", name=re.compile(f"^{words}"))).to_be_visible()
        to(words)
        page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    press("Tap to begin")
    AtTheTablet(page).is_asked("Who are you?")
    press("I’m new here")
    to("What is your full name?")
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press("Go on")
    press("Start reading")
    press("I have read it")
    to("Nothing to declare")
    page.keyboard.press("Space")
    press("Go on")
    AtTheTablet(page).is_asked("Sign your name")
    to("Draw my name")
    page.keyboard.press("ArrowDown")
    to("Type your full name to sign")
    page.keyboard.type(NAME)
    press("Go on")
    AtTheTablet(page).is_asked("Check and sign")
    press("Sign")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved", timeout=30_000)
    with server.app.app_context():
        signing = db.session.scalars(sa.select(Signing)).one()
        assert (signing.method, signing.drawing) == ("typed", None)


def test_turning_the_tablet_keeps_the_drawing(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = to_the_signature(page).draws()
    before = page.evaluate(INK)
    turn(page, 1280, 800)
    assert page.evaluate(INK) > before * 0.2
    turn(page, 800, 1280)
    assert page.evaluate(INK) > before * 0.5
    somebody.goes_on().signs()


def turn(page: Page, width: int, height: int) -> None:
    """Give the screen another size, and wait until the sheet has taken another one, too."""
    sheet = page.locator("canvas")
    before = sheet.evaluate("sheet => sheet.width")
    page.set_viewport_size({"width": width, "height": height})
    expect(sheet).not_to_have_js_property("width", before)


def test_undo_and_clear(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = to_the_signature(page).draws(strokes=2)
    both = page.evaluate(INK)
    somebody.press("Undo")
    assert 0 < page.evaluate(INK) < both
    somebody.press("Clear")
    assert page.evaluate(INK) == 0


def test_a_lost_answer_is_sent_again_and_signs_once(
    server: Server, paired: Callable[..., Page]
) -> None:
    """The server saved it, and the tablet never heard: trying again gives the same record."""
    page = paired()
    somebody = to_the_signature(page).draws().goes_on()
    answers: list[int] = []

    def lose_the_answer(route: Route) -> None:
        answers.append(route.fetch().status)
        route.abort()

    page.route("**/kiosk/signings/*", lose_the_answer)
    somebody.press("Sign").is_asked("Kept safely")
    assert signings(server) == 1
    page.unroute("**/kiosk/signings/*")
    somebody.has_wifi_again().sees_saved()
    assert signings(server) == 1


@pytest.mark.parametrize("status", [503, 429, 500])
def test_a_busy_server_loses_nothing(
    server: Server, paired: Callable[..., Page], axe: Axe, status: int
) -> None:
    page = paired()
    somebody = to_the_signature(page).draws().goes_on()
    page.route(
        "**/kiosk/signings/*",
        lambda route: route.fulfill(status=status, headers={"Retry-After": "1"}, body="busy"),
    )
    somebody.press("Sign").is_asked("Kept safely")
    axe.check(page)
    assert signings(server) == 0
    page.unroute("**/kiosk/signings/*")
    page.wait_for_timeout(1100)
    somebody.has_wifi_again().sees_saved()
    assert signings(server) == 1


def test_revoked_while_signing_tells_the_person_and_loses_nothing(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = to_the_signature(page).draws().goes_on()
    with server.app.app_context():
        revoke(Cast().tablet, None)
    somebody.press("Sign").is_asked("Kept safely")
    expect(page.get_by_text("This tablet has been disconnected")).to_be_visible()
    axe.check(page)
    assert signings(server) == 0
    somebody.press("Done").is_asked("Connect this tablet")
    shown = page.locator(".code.large")
    expect(shown).to_have_text(re.compile(r"[B-Z]{4}-[B-Z]{4}"))
    with server.app.app_context():
        approve_pairing(Cast().bluebells, shown.inner_text(), "Front door again", None)
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=20_000)
    somebody.has_sent_everything()
    assert signings(server) == 1


def test_refused_says_what_to_put_right(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = to_the_signature(page).draws().goes_on()
    page.route(
        "**/kiosk/signings/*",
        lambda route: route.fulfill(
            status=422, json={"errors": {"full_name": "Write the name with at least one letter."}}
        ),
    )
    somebody.press("Sign").is_asked("Not saved yet")
    expect(page.get_by_text("Write the name with at least one letter.")).to_be_visible()
    somebody.press("Put it right").is_asked("Tell us about you")
    expect(page.get_by_label("What is your full name?")).to_have_value(NAME)


def test_done_leaves_nothing_behind(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    to_the_signature(page).draws().goes_on().signs()
    page.get_by_role("button", name="Done").tap()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    left = page.evaluate(
        "() => document.documentElement.outerHTML + JSON.stringify([location.href,"
        " {...localStorage}, {...sessionStorage}])"
    )
    assert "Gwenllian" not in left
    page.go_back()
    assert "Gwenllian" not in page.content()


def test_nothing_is_asked_of_other_hosts(server: Server, paired: Callable[..., Page]) -> None:
    asked: list[str] = []
    page = paired()
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    to_the_signature(page).draws().goes_on().signs()
    assert asked
    assert [url for url in asked if not url.startswith((server.address, "data:"))] == []


def test_plain_http_elsewhere_refuses_to_pair(
    server: Server, open_page: Callable[..., Page]
) -> None:
    """Chromium trusts no such name, so it is the same as a tablet on an unguarded address."""
    page = open_page(TABLET)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))

    def serve(route: Route) -> None:
        local = route.request.url.replace("http://tablet.test", server.address)
        route.fulfill(response=route.fetch(url=local))

    page.route("http://tablet.test/**", serve)
    page.goto("http://tablet.test/kiosk/")
    AtTheTablet(page).is_asked("This address is not safe enough")
    assert "POST" not in asked
    page.unroute_all(behavior="wait")


def test_a_tap_before_the_script_is_there_is_remembered(
    paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired(TABLET, service_workers="block")
    AtTheTablet(page).is_asked("Bluebells")
    late = Held(page, "**/kiosk.js")
    page.reload(wait_until="commit")
    AtTheTablet(page).is_asked("Welcome")
    axe.check(page, loaded=False)
    page.get_by_role("link", name="Tap to begin").tap()
    late.go_on()
    AtTheTablet(page).is_asked("Who are you?")
    assert page.url.endswith("/kiosk/")
