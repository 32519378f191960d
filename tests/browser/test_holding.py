"""What a tablet keeps shows at the desk, until it has handed it over."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Server
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import sign_in


def test_signatures_that_wait_show_at_the_desk(
    server: Server, paired: Callable[..., Page], open_page: Callable[..., Page]
) -> None:
    tablet, desk = paired(), open_page(PHONE)
    sign_in(desk, server)
    kept = desk.get_by_text("keeps 1 signature that is not here yet")

    def busy(route: Route) -> None:
        route.fulfill(status=503, headers={"Retry-After": "1"}, json={"error": "Busy."})

    tablet.route("**/kiosk/signings/*", busy)
    somebody = AtTheTablet(tablet).begins().is_new().starts_to_read().has_read()
    somebody.has_nothing_to_tell().draws().goes_on().press("Sign").is_asked("Kept safely")
    with tablet.expect_response("**/kiosk/bundle"):
        somebody.press("Done")
    desk.reload()
    expect(kept).to_be_visible()
    tablet.unroute("**/kiosk/signings/*")
    with tablet.expect_response("**/kiosk/bundle"):
        tablet.evaluate("() => dispatchEvent(new Event('online'))")
    desk.reload()
    expect(kept).to_be_hidden()
