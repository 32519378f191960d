"""A manager files a signature from paper on her phone, in the evening after the trip."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from models.writing import writing
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.test_desk import sign_in
from tests.browser.test_keeping import scrolls_sideways
from tests.cast import Cast
from tests.records.photos import ON_ITS_SIDE, photograph

WELSH = "Gwenllian Morfydd Angharad Llewellyn-Fairweather o Lanfairpwllgwyngyllgogerychwyrndrobwll"
LABEL = "On paper, filed later as a scan"


def photographs(folder: Path) -> list[str]:
    places = [folder / "page-1.jpg", folder / "page-2.png"]
    places[0].write_bytes(photograph(1600, 1200, turn=ON_ITS_SIDE))
    places[1].write_bytes(photograph(900, 1200, kind="PNG"))
    return [str(place) for place in places]


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("shape", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "wide"]
)
def test_a_paper_is_filed(
    server: Server,
    open_page: Callable[..., Page],
    axe: Axe,
    tmp_path: Path,
    shape: dict[str, object],
    scheme: str,
) -> None:
    with server.app.app_context(), writing():
        sian = db.session.merge(Cast().sian)
        sian.full_name = WELSH
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, server)
    page.get_by_role("link", name=WELSH).first.click()
    page.get_by_role("link", name="File a signature from paper").click()
    expect(page.get_by_role("heading", name="File a signature from paper")).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a date")
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one photograph")
    axe.check(page)
    assert not scrolls_sideways(page)
    today = page.evaluate("() => new Date().toLocaleDateString('sv', {timeZone: 'Europe/London'})")
    page.get_by_label("Which day stands on the paper?").fill(today)
    page.get_by_label("Who saw it being signed?").fill("Ann Abel")
    page.get_by_label("Which photographs show the signed paper?").set_input_files(
        photographs(tmp_path)
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="File this signature?")).to_be_visible()
    second = page.get_by_role("img", name="Photograph 2 of 2 of the signed paper")
    expect(second).to_be_visible()
    assert second.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    expect(page.get_by_text(LABEL, exact=True)).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="File this signature").click()
    expect(page.get_by_text("Filed and sealed: signed on paper on")).to_be_visible()
    expect(page.get_by_role("table").get_by_text(LABEL)).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.get_by_role("table").get_by_role("link", name="-").first.click()
    expect(page.get_by_text(LABEL)).to_be_visible()
    axe.check(page)
