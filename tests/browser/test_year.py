"""The year where people meet it: a line on the tablet, and a picture that can be read."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from extensions import db
from models.dues import Due
from models.writing import writing
from tests.browser.axe import Axe
from tests.browser.conftest import PHONE, Server
from tests.browser.test_desk import sign_in
from tests.cast import Cast

ONE = "1 person is due to sign. Is it you?"


def test_the_tablet_says_how_many_are_due_and_never_who(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    expect(page.get_by_text(ONE)).to_be_visible()
    axe.check(page)
    assert "Llewellyn" not in page.content()


def test_it_says_nothing_when_nobody_is(server: Server, paired: Callable[..., Page]) -> None:
    with server.app.app_context():
        bluebells = Cast().bluebells.id
        with writing():
            db.session.execute(sa.delete(Due).where(Due.setting_id == bluebells))
    page = paired()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    expect(page.locator("[data-due]")).to_be_hidden()


def test_one_tap_at_the_desk_reminds_somebody(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(PHONE)
    sign_in(page, server)
    page.get_by_role("link", name="All reminders").tap()
    page.get_by_role("button", name=re.compile("Reminded in person ?: Siân Llewellyn")).tap()
    expect(page.get_by_text("Noted: you reminded Siân Llewellyn today.")).to_be_visible()
    expect(page.get_by_text("Reminded today", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="The next twelve months")).to_be_visible()
    page.get_by_text("The same as a table").tap()
    axe.check(page)
