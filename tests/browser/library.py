"""What a manager does in the library, in sentences."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from app import HANDLERS
from outbox.worker import Worker
from tests.browser.conftest import Server


@dataclass
class InTheLibrary:
    """A manager at the desk; the worker of the installation does one thing when told to."""

    page: Page
    server: Server

    def opens(self, title: str) -> "InTheLibrary":
        """An agreement, from the list."""
        self.page.goto(f"{self.server.address}/manager/agreements")
        self.page.get_by_role("link", name=title, exact=True).click()
        return self

    def begins_the_next_version(self) -> "InTheLibrary":
        """From the version's page."""
        self.page.get_by_role("button", name="Begin the next version").click()
        expect(self.page.get_by_label("What is the text?")).to_be_visible()
        return self

    def adds(self, words: str) -> "InTheLibrary":
        """Write some more at the end of the text."""
        box = self.page.get_by_label("What is the text?")
        box.fill(f"{box.input_value()}\n\n{words}")
        return self

    def decides(self, kind: str, reason: str) -> "InTheLibrary":
        """Go on to publish, and say what changed."""
        self.page.get_by_role("button", name="Save, and go on to publish").click()
        self.page.get_by_label(kind).check()
        self.page.get_by_label("Why was it changed?").fill(reason)
        self.page.get_by_role("button", name="See who must sign").click()
        return self

    def publishes(self, number: int) -> "InTheLibrary":
        """Press the button, and wait until the page opens the version by itself."""
        self.page.get_by_role("button", name=f"Publish version {number}").click()
        expect(self.page.get_by_text("It is waiting for its turn")).to_be_visible()
        worker = Worker(self.server.app, HANDLERS)
        while worker.one():
            pass
        expect(self.page.get_by_text("Published. The tablet shows it from now on.")).to_be_visible()
        return self
