"""What somebody does at the tablet, in sentences."""

import math
import re
import time
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page, Route, expect

NAME = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"

LETTERS_LEFT = """() => new Promise(done => {
  const opening = indexedDB.open('fingerpost', 1);
  opening.onsuccess = () => {
    const count = opening.result.transaction('outbox').objectStore('outbox').count();
    count.onsuccess = () => { opening.result.close(); done(count.result); };
  };
})"""


@dataclass
class AtTheTablet:
    """A person in front of a tablet; buttons and questions are found by their words."""

    page: Page

    def is_asked(self, question: str | re.Pattern[str]) -> "AtTheTablet":
        """The page's heading is this question."""
        expect(self.page.get_by_role("heading", level=1, name=question)).to_be_visible()
        return self

    def press(self, words: str) -> "AtTheTablet":
        """Tap a button."""
        self.page.get_by_role("button", name=words, exact=True).tap()
        return self

    def begins(self) -> "AtTheTablet":
        """From the welcome page to the first question."""
        self.page.get_by_role("button", name="Tap to begin").tap()
        return self.is_asked("Who are you?")

    def is_new(self, name: str = NAME, category: str = "Parent helper") -> "AtTheTablet":
        """Say who they are, as somebody nobody knows yet."""
        self.press("I’m new here").is_asked("Tell us about you")
        self.page.get_by_label("What is your full name?").fill(name)
        self.page.get_by_label(category, exact=True).check()
        return self.press("Go on")

    def finds_their_name(self, typed: str, label: str) -> "AtTheTablet":
        """Type some letters and choose the match."""
        self.page.get_by_label("Type your name").fill(typed)
        self.page.get_by_role("button", name=re.compile(label)).tap()
        self.is_asked("Is this you?")
        return self.press("Yes, that’s me")

    def starts_to_read(self) -> "AtTheTablet":
        """From where they stand to the text."""
        self.press("Start reading")
        return self.is_asked(re.compile("Please read"))

    def has_read(self) -> "AtTheTablet":
        """Say so."""
        self.press("I have read it, or it was read to me")
        return self.is_asked("Is there anything to tell the safeguarding lead?")

    def has_nothing_to_tell(self) -> "AtTheTablet":
        """Answer so."""
        self.page.get_by_label("Nothing to declare").check()
        return self.press("Go on").is_asked("Sign your name")

    def tells(self, what: str, note: str) -> "AtTheTablet":
        """Tell the safeguarding lead something."""
        self.page.get_by_label(what).check()
        self.page.get_by_label("What would you like to say?").fill(note)
        return self.press("Go on").is_asked("Sign your name")

    def draws(self, strokes: int = 3) -> "AtTheTablet":
        """Draw with a finger: real touches, in real time."""
        sheet = self.page.locator("canvas").first
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        assert box is not None
        touch = self.page.context.new_cdp_session(self.page)
        for stroke in range(strokes):
            points = list(loops(box, stroke, strokes))
            _touch(touch, "touchStart", points[0])
            for point in points[1:]:
                _touch(touch, "touchMove", point)
                self.page.wait_for_timeout(12)
            touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        touch.detach()
        return self

    def has_a_witness(self, name: str, category: str = "Employee") -> "AtTheTablet":
        """Say who saw the mark being made."""
        self.page.get_by_label("Who saw you make your mark?").fill(name)
        self.page.get_by_label("What are they here as?").select_option(category)
        return self

    def goes_on(self) -> "AtTheTablet":
        """From the signature to the check."""
        return self.press("Go on").is_asked("Check and sign")

    def signs(self) -> "AtTheTablet":
        """Press Sign and wait for the server's word."""
        return self.press("Sign").sees_saved()

    def sees_saved(self) -> "AtTheTablet":
        """The server has it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Saved", timeout=30_000)
        return self

    def signs_by_typing(self, name: str = NAME) -> "AtTheTablet":
        """The whole way, by the quickest of the equal ways, up to the press on Sign."""
        self.begins().is_new(name).starts_to_read().has_read().has_nothing_to_tell()
        self.page.get_by_label("Type my name").check()
        self.page.get_by_label("Type your full name to sign").fill(name)
        return self.goes_on().press("Sign")

    def has_wifi_again(self) -> "AtTheTablet":
        """What a browser says when the network is back."""
        self.page.evaluate("() => { dispatchEvent(new Event('online')); }")
        return self

    def is_refused(self, path: str, errors: dict[str, str]) -> "AtTheTablet":
        """The server will not take the next one, and says why at its fields."""
        refuse = partial(_refuse, errors)
        self.page.route(f"**/kiosk/{path}/*", refuse, times=1)
        return self

    def letters_left(self) -> int:
        """How many sealed signings the tablet still keeps."""
        return int(self.page.evaluate(LETTERS_LEFT))

    def has_sent_everything(self) -> "AtTheTablet":
        """Nothing is kept any more, and the resting page says nothing of it."""
        until = time.monotonic() + 40
        while self.letters_left():
            assert time.monotonic() < until, "something was never sent"
            self.page.wait_for_timeout(200)
        expect(self.page.get_by_role("button", name="About this tablet")).to_be_visible()
        return self


def _refuse(errors: dict[str, str], route: Route) -> None:
    route.fulfill(status=422, json={"errors": errors})


def loops(box: dict[str, float], stroke: int, strokes: int) -> list[tuple[float, float]]:
    """The path of one stroke: loops from left to right across its share of the sheet."""
    share = box["width"] * 0.8 / strokes
    left = box["x"] + box["width"] * 0.1 + stroke * share
    middle, tall = box["y"] + box["height"] * 0.5, box["height"] * 0.22
    return [
        (
            left + share * 0.8 * i / 30 + tall * 0.4 * math.cos(i / 2.2),
            middle + tall * math.sin(i / 2.2 + stroke),
        )
        for i in range(30)
    ]


def _touch(session: object, kind: str, point: tuple[float, float]) -> None:
    session.send(  # type: ignore[attr-defined]
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": point[0], "y": point[1]}]},
    )
