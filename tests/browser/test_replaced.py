"""An agreement is published anew while somebody reads it: nothing typed is lost, all is said."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from extensions import db
from models.agreements import Version
from models.signings import Signing
from tests.browser.axe import Axe
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, Server
from tests.browser.held import Held
from tests.browser.tablet import AtTheTablet
from tests.cast import Cast, publish_next

NEW = "Nobody brings a camera into the garden."
ANEW = "There is a new version"


def publish_new(server: Server, change: Callable[[str], str] | None = None) -> None:
    """The manager publishes the next version: one line more, and its last list gone."""
    with server.app.app_context():
        text = Cast().version.text
        lines = text.rstrip().split("\n\n")
        publish_next(text=change(text) if change else "\n\n".join([*lines[:-1], NEW]))
    server.lays_out()


def signed_number(server: Server) -> int:
    with server.app.app_context():
        (number,) = db.session.scalars(
            sa.select(Version.number).join(Signing, Signing.version_id == Version.id)
        )
    return number


def reads(page: Page) -> AtTheTablet:
    return AtTheTablet(page).begins().is_new().starts_to_read()


@pytest.mark.parametrize("shape", [TABLET, LANDSCAPE, PHONE], ids=["portrait", "wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_noticed_before_the_declaration(
    server: Server, paired: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = paired(shape, color_scheme=scheme)
    somebody = reads(page)
    publish_new(server)
    somebody.press("I have read it, or it was read to me").is_asked(ANEW)
    expect(page.get_by_text("Bluebells published a new version")).to_be_visible()
    expect(page.get_by_text("1 clause added, 8 removed.")).to_be_visible()
    expect(page.get_by_role("insertion")).to_have_text(NEW)
    expect(page.get_by_role("deletion").first).to_be_visible()
    axe.check(page)
    somebody.press("Read the new version")
    expect(page.get_by_text(NEW)).to_be_visible()
    somebody.has_read().has_nothing_to_tell().draws().goes_on().signs()
    assert signed_number(server) == 2


def test_noticed_before_the_check_with_everything_kept(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = reads(page).has_read()
    somebody.tells("Something else", "My niece is in the red room.").draws()
    publish_new(server)
    somebody.press("Go on").is_asked(ANEW).press("Read the new version")
    somebody.press("I have read it, or it was read to me").is_asked("Check and sign")
    expect(page.get_by_text("Something, for the safeguarding lead only")).to_be_visible()
    page.get_by_role("button", name="Change what to tell").tap()
    note = page.get_by_label("What would you like to say?")
    expect(note).to_have_value("My niece is in the red room.")
    somebody.press("Go on").is_asked("Sign your name")
    somebody.goes_on().signs()
    assert signed_number(server) == 2


def test_what_is_being_typed_is_kept(server: Server, paired: Callable[..., Page]) -> None:
    """The answer may come late, while somebody already writes to the safeguarding lead."""
    page = paired()
    somebody = reads(page)
    publish_new(server)
    late = Held(page, "**/kiosk/bundle")
    somebody.has_read()
    page.get_by_label("Something else").check()
    page.get_by_label("What would you like to say?").fill("My niece")
    late.go_on()
    somebody.is_asked(ANEW).press("Read the new version")
    page.unroute("**/kiosk/bundle")
    somebody.has_read()
    expect(page.get_by_label("What would you like to say?")).to_have_value("My niece")


def test_the_same_words_are_said_to_be_the_same(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = reads(page)
    publish_new(server, change=lambda text: text + "\n")
    somebody.press("I have read it, or it was read to me").is_asked(ANEW)
    expect(page.get_by_text("No words changed.")).to_be_visible()
    expect(page.get_by_role("insertion")).to_have_count(0)


def test_without_wifi_they_sign_what_they_read(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = reads(page)
    publish_new(server)
    page.context.set_offline(True)
    somebody.has_read().has_nothing_to_tell().draws().goes_on().press("Sign")
    somebody.is_asked("Kept safely")
    page.context.set_offline(False)
    somebody.has_wifi_again().sees_saved()
    assert signed_number(server) == 1


def test_without_what_changed_they_sign_what_they_read(
    server: Server, paired: Callable[..., Page]
) -> None:
    """The network goes between the news and what it says."""
    page = paired()
    page.route("**/changes/**", lambda route: route.abort())
    somebody = reads(page)
    publish_new(server)
    somebody.has_read().has_nothing_to_tell().draws().goes_on().signs()
    assert signed_number(server) == 1


def test_published_twice_is_told_twice(server: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = reads(page)
    publish_new(server)
    somebody.press("I have read it, or it was read to me").is_asked(ANEW)
    publish_new(server, change=lambda text: f"{text}\n\nAsk before you post.")
    somebody.press("Read the new version").press("I have read it, or it was read to me")
    somebody.is_asked(ANEW)
    expect(page.get_by_text("Ask before you post.")).to_be_visible()
    somebody.press("Read the new version").has_read().has_nothing_to_tell().draws().goes_on()
    somebody.signs()
    assert signed_number(server) == 3


def test_what_this_person_would_not_sign_any_more_stops_nobody(
    server: Server, paired: Callable[..., Page]
) -> None:
    """The next version is for others only; the one they read stays acceptable."""
    page = paired()
    somebody = reads(page)
    with server.app.app_context():
        wordings = Cast().version.sentences
        del wordings["parent_helper"]
        publish_next(wordings=wordings)
    somebody.has_read().has_nothing_to_tell().draws().goes_on().signs()
    assert signed_number(server) == 1
