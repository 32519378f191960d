"""People at the desk: chased, found while typing, brought in from a file, joined and listed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import clock
from people.adding import add
from people.particulars import Particulars
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.test_desk import sign_in, somebody_signs
from tests.browser.test_keeping import scrolls_sideways
from tests.cast import Cast
from tests.people.importing import lists

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Fairweather-Llewellyn"
SHAPES = pytest.mark.parametrize("shape", [DESK, PHONE], ids=["wide", "phone"])

Open = Callable[..., Page]


def brings(server: Server, *told: Particulars) -> None:
    with server.app.app_context():
        cast = Cast()
        for one in told:
            add(cast.bluebells.id, cast.alice.id, one, clock.today("Europe/London"))


@SHAPES
def test_somebody_is_chased(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape)
    sign_in(page, server)
    page.get_by_role("link", name="Siân Llewellyn").click()
    expect(page.get_by_role("heading", name="Siân Llewellyn")).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name="Reminded in person").click()
    expect(page.get_by_text("Noted: you reminded Siân Llewellyn today.")).to_be_visible()
    expect(page.get_by_text("Reminded today")).to_be_visible()
    expect(page.get_by_text("Was reminded in person.")).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)


@SHAPES
def test_people_are_found_while_a_name_is_typed(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object]
) -> None:
    brings(server, Particulars("Ann Abel", "parent_helper"), Particulars(LONG, "visitor"))
    page = open_page(shape, color_scheme="dark")
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people")
    expect(page.get_by_role("status")).to_have_text("3 people")
    box = page.get_by_label("Whom are you looking for?")
    box.press_sequentially("lewel")
    expect(page.get_by_role("status")).to_have_text("2 matches")
    expect(page.get_by_role("link", name="Ann Abel")).to_be_hidden()
    axe.check(page)
    box.fill("xavier")
    expect(page.get_by_role("status")).to_have_text("No matches")
    expect(page.get_by_role("link", name="add them")).to_be_visible()
    axe.check(page)
    box.fill("")
    expect(page.get_by_role("status")).to_have_text("3 people")
    expect(page.get_by_role("link", name="Ann Abel")).to_be_visible()
    assert page.url == f"{server.address}/manager/people", "what is typed is in no address"
    page.get_by_text("Show only some").click()
    page.get_by_label("Here as").select_option("Parent helper")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("1 person")
    axe.check(page)
    assert not scrolls_sideways(page)


def test_a_search_works_without_scripts(server: Server, open_page: Open) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people")
    page.get_by_label("Whom are you looking for?").fill("lewelyn")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Siân Llewellyn")).to_be_visible()


@SHAPES
def test_one_is_added_after_the_other(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people/new")
    name = page.get_by_label("What is their full name?")
    expect(name).to_be_focused()
    page.keyboard.type("Rhiannon Bevan")
    page.get_by_label("What are they here as?").select_option("Parent helper")
    page.get_by_role("button", name="Add, then another").click()
    expect(page.get_by_text("Rhiannon Bevan is on the list.")).to_be_visible()
    expect(name).to_be_focused()
    page.keyboard.type("siân llewellyn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Same person?", exact=True)).to_be_visible()
    axe.check(page)
    page.get_by_label("No, this is somebody else with the same name").check()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_text("Is this person on the list twice?")).to_be_visible()
    axe.check(page)


@SHAPES
def test_a_list_is_brought_in(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object], tmp_path: Path
) -> None:
    rows = [*lists.ROWS, ["Sian Lewelyn", "Nursery Nurse"], [LONG, "Parent", "", "nobody"]]
    file = tmp_path / "people.xlsx"
    file.write_bytes(lists.workbook(rows))
    page = open_page(shape, color_scheme="dark")
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people")
    page.get_by_role("link", name="Bring in a list").click()
    axe.check(page)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file, or paste the rows below.")
    page.get_by_label("Which file holds the list?").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("3 new", exact=True)).to_be_visible()
    expect(page.get_by_text("2 cannot be added")).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.get_by_label("“Nursery Nurse”").select_option("Employee")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("1 cannot be added")).to_be_visible()
    expect(page.get_by_label("Row 5: Sian Lewelyn, like Siân Llewellyn")).not_to_be_checked()
    page.get_by_role("button", name="Add 3 new people").click()
    expect(page.get_by_text("Nobody was added: mend them")).to_be_visible()
    page.get_by_label("Leave out the rows that cannot be added").check()
    axe.check(page)
    page.get_by_role("button", name="Add 3 new people").click()
    expect(page.get_by_text("3 people are on the list now.")).to_be_visible()
    expect(page.get_by_role("link", name="Tomos Bevan")).to_be_visible()
    expect(page.get_by_text("4 people", exact=True)).to_be_visible()


@SHAPES
def test_two_entries_become_one(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object]
) -> None:
    somebody_signs(server)
    brings(server, Particulars("Gwenllian Morfydd Llewelyn-Fairweather", "employee"))
    page = open_page(shape)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people")
    page.get_by_role("link", name="Is anybody on the list twice?").click()
    axe.check(page)
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name="Same person?")).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Yes, they are one person").click()
    expect(page.get_by_text("They are one person now")).to_be_visible()
    expect(page.get_by_text("Also was here as")).to_be_visible()
    axe.check(page)
    page.get_by_role("link", name="Change what is on file").click()
    axe.check(page)
    page.get_by_label("What is their full name?").fill(LONG)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    axe.check(page)
    page.get_by_role("link", name="Is this person on the list under another name, too?").click()
    axe.check(page)
    assert not scrolls_sideways(page)


@SHAPES
def test_an_agency_gets_its_own_list(
    server: Server, open_page: Open, axe: Axe, shape: dict[str, object]
) -> None:
    brings(server, Particulars(LONG, "agency_worker", "Bright Staff"))
    page = open_page(shape, color_scheme="dark")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, server)
    page.goto(f"{server.address}/manager/organisations")
    axe.check(page)
    page.get_by_role("link", name="Bright Staff").click()
    axe.check(page)
    page.get_by_role("button", name="Copy the list").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert LONG in page.evaluate("() => navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the list (CSV)").click()
    assert LONG in Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("link", name="Change the name or the contact").click()
    page.get_by_label("What is it called?").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter its name.")
    axe.check(page)
    assert not scrolls_sideways(page)
