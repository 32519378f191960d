"""The main job, end to end: set up, pair, sign with a finger, download, verify."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import clock
from models.events import check_history
from models.settings import all_settings
from records.days import long_date
from records.verdicts import verdict_on_file
from renewals.schedule import anniversary
from tests.browser.conftest import DESK, TABLET, Server
from tests.browser.ink import alike, ink_on_the_page, ink_on_the_sheet
from tests.browser.tablet import NAME, AtTheTablet
from tests.needs import needs

PASSWORD = "four random words here"


def set_up(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_label("What is its charity number?")).to_have_value("1072298")
    page.get_by_label("What is your setting called?").fill("Cylch Meithrin Bluebells")
    page.get_by_label("What is its Ofsted number").fill("EY123456")
    page.get_by_label("What is your e-mail address?").fill("sian@example.org")
    page.get_by_label("Which password do you want?").fill(PASSWORD)
    page.get_by_label("Yes, I am").check()
    page.get_by_role("button", name="Set up Fingerpost").click()
    expect(page).to_have_url(re.compile("/manager/$"))


def pair(desk: Page, tablet: Page, server: Server) -> None:
    tablet.goto(f"{server.address}/kiosk/")
    AtTheTablet(tablet).is_asked("Connect this tablet")
    shown = tablet.locator(".code.large")
    expect(shown).to_have_text(re.compile(r"[B-Z]{4}-[B-Z]{4}"))
    code = shown.inner_text().replace("-", "").strip()
    desk.goto(f"{server.address}/manager/tablets/approve?code={code}")
    desk.get_by_label("What do you call this tablet?").fill("Front door")
    desk.get_by_role("button", name="Connect this tablet").click()
    expect(tablet.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=15_000)


@needs("pdfsig", "pdftoppm", "pdftotext")
def test_the_whole_journey(
    empty_server: Server, setup_link: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    desk = open_page(DESK, accept_downloads=True)
    set_up(desk, setup_link)
    tablet = open_page(TABLET)
    pair(desk, tablet, empty_server)

    somebody = AtTheTablet(tablet).begins().is_new().starts_to_read().has_read()
    somebody.tells("I am related to a child or family here", "My niece starts in January.")
    somebody.draws()
    drawn = ink_on_the_sheet(tablet)
    somebody.goes_on().signs()
    due = anniversary(clock.today("Europe/London"))
    expect(tablet.get_by_text(long_date(due))).to_be_visible()
    code = tablet.locator(".code").inner_text().replace("\n", "")
    assert re.fullmatch(r"[0-9A-Z]{4}(.?[0-9A-Z]{4}){3}", code)

    desk.goto(f"{empty_server.address}/manager/people")
    desk.get_by_role("link", name=NAME).click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name=re.compile("Download")).first.click()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d_Gwenllian-Morfydd-Angharad-Llewellyn-Fairweather_[0-9A-Z-]{16,19}\.pdf",
        download.value.suggested_filename,
    )
    file = tmp_path / "record.pdf"
    download.value.save_as(file)

    with empty_server.app.app_context():
        verdict = verdict_on_file(file.read_bytes())
        assert verdict.genuine, verdict.sentences()
        assert check_history(all_settings()[0].id).faults == []
    says = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in says
    assert "Total document signed" in says
    assert alike(drawn, ink_on_the_page(file)) > 0.9

    desk.goto(f"{empty_server.address}/manager/declarations")
    desk.get_by_role("link", name=re.compile(NAME)).click()
    expect(desk.get_by_text("My niece starts in January.")).to_be_visible()


def test_the_commands_agree(
    empty_server: Server, setup_link: str, open_page: Callable[..., Page]
) -> None:
    desk, tablet = open_page(DESK), open_page(TABLET)
    set_up(desk, setup_link)
    pair(desk, tablet, empty_server)
    somebody = AtTheTablet(tablet).begins().is_new().starts_to_read().has_read()
    somebody.has_nothing_to_tell().draws().goes_on().signs()
    runner = empty_server.app.test_cli_runner()
    verified = runner.invoke(args=["records", "verify", "--all"])
    assert verified.exit_code == 0, verified.output
    history = runner.invoke(args=["history", "verify"])
    assert history.exit_code == 0, history.output
    assert "unbroken" in history.output


@pytest.mark.parametrize("wrong", ["/setup/never-given", "/setup/"])
def test_a_wrong_link_says_what_to_do(
    empty_server: Server, open_page: Callable[..., Page], wrong: str
) -> None:
    page = open_page(DESK)
    page.goto(empty_server.address + wrong)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
