"""Whoever signs again is shown what changed first, in a way that needs no eye for colours."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

import clock
from extensions import db
from models.base import new_id
from models.signings import Record, Signing, whole_pdf
from records.signing import sign
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, LANDSCAPE, PHONE, TABLET, Server
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import sign_in
from tests.browser.test_equal_ways import LOCAL, VOICES
from tests.cast import Cast, publish_next, signing_body

SINCE = "What changed since you last signed, version 1"
ADDED = "Ask the manager before you post."
SUMMARY = "1 clause changed, 1 added, 1 removed"
TABLETS = pytest.mark.parametrize(
    "shape", [TABLET, LANDSCAPE, PHONE], ids=["portrait", "wide", "phone"]
)
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def renewed(server: Server) -> Server:
    """Siân signed version 1; in version 2 a word is another, and a clause comes and one goes."""
    with server.app.app_context():
        cast = Cast()
        body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
        sign(cast.tablet, new_id(), body, clock.now(), None)
        text = cast.version.text.replace("must not write", "must never write")
        first, rest = text.rstrip().rsplit("\n", 1)[0].split("\n\n", 1)
        publish_next(text=f"{first}\n\n{ADDED}\n\n{rest}")
    return server


def comes_back(page: Page) -> AtTheTablet:
    somebody = AtTheTablet(page).begins().finds_their_name("sian", "Siân L")
    page.get_by_role("button", name=re.compile("Start reading|Sign again now")).tap()
    return somebody.is_asked(re.compile("Please read"))


def changes_on(page: Page) -> Locator:
    return page.get_by_role("region", name=SINCE)


def newest_evidence(server: Server) -> dict[str, Any]:
    with server.app.app_context():
        newest = sa.select(Record).join(Signing).order_by(Signing.received_at.desc()).limit(1)
        pdf = whole_pdf(db.session.scalars(newest).one())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said: dict[str, Any] = json.loads(
            opened.attachments["evidence.json"].get_file().read_bytes()
        )
    return said


@TABLETS
@SCHEMES
def test_who_signs_again_sees_the_marked_change_before_the_text(
    renewed: Server, paired: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = paired(shape, color_scheme=scheme)
    comes_back(page)
    shown = changes_on(page)
    expect(shown.get_by_text(f"{SUMMARY}.")).to_be_in_viewport()
    expect(shown.get_by_role("insertion").first).to_have_text(ADDED)
    expect(shown.get_by_role("deletion").first).to_have_text("removed: not (end of removed)")
    expect(shown.get_by_role("insertion").nth(1)).to_have_text("added: never (end of added)")
    axe.check(page)
    whole = page.get_by_text(ADDED).last
    assert shown.bounding_box()["y"] < whole.bounding_box()["y"]  # type: ignore[index]
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
    assert not wide, "the page scrolls sideways"


def test_the_record_names_and_holds_what_was_shown(
    renewed: Server, paired: Callable[..., Page]
) -> None:
    renewed.lays_out()
    somebody = comes_back(paired()).has_read().has_nothing_to_tell().draws().goes_on()
    somebody.signs()
    changes = newest_evidence(renewed)["display_facts"]["changes"]
    assert changes["since"] == 1
    assert changes["comparison"]["summary"] == SUMMARY


def test_who_listens_hears_what_changed_first(renewed: Server, paired: Callable[..., Page]) -> None:
    page = paired()
    page.add_init_script(VOICES % LOCAL)
    page.reload()
    comes_back(page)
    page.evaluate("arrive()")
    page.get_by_role("button", name="Read aloud").tap()
    while page.evaluate("heard").count(ADDED) < 2:
        page.evaluate("next()")
    heard = page.evaluate("heard")
    assert heard[0] == f"{SUMMARY}."
    assert "Staff must removed: not (end of removed) added: never" in " ".join(heard)


def test_a_newcomer_is_not_told_of_versions_they_never_saw(
    renewed: Server, paired: Callable[..., Page]
) -> None:
    renewed.lays_out()
    page = paired()
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    expect(changes_on(page)).to_be_hidden()
    somebody.has_read().has_nothing_to_tell().draws().goes_on().signs()
    assert newest_evidence(renewed)["display_facts"]["changes"] is None


def test_what_changed_is_not_shown_for_another_version(
    renewed: Server, paired: Callable[..., Page]
) -> None:
    """A third version comes while she reads: what she was shown first is not about that one."""
    page = paired()
    somebody = comes_back(page)
    expect(changes_on(page)).to_be_visible()
    with renewed.app.app_context():
        publish_next(text="# Rules\n\nBe kind.")
    renewed.lays_out()
    somebody.press("I have read it, or it was read to me").is_asked("There is a new version")
    somebody.press("Read the new version").is_asked(re.compile("Please read"))
    expect(changes_on(page)).to_be_hidden()
    somebody.has_read().has_nothing_to_tell().draws().goes_on().signs()
    said = newest_evidence(renewed)
    assert said["version"]["number"] == 3
    assert said["display_facts"]["changes"] is None


@pytest.mark.parametrize("shape", [DESK, TABLET, PHONE], ids=["wide", "tablet", "phone"])
@SCHEMES
def test_the_desk_compares_two_versions(
    renewed: Server, open_page: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, renewed)
    page.goto(f"{renewed.address}/manager/agreements")
    page.get_by_role("link", name="Social Media Networking Policy", exact=True).click()
    page.get_by_role("link", name="What changed since version 1").click()
    expect(page.get_by_role("heading", level=1, name="What changed")).to_be_visible()
    expect(page.get_by_text(f"{SUMMARY}.")).to_be_visible()
    axe.check(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
    assert not wide, "the page scrolls sideways"
