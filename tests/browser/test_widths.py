"""No page of the desk is wider than its screen, and an upright tablet wastes none of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import clock
from models.base import new_id
from people.adding import add
from people.particulars import Particulars
from records.pausing import pause
from records.signing import sign
from tests.browser.conftest import PHONE, TABLET, Server
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import PAGES, sign_in
from tests.cast import Cast, signing_body

Open = Callable[..., Page]
# One word that is longer than a phone is wide, for somebody and for whoever sends them.
WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
WIDTHS = (320, 390, 600, 640, 768, 800, 1023, 1024, 1280)


def somebody_with_a_long_name(server: Server) -> list[str]:
    """They sign, and wait for a talk; gives the addresses of their pages."""
    with server.app.app_context():
        cast, wish = Cast(), new_id()
        told = Particulars(f"{WORD} Jones", "agency_worker", organisation=f"{WORD} Staffing")
        person = add(cast.bluebells.id, cast.alice.id, told, clock.today("Europe/London"))
        person_id = str(person.id)
        theirs: dict[str, Any] = {"person_id": person_id, "person": None}
        sign(cast.tablet, new_id(), signing_body(cast.version.id) | theirs, clock.now(), None)
        pause(cast.tablet, wish, {"kind": "talk_first", "person_id": person_id})
    return [f"/manager/people/{person_id}", f"/manager/pauses/{wish}"]


def test_no_page_is_wider_than_its_screen(
    server: Server, open_page: Open, quick_press: None
) -> None:
    pages = [*PAGES, *somebody_with_a_long_name(server)]
    page = open_page(PHONE)
    sign_in(page, server)
    for path in pages:
        page.goto(server.address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide on {width}"


def test_an_upright_tablet_shows_every_place_and_lists_in_rows(
    server: Server, open_page: Open, quick_press: None
) -> None:
    somebody_with_a_long_name(server)
    page = open_page(TABLET)
    sign_in(page, server)
    places = page.get_by_role("navigation", name="Desk")
    for place in ("Today", "Reminders", "Agreements", "Settings"):
        expect(places.get_by_role("link", name=place)).to_be_visible()
    expect(places.get_by_role("button", name="More")).to_be_hidden()
    page.goto(f"{server.address}/manager/people")
    row = page.get_by_role("row").filter(has_text="Siân Llewellyn")
    tops = row.locator("th, td").evaluate_all("cells => cells.map(c => c.offsetTop)")
    assert len(set(tops)) == 1, "the list stands in cards"


def test_a_phone_says_where_one_is_when_the_place_is_folded_away(
    server: Server, open_page: Open
) -> None:
    page = open_page(PHONE)
    sign_in(page, server)
    weight = "element => getComputedStyle(element).fontWeight"
    more = page.get_by_role("button", name="More")
    assert more.evaluate(weight) == "400"
    page.goto(f"{server.address}/manager/settings")
    assert more.evaluate(weight) == "700"


def test_a_card_keeps_each_cell_beside_its_label(
    server: Server, open_page: Open, quick_press: None
) -> None:
    """A cell may hold words and a day: all of it stands right of the label."""
    somebody_with_a_long_name(server)
    page = open_page(PHONE)
    sign_in(page, server)
    page.get_by_role("button", name="Reminded in person").first.click()
    page.goto(f"{server.address}/manager/reminders/history")
    how = page.get_by_role("cell").filter(has_text="In person, for").first
    left, day = how.bounding_box(), how.locator("time").bounding_box()
    assert left is not None
    assert day is not None
    assert day["x"] >= left["x"] + 100, "the day stands below the label"


@pytest.mark.parametrize("shape", [TABLET, PHONE], ids=["tablet", "phone"])
def test_no_step_of_the_tablet_is_wider_than_its_screen(
    server: Server, paired: Callable[..., Page], shape: dict[str, Any]
) -> None:
    """A name of one word that is wider than the screen breaks, and pushes no button away."""
    page, name = paired(shape), f"{WORD} ap {WORD[:30]}"
    somebody = AtTheTablet(page)

    def fits() -> None:
        wide, room = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, page.title()

    somebody.begins().is_new(name)
    for goes_on in (somebody.starts_to_read, somebody.has_read, somebody.has_nothing_to_tell):
        goes_on()
        fits()
    page.get_by_label("Type my name").check()
    page.get_by_label("Type your full name to sign").fill(name)
    somebody.goes_on()
    fits()
    somebody.signs()
    fits()
