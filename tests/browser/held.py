"""Requests that wait until a test lets them go, as on a line that is slow."""

import time

from playwright.sync_api import Page, Route

PATIENCE_SECONDS = 30


class Held:
    """Whatever a page asks for at these addresses from now on."""

    def __init__(self, page: Page, addresses: str) -> None:
        self.page = page
        self.waiting: list[Route] = []
        page.route(addresses, lambda route: self.waiting.append(route))

    def go_on(self) -> None:
        """Let them go, once the page has asked: it may do so a moment after it is shown."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.waiting:
            assert time.monotonic() < until, "nothing was asked for"
            self.page.wait_for_timeout(20)
        for route in self.waiting:
            route.continue_()
        self.waiting.clear()
