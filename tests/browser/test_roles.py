"""Who comes to the desk and who goes, at a phone: an invited chair, two settings, a handover."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

import clock
from extensions import db
from models.managers import Membership
from models.writing import writing
from tests.browser.axe import Axe
from tests.browser.conftest import PHONE, Server
from tests.browser.test_desk import sign_in, somebody_signs
from tests.cast import PASSWORD, Cast

CHAIR = "pugh@example.org"
READS = ("", "people", "records", "reminders", "agreements", "tablets", "settings", "team",
         "accounts", "settings/contacts", "settings/holidays")  # fmt: skip


def accepts(page: Page, link: str, axe: Axe) -> None:
    """Somebody opens their link, and chooses a name and a password."""
    page.goto(link)
    axe.check(page)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    axe.check(page)
    page.get_by_label("What is your name?").fill("Margaret Ann Pugh")
    page.get_by_label("Which password do you want?").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_chair_is_invited_reads_and_changes_nothing(
    server: Server, open_page: Callable[..., Page], axe: Axe, quick_press: None
) -> None:
    somebody_signs(server)
    owner = open_page(PHONE)
    sign_in(owner, server)
    owner.goto(f"{server.address}/manager/settings")
    owner.get_by_role("link", name="Who can sign in").click()
    axe.check(owner)
    owner.get_by_role("link", name="Invite somebody").click()
    owner.get_by_label("What is their e-mail address?").fill(CHAIR)
    owner.get_by_role("button", name="Make the link").click()
    expect(owner.get_by_role("alert")).to_contain_text("Tick at least one.")
    axe.check(owner)
    owner.get_by_label("Chair: reads everything but that").check()
    owner.get_by_role("button", name="Make the link").click()
    axe.check(owner)
    link = owner.get_by_text(re.compile("/invitations/")).inner_text()

    chair = open_page(PHONE, color_scheme="dark")
    accepts(chair, link, axe)
    for place in READS:
        chair.goto(f"{server.address}/manager/{place}")
        axe.check(chair)
        expect(chair.get_by_role("main").get_by_role("button", name="Save")).to_have_count(0)
    chair.goto(f"{server.address}/manager/people")
    expect(chair.get_by_text("Gwenllian Morfydd")).to_be_visible()
    expect(chair.get_by_role("link", name="Add a person")).to_have_count(0)
    chair.goto(f"{server.address}/manager/people/new")
    expect(
        chair.get_by_text("Only an owner or a manager of this setting can do that.")
    ).to_be_visible()

    owner.goto(f"{server.address}/manager/team")
    owner.get_by_role("link", name=re.compile("End it.*Chair, Margaret")).click()
    axe.check(owner)
    owner.get_by_label("Now, at once").check()
    owner.get_by_role("button", name="End the role").click()
    expect(owner.get_by_text("Margaret Ann Pugh is no longer Chair.")).to_be_visible()
    chair.goto(f"{server.address}/manager/people")
    expect(chair.get_by_text("You cannot open this page with your sign-in.")).to_be_visible()


def test_a_form_of_the_setting_in_the_other_tab(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    with server.app.app_context():
        cast = Cast()
        ids = {"setting_id": cast.owls.id, "manager_id": cast.bob.id, "role": "manager"}
        with writing():
            db.session.add(Membership(**ids, since=clock.today("Europe/London")))
    page = open_page(PHONE)
    sign_in(page, server, "bob@example.org")
    other = page.context.new_page()
    other.goto(f"{server.address}/manager/people/new")
    page.get_by_text("Other settings").click()
    axe.check(page)
    page.get_by_role("button", name="Go to Little Owls").click()
    expect(page.get_by_text("Little Owls").first).to_be_visible()
    other.get_by_label("What is their full name?").fill("Nia Powell")
    other.get_by_role("button", name="Add this person").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("That page was for Bluebells")
    axe.check(other)
    other.get_by_role("button", name="Go back to Bluebells").click()
    expect(other).to_have_title("Today – Bluebells")


def test_who_saw_what_is_looked_up(
    server: Server, open_page: Callable[..., Page], axe: Axe, quick_press: None
) -> None:
    somebody_signs(server)
    page = open_page(PHONE)
    sign_in(page, server)
    with page.expect_download():
        page.get_by_role("link", name="Download the record of Gwenllian").click()
    page.goto(f"{server.address}/manager/seen")
    page.get_by_label("Whose? (optional)").fill("gwen")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("downloaded a record of Gwenllian Morfydd")).to_be_visible()
    axe.check(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list").click()
    assert download.value.suggested_filename.startswith("who-saw-what-bluebells-")


def test_a_committee_hands_over(server: Server, open_page: Callable[..., Page], axe: Axe) -> None:
    owner = open_page(PHONE)
    sign_in(owner, server)
    owner.goto(f"{server.address}/manager/settings")
    owner.get_by_role("link", name="Hand over to a new committee").click()
    axe.check(owner)
    owner.get_by_role("button", name="Begin the handover").click()
    expect(owner.get_by_text("Say who comes, or who goes.")).to_be_visible()
    axe.check(owner)
    today = clock.today("Europe/London")
    owner.get_by_label("When is the annual meeting?").fill(today.isoformat())
    owner.get_by_label("What is the new chair’s e-mail address?").fill(CHAIR)
    owner.get_by_label("What is the new owner’s e-mail address?").fill(CHAIR)
    owner.get_by_label("alice@example.org").check()
    owner.get_by_label("Which is their last day?").fill((today + timedelta(days=7)).isoformat())
    owner.get_by_role("button", name="Begin the handover").click()
    expect(owner.get_by_text("or once another owner has come")).to_be_visible()
    axe.check(owner)
    link = owner.get_by_text(re.compile("/invitations/")).inner_text()

    accepts(open_page(PHONE), link, axe)

    owner.goto(f"{server.address}/manager/")
    owner.get_by_role("link", name="See how far it is").click()
    expect(owner.get_by_text("came on")).to_be_visible()
    expect(owner.get_by_text("or once another owner has come")).to_have_count(0)
    axe.check(owner)
    owner.get_by_role("button", name="The handover is done").click()
    expect(owner.get_by_text("The handover is done. The history keeps it.")).to_be_visible()
