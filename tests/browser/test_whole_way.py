"""The whole way of a text: it comes in as a file, is published, and is held by a record."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from models.agreements import current_versions
from tests.browser.conftest import PHONE, Server
from tests.browser.library import InTheLibrary
from tests.browser.test_changes import changes_on, comes_back, newest_evidence
from tests.browser.test_desk import sign_in
from tests.browser.test_library import MATERIAL, NEW, TITLE, sian_has_signed
from tests.cast import Cast


def test_from_a_file_to_a_record(
    server: Server, open_page: Callable[..., Page], paired: Callable[..., Page]
) -> None:
    sian_has_signed(server)
    with server.app.app_context():
        text = f"{Cast().version.text.rstrip()}\n\n{NEW}\n"
    page = open_page(PHONE)
    sign_in(page, server)
    manager = InTheLibrary(page, server).opens(TITLE)
    page.get_by_role("link", name="or bring in its text").click()
    file = {"name": "policy.md", "mimeType": "text/markdown", "buffer": text.encode()}
    page.get_by_label("Which file holds the text?").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("No word is lost")).to_be_visible()
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_role("link", name="Look at the file it came from")).to_be_visible()
    manager.decides(MATERIAL, "Smart glasses were not in it.").publishes(2)

    tablet = paired()
    sian = comes_back(tablet)
    expect(changes_on(tablet).get_by_role("insertion")).to_have_text(NEW)
    sian.has_read().has_nothing_to_tell().draws().goes_on().signs()
    said = newest_evidence(server)
    with server.app.app_context():
        [version] = current_versions(Cast().bluebells.id)
        assert (version.number, version.change) == (2, "material")
        assert said["version"]["text_sha256"] == version.text_sha256
    changes = said["display_facts"]["changes"]
    assert (changes["since"], changes["comparison"]["summary"]) == (1, "1 clause added")
