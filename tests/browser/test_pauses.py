"""Reading at the break and talking first, from the tablet to the desk and back."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from extensions import db
from models.pauses import Pause
from tests.browser.axe import Axe
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, Server
from tests.browser.tablet import NAME, AtTheTablet

LATER = "Sign in now, read at my break"
TALK = "I’d like to talk first"


def pauses(server: Server) -> list[Pause]:
    with server.app.app_context():
        return list(db.session.scalars(sa.select(Pause).order_by(Pause.id)))


def is_sian(page: Page) -> AtTheTablet:
    return AtTheTablet(page).begins().finds_their_name("sian", "Siân L")


@pytest.mark.parametrize("shape", [TABLET, LANDSCAPE, PHONE], ids=["portrait", "wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reads_at_the_break_and_comes_back(
    server: Server, paired: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = paired(shape, color_scheme=scheme)
    somebody = is_sian(page).is_asked("One agreement to read and sign")
    axe.check(page)
    somebody.press(LATER).is_asked("That’s fine")
    expect(page.get_by_text("The manager knows that you read at your break.")).to_be_visible()
    axe.check(page)
    (kept,) = pauses(server)
    assert (kept.kind, kept.ended_at) == ("read_later", None)
    somebody.press("Done").is_asked("Bluebells")
    is_sian(page)
    expect(page.get_by_text("You wanted to read at your break.")).to_be_visible()
    axe.check(page)
    somebody.starts_to_read().has_read().has_nothing_to_tell().draws().goes_on().signs()
    assert pauses(server)[0].ended_at


def test_talks_first_out_of_the_middle_of_the_text(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    axe.check(page)
    somebody.press(TALK).is_asked("That’s fine")
    expect(page.get_by_text("We have told the manager")).to_be_visible()
    assert [kept.kind for kept in pauses(server)] == ["talk_first"]
    somebody.press("Done").begins().finds_their_name("gwen", "Gwenllian L")
    expect(page.get_by_text("You wanted to talk first.")).to_be_visible()


def test_without_wifi_it_says_so_and_sends_nothing(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = is_sian(page)
    page.route("**/kiosk/pauses/*", lambda route: route.abort())
    somebody.press(TALK).is_asked("Please tell the manager")
    expect(page.get_by_text("nobody has been told")).to_be_visible()
    axe.check(page)
    assert somebody.letters_left() == 0
    page.unroute("**/kiosk/pauses/*")
    somebody.press("Try again").is_asked("That’s fine")
    assert len(pauses(server)) == 1


def test_a_lost_answer_asks_for_the_same_thing_again(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = is_sian(page)

    def lose_the_answer(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/kiosk/pauses/*", lose_the_answer)
    somebody.press(LATER).is_asked("Please tell the manager")
    page.unroute("**/kiosk/pauses/*")
    somebody.press("Try again").is_asked("That’s fine")
    assert len(pauses(server)) == 1


def test_a_name_that_cannot_stand_is_put_right(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = AtTheTablet(page).begins().is_new("Wrong Name")
    somebody.is_refused("pauses", {"full_name": "Write the name with at least one letter."})
    somebody.press(LATER).is_asked("Not told yet")
    axe.check(page)
    somebody.press("Put it right").is_asked("Tell us about you")
    name = page.get_by_label("What is your full name?")
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill(NAME)
    somebody.press("Go on").press(LATER).is_asked("That’s fine")


def test_who_is_up_to_date_is_asked_nothing(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = is_sian(page).starts_to_read().has_read().has_nothing_to_tell().draws().goes_on()
    somebody.signs().press("Done")
    is_sian(page).is_asked("You are up to date")
    expect(page.get_by_role("button", name=LATER)).to_be_hidden()
    expect(page.get_by_role("button", name=TALK)).to_be_hidden()


# The presses of somebody who is up to date; Done is not one, for the page clears itself.
def test_returning_and_current_is_two_taps(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = is_sian(page).starts_to_read().has_read().has_nothing_to_tell().draws().goes_on()
    somebody.signs().press("Done").begins()
    page.get_by_label("Type your name").fill("sian")
    found = page.get_by_role("button", name=re.compile("Siân L"))
    expect(found).to_be_visible()
    page.evaluate(
        "() => { window.taps = 0; addEventListener('click', () => window.taps++, true); }"
    )
    found.tap()
    somebody.press("Yes, that’s me").is_asked("You are up to date")
    expect(page.get_by_text("Up to date").first).to_be_visible()
    assert page.evaluate("window.taps") == 2


QUEUE = [
    "Aled Prydderch", "Branwen Gittins", "Catrin Hopcyn", "Dylan Wogan",
    "Eluned Vaughan", "Ffion Meredith", "Gethin Bevan", "Heledd Cadwaladr",
]  # fmt: skip
EVERYTHING = """() => document.documentElement.outerHTML + location.href
  + [...document.querySelectorAll('input, textarea, select')].map(e => e.value).join()"""


def test_a_queue_at_five_to_nine(server: Server, paired: Callable[..., Page]) -> None:
    """Eight people one after another; nobody sees a word of those before them."""
    page = paired()
    ways = ["signs", LATER, TALK, "signs"] * 2
    for place, (name, way) in enumerate(zip(QUEUE, ways, strict=True)):
        somebody = AtTheTablet(page)
        if way == "signs":
            somebody.signs_by_typing(name).sees_saved()
        else:
            somebody.begins().is_new(name).press(way).is_asked("That’s fine")
        somebody.press("Done").is_asked("Bluebells")
        somebody.begins()
        left = page.evaluate(EVERYTHING)
        assert [
            word for known in QUEUE[: place + 1] for word in known.split() if word in left
        ] == []
        page.reload()
        somebody.is_asked("Bluebells")
    assert len(pauses(server)) == 4
