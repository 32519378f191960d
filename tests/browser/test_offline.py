"""The tablet without Wi-Fi: it starts, it signs, it keeps, and it lets nobody look."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Page, Playwright, expect

from extensions import db
from models.signings import Signing
from tests.browser.axe import Axe
from tests.browser.conftest import Server
from tests.browser.held import Held
from tests.browser.offline import WORKER_IS_READY, Closable
from tests.browser.tablet import NAME, AtTheTablet

CONTROL = "Gwladys, who was written down in the clear"
NOTE = "My niece Myfanwy starts in January"
KEEP_IN_THE_CLEAR = """text => new Promise(done => {
  const opening = indexedDB.open('control', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('all');
  opening.onsuccess = () => {
    const work = opening.result.transaction('all', 'readwrite', {durability: 'strict'});
    work.objectStore('all').put(text, 1);
    work.oncomplete = () => { opening.result.close(); done(true); };
  };
})"""
# What the page was started from, and who gave it: "cache" is the browser itself, not the worker.
STARTED = """() => performance.getEntries()
  .filter((one) => one.entryType === 'navigation' || one.name.includes('/joined/'))
  .map((one) => [new URL(one.name).pathname, one.workerFinalSourceType])"""
NO_ROOM = """() => { IDBObjectStore.prototype.put = () => {
  throw new DOMException('full', 'QuotaExceededError'); }; }"""


def signings(server: Server) -> list[Signing]:
    with server.app.app_context():
        return list(db.session.scalars(sa.select(Signing)))


def test_signed_offline_and_closed_leaves_nothing_readable_and_arrives_once(
    server: Server, playwright: Playwright, tmp_path: Path
) -> None:
    tablet = Closable(playwright, tmp_path / "profile", server.address)
    with tablet:
        pass
    tablet.offline = True
    with tablet as page:
        somebody = AtTheTablet(page).begins()
        page.get_by_label("Type your name").fill("Gwenllian")
        expect(page.get_by_text("we can’t look names up")).to_be_visible()
        somebody.press("Go on with this name")
        page.get_by_label("What is your full name?").fill(NAME)
        page.get_by_label("Parent helper", exact=True).check()
        somebody.press("Go on")
        expect(page.get_by_text("Without Wi-Fi we can’t see when you last signed")).to_be_visible()
        somebody.starts_to_read().has_read().tells("Something else", NOTE)
        somebody.draws().goes_on().press("Sign").is_asked("Kept safely")
        somebody.press("Done").is_asked("Bluebells")
        expect(page.get_by_role("button", name="1 signature waits to be sent")).to_be_visible()
        assert page.evaluate(KEEP_IN_THE_CLEAR, CONTROL)
    assert tablet.files_with(CONTROL), "the search itself finds nothing"
    for secret in ("Gwenllian", "Llewellyn-Fairweather", "Myfanwy", '"penColor":', '"points":'):
        assert tablet.files_with(secret) == [], secret
    assert signings(server) == []
    tablet.offline = False
    with tablet as page:
        AtTheTablet(page).has_sent_everything()
    (signing,) = signings(server)
    assert (signing.full_name, signing.method) == (NAME, "drawn")


def test_a_start_waits_for_no_worker(
    server: Server, playwright: Playwright, tmp_path: Path
) -> None:
    """The browser looks into the cache by itself: the worker is not started for any file."""
    tablet = Closable(playwright, tmp_path / "profile", server.address)
    with tablet:
        pass
    tablet.offline = True
    with tablet as page:
        started = page.evaluate(STARTED)
    assert {kind for _, kind in started} == {"cache"}
    assert {path.rsplit("/", 1)[-1] for path, _ in started} >= {"", "kiosk.css", "kiosk.js"}


def test_what_is_refused_waits_for_the_manager(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = AtTheTablet(page)
    page.route("**/kiosk/signings/*", lambda route: route.fulfill(status=413, json={"error": "…"}))
    somebody.signs_by_typing().is_asked("Not saved yet").press("Leave it to the manager")
    somebody.press("1 signature needs the manager").is_asked("About this tablet")
    expect(page.get_by_text("The answer was 413")).to_be_visible()
    axe.check(page)
    with page.expect_download() as download:
        somebody.press("Save the sealed file")
    saved = Path(download.value.path()).read_bytes()
    assert len(saved) > 500
    assert b"Gwenllian" not in saved
    page.unroute("**/kiosk/signings/*")
    somebody.press("Send again")
    expect(page.get_by_role("heading", name="Needs the manager")).to_be_hidden()
    expect(page.get_by_text("Nothing waits.")).to_be_visible(timeout=30_000)
    assert len(signings(server)) == 1


def test_what_is_put_right_takes_the_place_of_what_was_refused(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = AtTheTablet(page)
    errors = {"errors": {"typed_name": "Type your full name to sign with it."}}
    page.route("**/kiosk/signings/*", lambda route: route.fulfill(status=422, json=errors))
    somebody.signs_by_typing().is_asked("Not saved yet")
    page.unroute("**/kiosk/signings/*")
    somebody.press("Put it right").is_asked("Sign your name").goes_on().signs()
    assert somebody.letters_left() == 0
    assert len(signings(server)) == 1


def test_a_tablet_without_room_sends_from_memory(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = AtTheTablet(page)
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    page.evaluate(NO_ROOM)
    page.route("**/kiosk/signings/*", lambda route: route.abort())
    somebody.signs_by_typing().is_asked("Not saved yet")
    expect(page.get_by_text("this tablet has no room to keep it")).to_be_visible()
    axe.check(page)
    page.unroute("**/kiosk/signings/*")
    somebody.sees_saved()
    assert len(signings(server)) == 1


def test_the_servers_word_may_come_while_the_person_still_looks(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    late = Held(page, "**/kiosk/signings/*")
    somebody = AtTheTablet(page).signs_by_typing()
    expect(page.get_by_text("Kept safely on this tablet.")).to_be_visible(timeout=15_000)
    expect(page.locator(".code")).to_have_count(0)
    late.go_on()
    somebody.sees_saved()
    expect(page.locator(".code")).to_be_visible()


def test_a_new_edition_waits_until_nobody_signs(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    assert page.evaluate(WORKER_IS_READY)
    page.reload()
    somebody = AtTheTablet(page).begins()
    view = server.app.view_functions["pwa.service_worker"]

    def newer() -> object:
        response = view()
        response.direct_passthrough = False
        response.headers.pop("Content-Encoding", None)
        code = (Path(server.app.root_path) / "static/js/service-worker.js").read_text("utf-8")
        response.set_data('const SHELL = {edition: "newer", files: ["/kiosk/"]};\n' + code)
        return response

    server.app.view_functions["pwa.service_worker"] = newer
    installed = """async () => {
      const registration = await navigator.serviceWorker.getRegistration('/kiosk/');
      await registration.update();
      while (!registration.waiting) await new Promise(done => setTimeout(done, 50));
      window.before = true;
      return (await caches.keys()).length; }"""
    assert page.evaluate(installed) == 2
    somebody.is_new().starts_to_read()
    assert page.evaluate("window.before"), "the page was loaded again while somebody read"
    somebody.press("Stop")
    with page.expect_navigation():
        somebody.press("Yes, stop and clear")
    somebody.is_asked("Bluebells")
    # The new worker answers before it has thrown the old shell away.
    page.wait_for_function("async () => String(await caches.keys()) === 'fingerpost-newer'")
