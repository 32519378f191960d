"""From the editor to the tablet: what a manager publishes is what somebody signs."""

import io
from collections.abc import Callable
from uuid import UUID

import pikepdf
import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

import clock
from agreements.drafting import begin_draft, edition_of_version
from agreements.publishing import Change, Edition, publish_laid_out
from agreements.underway import Decision, ask_to_publish
from extensions import db
from models.agreements import Version
from models.base import new_id
from models.signings import Declaration, Record, Signing, whole_pdf
from records.signing import sign
from tests.browser.axe import Axe
from tests.browser.conftest import DESK, PHONE, TABLET, Server
from tests.browser.held import Held
from tests.browser.library import InTheLibrary
from tests.browser.tablet import AtTheTablet
from tests.browser.test_desk import sign_in
from tests.cast import Cast, signing_body

TITLE = "Social Media Networking Policy"
NEW = "Smart glasses stay outside."
MATERIAL, MINOR = "Something that matters", "Nothing that matters"


def sian_has_signed(server: Server) -> None:
    with server.app.app_context():
        cast = Cast()
        body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
        sign(cast.tablet, new_id(), body, clock.now(), None)


def begun(server: Server) -> UUID:
    """A draft of the next version, begun by Alice."""
    with server.app.app_context():
        cast = Cast()
        edition, agreement_id = edition_of_version(cast.version), cast.version.agreement_id
        return begin_draft(cast.bluebells.id, edition, cast.alice.id, agreement_id=agreement_id).id


def publishes_the_next(page: Page, server: Server, kind: str) -> None:
    """Edit, decide, publish."""
    sign_in(page, server)
    manager = InTheLibrary(page, server).opens(TITLE).begins_the_next_version().adds(NEW)
    expect(page.get_by_role("region", name="As the tablet will show it")).to_contain_text(NEW)
    manager.decides(kind, "Smart glasses were not in it.").publishes(2)


def test_who_signed_before_something_changed_signs_again(
    server: Server, open_page: Callable[..., Page], paired: Callable[..., Page], axe: Axe
) -> None:
    sian_has_signed(server)
    publishes_the_next(open_page(DESK), server, MATERIAL)
    page = paired()
    sian = AtTheTablet(page).begins().finds_their_name("siân", "Siân")
    sian.is_asked("One agreement to read and sign")
    expect(page.get_by_text("Something that matters has changed since you signed")).to_be_visible()
    axe.check(page)
    sian.starts_to_read()
    expect(page.get_by_role("insertion").filter(has_text=NEW)).to_be_visible()
    expect(page.get_by_text(NEW).last).to_be_visible()
    sian.has_read().has_nothing_to_tell().draws().goes_on().signs()
    with server.app.app_context():
        newest = sa.select(Signing).order_by(Signing.received_at.desc()).limit(1)
        signing = db.session.scalars(newest).one()
        version = db.session.get_one(Version, signing.version_id)
        assert (version.number, version.change) == (2, "material")
        assert (signing.due_on - clock.today("Europe/London")).days >= 365
        sealed = whole_pdf(db.session.get_one(Record, signing.id))
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert NEW in pdf.attachments["agreement.md"].get_file().read_bytes().decode()


def test_a_minor_version_keeps_everybody_current(
    server: Server, open_page: Callable[..., Page], paired: Callable[..., Page]
) -> None:
    sian_has_signed(server)
    publishes_the_next(open_page(PHONE), server, MINOR)
    page = paired()
    sian = AtTheTablet(page).begins().finds_their_name("siân", "Siân")
    sian.is_asked("You are up to date")


def test_the_preview_follows_what_was_typed_before_the_script_was_there(
    server: Server, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE)
    sign_in(page, server)
    late = Held(page, "**/joined/app.js")
    page.goto(f"{server.address}/manager/agreements/drafts/{begun(server)}", wait_until="commit")
    InTheLibrary(page, server).adds(NEW)
    shown = page.get_by_role("region", name="As the tablet will show it")
    expect(shown).not_to_contain_text(NEW)
    expect(page.get_by_text("It follows each time you save.")).to_be_visible()
    late.go_on()
    expect(shown).to_contain_text(NEW)


def test_one_sitting_signs_all_that_are_due_each_its_own_record(
    server: Server, paired: Callable[..., Page]
) -> None:
    others = {
        "Camera Policy": ["volunteer"],
        "Keys": ["employee"],
        "Phones": ["volunteer", "employee"],
    }
    with server.app.app_context():
        for title, categories in others.items():
            wordings = dict.fromkeys(categories, f"I agree to follow {title}.")
            edition = Edition(title, f"# {title}\n\nAsk first.", "", None, "Name:", wordings)
            publish_laid_out(Cast().bluebells, edition, addressed=False)
    page = paired()
    somebody = AtTheTablet(page).begins().is_new(category="Volunteer")
    somebody.is_asked("3 agreements to read and sign").starts_to_read()
    for place in (1, 2):
        expect(page.get_by_text(f"Agreement {place} of 3")).to_be_visible()
        somebody.press("I have read it, or it was read to me")
    somebody.has_read().tells("Something else", "My niece is in the red room.").draws()
    expect(page.get_by_text("I agree to follow Camera Policy.")).to_be_visible()
    expect(page.get_by_text("I agree to follow Phones.")).to_be_visible()
    somebody.goes_on().signs()
    with server.app.app_context():
        signings = list(db.session.scalars(sa.select(Signing)))
        titles = [db.session.get_one(Version, one.version_id).title for one in signings]
        assert sorted(titles) == ["Camera Policy", "Phones", TITLE]
        assert len({(one.sitting_id, one.drawing, one.person_id) for one in signings}) == 1
        assert len({one.id for one in signings}) == 3
        codes = db.session.scalars(sa.select(Record.code)).all()
        assert len(set(codes)) == 3
        [told] = db.session.scalars(sa.select(Declaration))
        assert told.sitting_id == signings[0].sitting_id


def test_the_editor_works_without_scripts(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(DESK, java_script_enabled=False)
    sign_in(page, server)
    InTheLibrary(page, server).opens(TITLE).begins_the_next_version().adds(NEW)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="As the tablet will show it")).to_contain_text(NEW)


@pytest.mark.parametrize("shape", [DESK, TABLET, PHONE], ids=["wide", "tablet", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(
    server: Server,
    open_page: Callable[..., Page],
    axe: Axe,
    shape: dict[str, object],
    scheme: str,
) -> None:
    sian_has_signed(server)
    draft_id = begun(server)
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, server)
    InTheLibrary(page, server).opens(TITLE)
    version = page.url
    draft = f"{server.address}/manager/agreements/drafts/{draft_id}"
    for where in (
        *(version, f"{version}/archiving", f"{version}/taking-back", f"{version}/renewal"),
        *(f"{version}/renewal/preview?kind=window&from=09-01&until=09-30", draft),
        *(f"{draft}/dropping", f"{draft}/publishing", f"{server.address}/manager/agreements"),
    ):
        page.goto(where)
        axe.check(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, f"{where} scrolls sideways"
    page.goto(draft)
    InTheLibrary(page, server).decides(MATERIAL, "Smart glasses were not in it.")
    expect(page.get_by_role("heading", name="By name")).to_be_visible()
    axe.check(page)
    with server.app.app_context():
        cast = Cast()
        found = begin_draft(
            cast.bluebells.id,
            edition_of_version(cast.version),
            None,
            agreement_id=cast.version.agreement_id,
        )
        change = Change("minor", clock.today("Europe/London"), "A spelling mistake.")
        waits = ask_to_publish(found, Decision(change), began_from=found.revision)
    page.goto(f"{server.address}/manager/agreements/publishing/{waits}")
    axe.check(page)
