"""Somebody leaves, their time is over, and the owner erases them: on a phone, step by step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

import clock
from extensions import db
from models.people import Person, PersonCategory
from models.settings import of
from models.writing import writing
from records.retention import years_after
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, Server
from tests.browser.test_desk import sign_in, somebody_signs
from tests.browser.test_keeping import scrolls_sideways
from tests.cast import Cast

NAME = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"


def seven_years_pass(server: Server) -> None:
    """Whoever left did so long ago."""
    with server.app.app_context(), writing():
        rows = of(Cast().bluebells.id, PersonCategory).where(PersonCategory.until.is_not(None))
        for row in db.session.scalars(rows):
            row.until = years_after(clock.today("Europe/London"), -6) - timedelta(days=1)


def person_id(server: Server) -> str:
    with server.app.app_context():
        people = of(Cast().bluebells.id, Person).where(Person.full_name == NAME)
        return str(db.session.scalars(people).one().id)


@pytest.mark.parametrize("shape", [PHONE, DESK], ids=["phone", "wide"])
def test_from_the_last_day_to_the_erasure(
    server: Server,
    open_page: Callable[..., Page],
    axe: Axe,
    shape: dict[str, object],
    quick_press: None,
) -> None:
    somebody_signs(server)
    page = open_page(shape, color_scheme="dark" if shape is PHONE else "light")
    sign_in(page, server)
    page.goto(f"{server.address}/manager/people/{person_id(server)}")
    axe.check(page)
    page.get_by_role("link", name="Write down their last day").click()
    axe.check(page)
    page.get_by_label("What is their last day?").fill("2020-01-01")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_contain_text("They are on the list since")
    axe.check(page)
    page.get_by_label("What is their last day?").fill(clock.today("Europe/London").isoformat())
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("is off the list. The records are kept.")).to_be_visible()
    axe.check(page)
    holds_and_lifts(page, axe)
    seven_years_pass(server)
    page.goto(f"{server.address}/manager/")
    page.get_by_role("link", name="have been kept long enough").click()
    axe.check(page)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Erase those who are ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one person.")
    axe.check(page)
    page.get_by_label(NAME).check()
    page.get_by_label("Type ERASE to go on").fill("erase")
    page.get_by_role("button", name="Erase those who are ticked").click()
    expect(page.get_by_text("One person was erased.")).to_be_visible()
    expect(page.get_by_text(NAME)).to_have_count(0)
    axe.check(page)
    for path in ("retention/years", "privacy", "people/left", "people"):
        page.goto(f"{server.address}/manager/{path}")
        axe.check(page)
        assert not scrolls_sideways(page)


def holds_and_lifts(page: Page, axe: Axe) -> None:
    page.get_by_text("Hold or erase their records").click()
    axe.check(page)
    page.get_by_role("link", name="Put a hold on their records").click()
    axe.check(page)
    page.get_by_label("Why must their records be kept?").fill("The insurer’s letter of 3 May.")
    page.get_by_role("button", name="Put the hold on").click()
    expect(page.get_by_text("There is a hold on these records.")).to_be_visible()
    axe.check(page)
    page.get_by_role("link", name="Lift the hold").click()
    axe.check(page)
    page.get_by_role("button", name="Lift the hold").click()
    expect(page.get_by_text("The hold is lifted.")).to_be_visible()
    page.get_by_text("Hold or erase their records").click()
    page.get_by_role("link", name="Erase this person").click()
    axe.check(page)
