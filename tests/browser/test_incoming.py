"""A manager brings a text in on a phone: choose, look it over, keep it as a draft."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from models.drafts import drafts_of
from tests.agreements.incoming.docs import docx, p, part, run, table
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, TABLET, Server
from tests.browser.test_desk import sign_in
from tests.cast import Cast

TITLE = "Polisi Camera Ysgol Feithrin Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
POLICY = docx(
    p(run(TITLE, "<w:b/>")),
    p("Staff must:"),
    p("ask first", numbered=(1, 0)),
    p("Where it says:"),
    p("Never use your own telephone ________."),
    table(
        ("Who", "Telephone"), ("Gwenllian Morfydd Angharad Llewellyn-Fairweather", "01234 567890")
    ),
    p("I have read this policy and agree to follow it."),
    p("Name: ______ Signed: ______"),
    header1=part("hdr", p("Bluebells Pre-school")),
)


def opens_the_form(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/manager/agreements")
    page.get_by_role("link", name="Bring in a text").click()


def chooses(page: Page, data: bytes) -> None:
    file = {"name": "polisi.docx", "mimeType": WORD, "buffer": data}
    page.get_by_label("Which file holds the text?").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read it").click()


@pytest.mark.parametrize("shape", [PHONE, TABLET, DESK], ids=["phone", "tablet", "wide"])
def test_from_a_file_to_a_draft(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object]
) -> None:
    page = open_page(shape, color_scheme="dark" if shape is TABLET else "light")
    sign_in(page, server)
    opens_the_form(page, server)
    axe.check(page)
    chooses(page, POLICY[:300])
    expect(page.get_by_role("alert")).to_contain_text("This file is damaged")
    axe.check(page)
    chooses(page, POLICY)
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(page.get_by_text("No word is lost")).to_be_visible()
    expect(page.get_by_role("region", name="What came in")).to_contain_text("Bluebells Pre-school")
    page.get_by_text("The closing lines of your text").click()
    # The bar at a phone's foot covers what happens to be scrolled under it.
    page.evaluate("() => scrollTo(0, 0)")
    axe.check(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
    assert not wide, "the page scrolls sideways"
    page.get_by_label("Where it says:").uncheck()
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_text(f"“{TITLE}” is kept as a draft.")).to_be_visible()
    with server.app.app_context():
        [draft] = drafts_of(Cast().bluebells.id)
        assert "\n## Staff must:\n\n- ask first\n\nWhere it says:\n\nNever" in draft.text
        assert set(draft.wordings.values()) == {"I have read this policy and agree to follow it."}


def test_it_needs_no_script(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, server)
    opens_the_form(page, server)
    page.get_by_label("Or paste the text here").fill("Ask first.")
    page.get_by_label("What is it called? (optional)").fill("Cameras")
    page.get_by_role("button", name="Read it").tap()
    page.get_by_role("button", name="Use this text").tap()
    expect(page.get_by_text("“Cameras” is kept as a draft.")).to_be_visible()
