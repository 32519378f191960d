"""An inspector comes tomorrow: a manager makes the pack on a phone, and the file stands alone."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import PHONE, Server
from tests.browser.test_desk import sign_in, somebody_signs
from tests.browser.test_keeping import scrolls_sideways
from tests.records.checkers import keeping, said, words_of


@pytest.mark.pdf
def test_the_pack_is_made_on_a_phone_and_needs_nothing_else(
    server: Server, open_page: Callable[..., Page], axe: Axe, tmp_path: Path
) -> None:
    somebody_signs(server)
    page = open_page(PHONE, color_scheme="dark")
    sign_in(page, server, "bob@example.org")
    page.get_by_role("link", name="Inspection pack").click()
    axe.check(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Make the pack").click()
    path = tmp_path / "pack.pdf"
    coming.value.save_as(path)
    assert coming.value.suggested_filename.startswith("inspection-pack-bluebells-20")
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", path)
    answers = keeping(path)
    assert len(answers) == 2, answers
    assert all(" keeps to " in answer for answer in answers), answers
    found = " ".join(words_of(path))
    assert "Siân Llewellyn Volunteer None Never" in found
    assert "1 declared, 1 not reviewed yet." in found
    assert "niece" not in found
    with pikepdf.open(path) as pdf:
        [(name, record)] = pdf.attachments.items()
        (tmp_path / name).write_bytes(record.get_file().read_bytes())
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", tmp_path / name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_goes_in_is_chosen_on_a_phone(
    server: Server, open_page: Callable[..., Page], axe: Axe, scheme: str
) -> None:
    somebody_signs(server)
    page = open_page(PHONE, color_scheme=scheme)
    sign_in(page, server)
    page.goto(f"{server.address}/manager/pack")
    page.get_by_text("Choose what goes in").click()
    page.get_by_text("The records to tick").click()
    axe.check(page)
    page.get_by_label("For which day?").fill("2020-01-01")
    page.get_by_label("Those that I tick below").check()
    page.get_by_role("button", name="Make this pack").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter today, or a day within a month")
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one record")
    axe.check(page)
    assert not scrolls_sideways(page)
