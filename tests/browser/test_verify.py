"""A PDF is dropped on the checking page, or chosen, with scripts and without."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from models.base import new_id
from models.signings import record_pdf
from records.signing import sign
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.cast import Cast, signing_body

OURS = "This is the record, exactly as it was sealed."
DROPS = """
([form, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], "record.pdf", { type: "application/pdf" }));
  const event = { dataTransfer: dropped, bubbles: true, cancelable: true };
  form.dispatchEvent(new DragEvent("dragover", event));
  form.dispatchEvent(new DragEvent("drop", event));
}
"""


@pytest.fixture
def pdf(server: Server) -> bytes:
    with server.app.app_context():
        cast = Cast()
        signed = sign(cast.tablet, new_id(), signing_body(cast.version.id), None, None)
        found = record_pdf(cast.bluebells.id, signed.record_id)
        assert found is not None
        return found[2]


def test_a_pdf_can_be_dropped(
    server: Server, open_page: Callable[..., Page], axe: Axe, pdf: bytes
) -> None:
    page = open_page(DESK)
    page.goto(f"{server.address}/verify")
    form = page.locator("form", has=page.get_by_label("Which PDF do you want to check?"))
    page.evaluate(DROPS, [form.element_handle(), base64.b64encode(pdf).decode()])
    expect(page.get_by_role("heading", level=1)).to_have_text(OURS)
    axe.check(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_pdf_can_be_chosen(
    server: Server, open_page: Callable[..., Page], pdf: bytes, scripts: bool
) -> None:
    page = open_page(PHONE, java_script_enabled=scripts, color_scheme="dark")
    page.goto(f"{server.address}/verify")
    changed = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": pdf[:-9] + b"!" * 9}
    page.get_by_label("Which PDF do you want to check?").set_input_files(files=[changed])
    page.get_by_role("button", name="Check this PDF").click()
    expect(page.get_by_text("We do not know this record.")).to_be_visible()


def test_a_wrong_file_is_said_beside_the_field(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(PHONE)
    page.goto(f"{server.address}/verify")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear all"}
    page.get_by_label("Which PDF do you want to check?").set_input_files(files=[letter])
    page.get_by_role("button", name="Check this PDF").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not a PDF.")
    axe.check(page)
