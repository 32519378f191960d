"""Finding records, ticking them and taking them away; the first page, well and worried."""

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Download, Page, Route, expect

import clock
from extensions import db
from models.base import new_id
from models.checks import Check
from models.outbox import OutboxItem
from models.writing import writing
from records.signing import sign
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.test_desk import sign_in
from tests.browser.test_keeping import scrolls_sideways
from tests.cast import Cast, signing_body

WELSH = "Gwenllian Morfydd Angharad Llewellyn-Fairweather o Lanfairpwllgwyngyllgogerychwyrndrobwll"
LOOKS = [
    pytest.param(shape, scheme, id=f"{name}-{scheme}")
    for name, shape in (("wide", DESK), ("phone", PHONE))
    for scheme in ("light", "dark")
]


def people_sign(server: Server, *names: str, **person: object) -> list[str]:
    """Their codes, in the order in which they signed."""
    codes = []
    with server.app.app_context():
        cast = Cast()
        for name in names:
            body = signing_body(cast.version.id)
            body["person"] |= {"full_name": name} | person
            codes.append(sign(cast.tablet, new_id(), body, clock.now(), None).code)
    return codes


def worried(server: Server) -> None:
    """Everything that can go wrong, at once."""
    with server.app.app_context(), writing():
        cast, long_ago = Cast(), clock.now() - timedelta(days=12)
        cast.tablet.last_seen_at, cast.tablet.holding = long_ago, 2
        own: dict[str, Any] = {"setting_id": cast.bluebells.id}
        fault = {"payload": {}, "last_fault": "It cannot be reached."}
        for kind in ("archive", "reminder"):
            db.session.add(OutboxItem(**own, kind=kind, about=kind, attempts=3, **fault))
        counted = {"records": 1, "seals": 1, "events": 1, "sequence": 1, "turn": 1, "wrong": 1}
        faults = ["The record 7GHK is not as it was sealed."]
        db.session.add(Check(**own, **counted, day=clock.today("Europe/London"), faults=faults))


@pytest.mark.parametrize("state", ["full", "worried"])
@pytest.mark.parametrize(("shape", "scheme"), LOOKS)
def test_the_first_page(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object],
    scheme: str, state: str,
) -> None:  # fmt: skip
    people_sign(server, WELSH, "Priya Raman")
    if state == "worried":
        worried(server)
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, server)
    expect(page.get_by_role("img", name="Who is up to date, by category")).to_be_visible()
    expect(page.get_by_text("has no second copy yet")).to_have_count(int(state == "worried"))
    page.get_by_text("The same as a table").click()
    axe.check(page)
    assert not scrolls_sideways(page)


def test_one_tap_and_somebody_is_reminded(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    sign_in(page, server)
    page.get_by_role("button", name=re.compile("Reminded in person.*Siân")).tap()
    expect(page.get_by_text("Noted: you reminded Siân Llewellyn today.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def test_records_are_found_ticked_and_taken_away(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    codes = people_sign(server, WELSH, "Priya Raman", "Priya Rao", "Tomos Jones")
    page = open_page(PHONE, color_scheme="dark")
    sign_in(page, server)
    page.goto(f"{server.address}/manager/records")
    page.get_by_text("Find some of them").click()
    page.get_by_label("From which day?").fill("2027-01-02")
    page.get_by_label("To which day?").fill("2027-01-01")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe.check(page)
    page.get_by_label("From which day?").fill("")
    page.get_by_label("To which day?").fill("")
    page.get_by_label("Whose records?").fill("Priya")
    page.get_by_label("How?").select_option("Drawn with a finger")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whose records?")
    axe.check(page)
    page.get_by_role("link", name="Priya Rao").click()
    expect(page.get_by_role("status")).to_contain_text("1 record: Priya Rao, Drawn with a finger.")
    assert "Priya" not in page.url
    axe.check(page)
    page.get_by_role("link", name="Show all records").click()
    for name in ("Gwenllian", "Tomos"):
        page.get_by_role("checkbox", name=f"Tick the record of {name}").tap()
    axe.check(page)
    assert not scrolls_sideways(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 2 ticked records").tap()
    assert_holds(download.value, {codes[0], codes[3]})
    expect(page.get_by_text(re.compile(r"Saved: \d"))).to_be_visible()
    axe.check(page)


def test_all_can_be_ticked_at_once(server: Server, open_page: Callable[..., Page]) -> None:
    people_sign(server, "Priya Raman", "Priya Rao")
    page = open_page(DESK)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/records")
    page.get_by_role("button", name="Tick all on this page").click()
    expect(page.get_by_role("button", name="Download 2 ticked records")).to_be_visible()
    page.get_by_role("button", name="Tick none").click()
    expect(page.get_by_role("button", name="Download the ticked records")).to_be_visible()


def test_without_scripts_the_form_does_it(server: Server, open_page: Callable[..., Page]) -> None:
    codes = people_sign(server, "Priya Raman", "Priya Rao")
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/records")
    page.get_by_role("checkbox", name="Tick the record of Priya Rao").tap()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the ticked records").tap()
    assert_holds(download.value, {codes[1]})


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    codes = people_sign(server, "Priya Raman")
    page = open_page(PHONE)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/records")
    page.get_by_text("Download the one record").click()
    held: list[Route] = []
    page.route("**/manager/records.zip", lambda route: held.append(route))
    page.get_by_role("link", name="Download the ZIP file").tap()
    expect(page.get_by_role("progressbar", name="How much is downloaded")).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name="Cancel").tap()
    expect(page.get_by_text("The download was cancelled. Nothing was kept.")).to_be_visible()
    page.unroute("**/manager/records.zip")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the ZIP file").tap()
    assert_holds(download.value, {codes[0]})


@pytest.mark.parametrize(("shape", "scheme"), LOOKS)
def test_the_register(
    server: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    people_sign(server, WELSH, category="agency_worker", organisation="Bright Staff Ltd")
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/register")
    page.get_by_text("Download the register").click()
    axe.check(page)
    assert not scrolls_sideways(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="For Excel (XLSX)").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("path", ["/manager/records", "/manager/people", "/manager/register"])
def test_lists_print_dark_on_white_and_without_the_desk(
    server: Server, open_page: Callable[..., Page], path: str
) -> None:
    people_sign(server, WELSH)
    page = open_page(DESK, color_scheme="dark")
    sign_in(page, server)
    page.goto(server.address + path)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("rowheader").first).to_be_visible()
    for gone in (page.get_by_role("navigation", name="Desk"), page.get_by_role("checkbox")):
        expect(gone.first).to_be_hidden()
    ink = page.evaluate("() => getComputedStyle(document.querySelector('tbody th')).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 90


def assert_holds(download: Download, codes: set[str]) -> None:
    """The ZIP that was saved is sound and holds the records with these codes, and no other."""
    with zipfile.ZipFile(download.path()) as file:
        assert file.testzip() is None
        names = [name for name in file.namelist() if name.startswith("records/")]
    assert {name.removesuffix(".pdf").split("_")[-1] for name in names} == codes
