"""When the tablet sends what waits, and what it says of itself."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

import clock
from extensions import db
from models.signings import Signing
from tests.browser.conftest import Server
from tests.browser.offline import WORKER_IS_READY
from tests.browser.tablet import AtTheTablet

# The postman's own timer never comes by itself; the test calls it.
NO_TIMER = """const real = setInterval;
setInterval = (act, ms) => ms === 15000 ? (globalThis.timer = act, 0) : real(act, ms);
"""
OCCASIONS = {
    "online": "() => dispatchEvent(new Event('online'))",
    "seen again": "() => document.dispatchEvent(new Event('visibilitychange'))",
    "the timer": "() => globalThis.timer()",
    "a start": "() => location.reload()",
}


def keeps_one(page: Page) -> None:
    """Somebody signs while no signing reaches the server, and the page still thanks them."""
    page.route("**/kiosk/signings/*", lambda route: route.abort())
    AtTheTablet(page).signs_by_typing().is_asked("Kept safely")
    page.unroute("**/kiosk/signings/*")


def signings(server: Server) -> int:
    """How many signings the server has."""
    with server.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Signing)) or 0


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_each_occasion_sends_what_waits(
    server: Server, paired: Callable[..., Page], occasion: str
) -> None:
    page = paired()
    page.add_init_script(NO_TIMER)
    page.reload()
    keeps_one(page)
    assert signings(server) == 0
    if occasion != "a start":
        # The thanks clear themselves, and with a fresh bundle the page sends what waits anyway.
        page.route("**/kiosk/bundle", lambda route: route.abort())
    with page.expect_response("**/kiosk/signings/*", timeout=30_000) as sent:
        page.evaluate(OCCASIONS[occasion])
    assert sent.value.status == 201
    assert signings(server) == 1


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        (0, "Right"),
        (-10, r"(59[7-9]|60[0-3]) seconds fast"),
        (10, r"(59[7-9]|60[0-3]) seconds slow"),
    ],
)
def test_about_this_tablet_says_how_it_is(
    paired: Callable[..., Page], minutes: int, says: str
) -> None:
    """The server's clock stands ten minutes before or after the tablet's, or agrees with it."""
    page = paired()
    page.evaluate(WORKER_IS_READY)

    def told(route: Route) -> None:
        answer = route.fetch()
        date = format_datetime(clock.now() + timedelta(minutes=minutes), usegmt=True)
        route.fulfill(response=answer, headers=answer.headers | {"date": date})

    page.route("**/kiosk/bundle", told)
    AtTheTablet(page).press("About this tablet").is_asked("About this tablet")
    answers = page.locator("dl.answers > div")
    for name, answer in {
        "Safe address": "Yes",
        "Starts without Wi-Fi": "Yes",
        "Storage is kept for good": "Yes|No",
        "Opened as": "A page in the browser",
        "This tablet’s clock": says,
        "Waiting to be sent": "0",
        "Edition": "[0-9a-f]{12}",
    }.items():
        expect(answers.filter(has_text=name).locator("strong")).to_have_text(re.compile(answer))
