"""From the tablet to the safeguarding lead's phone: told, read, reviewed, and nobody else's."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

import clock
from extensions import db
from models.events import Event
from tests.browser.axe import Axe
from tests.browser.conftest import PHONE, Server
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import sign_in
from tests.browser.test_keeping import scrolls_sideways

NIECE = "My niece Angharad starts in January."
OUTCOME = "She works in the other room from January on."
WRITTEN = ("Angharad", "the other room", "with her line manager")
# The agreement says this, too, so it may stand in the database.
SECRETS = (*WRITTEN, "related to a child or family here")


def test_told_at_the_tablet_reviewed_by_the_lead_and_closed_to_the_manager(
    server: Server, paired: Callable[..., Page], open_page: Callable[..., Page], axe: Axe
) -> None:
    somebody = AtTheTablet(paired()).begins().finds_their_name("sian", "Siân L")
    somebody.starts_to_read().has_read()
    somebody.tells("I am related to a child or family here", NIECE).draws().goes_on().signs()

    lead = open_page(PHONE, color_scheme="dark")
    sign_in(lead, server)
    expect(lead.get_by_text("1 declaration waits for the safeguarding lead.")).to_be_visible()
    axe.check(lead)
    lead.get_by_role("link", name="Open it").click()
    expect(lead.get_by_role("heading", name="Not reviewed yet")).to_be_visible()
    axe.check(lead)
    lead.get_by_role("link", name="Siân Llewellyn").click()
    expect(lead.get_by_text(NIECE)).to_be_visible()
    lead.get_by_role("button", name="Save the review").click()
    expect(lead.get_by_role("alert")).to_contain_text("There is a problem")
    axe.check(lead)
    lead.get_by_label("Whom did you talk it over with?").fill("Siân, with her line manager")
    lead.get_by_label("What came of it?").fill(OUTCOME)
    again = clock.today("Europe/London") + timedelta(days=60)
    lead.get_by_label("On which day do you want to look at it again?").fill(again.isoformat())
    lead.get_by_role("button", name="Save the review").click()
    expect(lead.get_by_role("heading", name="Comes up again")).to_be_visible()
    axe.check(lead)
    lead.get_by_role("link", name="Siân Llewellyn").click()
    expect(lead.get_by_text(OUTCOME)).to_be_visible()
    axe.check(lead)
    assert not scrolls_sideways(lead)
    assert looks(server) == 3

    manager = open_page(PHONE)
    sign_in(manager, server, "bob@example.org")
    expect(
        manager.get_by_text("1 declared to the safeguarding lead, all reviewed.")
    ).to_be_visible()
    axe.check(manager)
    nothing_of_it(manager)
    manager.get_by_role("link", name="Siân Llewellyn").first.click()
    expect(manager.get_by_role("heading", name="Told the safeguarding lead")).to_be_visible()
    axe.check(manager)
    nothing_of_it(manager)
    manager.goto(f"{server.address}/manager/declarations")
    expect(
        manager.get_by_text("Only the safeguarding lead reads what people tell.")
    ).to_be_visible()
    nothing_of_it(manager)
    if server.app.config["FINGERPOST"].database_url.startswith("sqlite"):
        nothing_on_the_disk(server)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_talk_is_noted_on_a_phone(
    server: Server,
    paired: Callable[..., Page],
    open_page: Callable[..., Page],
    axe: Axe,
    scheme: str,
) -> None:
    somebody = AtTheTablet(paired()).begins().finds_their_name("sian", "Siân L")
    somebody.press("I’d like to talk first").is_asked("That’s fine")
    page = open_page(PHONE, color_scheme=scheme)
    sign_in(page, server, "bob@example.org")
    page.get_by_role("link", name="We have talked").click()
    expect(page.get_by_text("They wait for a word.")).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("alert")).to_contain_text("Write in a few words what came of it.")
    axe.check(page)
    page.get_by_label("Whom did you talk it over with?").fill("Siân")
    page.get_by_label("What came of it?").fill("She was worried about the photographs.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("settled, 1 note")).to_be_visible()
    axe.check(page)
    page.get_by_role("link", name="Siân Llewellyn").click()
    expect(page.get_by_text("She was worried about the photographs.")).to_be_visible()
    axe.check(page)
    assert not scrolls_sideways(page)


def looks(server: Server) -> int:
    with server.app.app_context():
        kind = Event.kind == "declaration.read"
        return db.session.scalar(sa.select(sa.func.count()).select_from(Event).where(kind)) or 0


def nothing_of_it(page: Page) -> None:
    """Neither seen nor hidden in the page."""
    html = page.content()
    assert [secret for secret in SECRETS if re.search(secret, html, re.I)] == []


def nothing_on_the_disk(server: Server) -> None:
    """The database's file and what lies beside it hold none of the words."""
    file = Path(str(sa.make_url(server.app.config["FINGERPOST"].database_url).database))
    for path in file.parent.glob(f"{file.name}*"):
        kept = path.read_bytes()
        assert [secret for secret in WRITTEN if secret.encode() in kept] == [], path.name
