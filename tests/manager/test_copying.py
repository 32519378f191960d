"""A copy of all about one person: theirs, whole, others masked; what was told by the lead only."""

import io
import json
import zipfile
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.addresses import AddressCheck
from models.events import Event, check_history
from models.managers import Membership
from models.reminders import Reminder
from models.settings import of
from models.signings import Signing, record_pdf
from models.writing import writing
from people.adding import add
from people.merging import merge
from people.particulars import Particulars
from records import copying
from records.child import ChildFailed
from records.copying import DATA, PAGE
from records.papers import print_about
from records.voiding import void
from renewals.leaving import leave
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

NOTE = "My niece starts in January."
TOLD = {"kind": "relationship", "note": NOTE}
REASON = "The wrong name was picked."
MARK = {"full_name": "Winifred Witness", "category": "employee"}


@pytest.fixture
def quick_print(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Keep what would be printed; the printing has a test of its own."""
    orders: list[Any] = []

    def printed(order: Any) -> bytes:
        orders.append(order)
        return b"%PDF-"

    monkeypatch.setattr(copying, "_printed", printed)
    return orders


def copied(client: PageClient, cast: Cast) -> zipfile.ZipFile:
    response = client.raw("GET", "manager.copy_of_person", person_id=cast.sian.id)
    assert (response.status_code, response.mimetype) == (200, "application/zip")
    assert "sian" not in response.headers["Content-Disposition"].lower()
    file = zipfile.ZipFile(io.BytesIO(response.data))
    assert file.testzip() is None
    return file


def data(file: zipfile.ZipFile) -> dict[str, Any]:
    says: dict[str, Any] = json.loads(file.read(DATA))
    return says


def kinds(cast: Cast) -> list[str]:
    events = db.session.scalars(of(cast.bluebells.id, Event).order_by(Event.sequence))
    return [event.kind for event in events]


@pytest.mark.usefixtures("quick_print")
def test_holds_their_records_as_they_were_sealed(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    first, second = signs(), signs(method="mark", witness=MARK)
    void(cast.bluebells.id, second.record_id, cast.bob.id, REASON)
    file = copied(alice, cast)
    names = [name for name in file.namelist() if name.startswith("records/")]
    assert len(names) == 2
    assert not [name for name in file.namelist() if "sian" in name.lower()]
    (of_first,) = [name for name in names if first.code in name]
    found = record_pdf(cast.bluebells.id, first.record_id)
    assert found is not None
    assert file.read(of_first) == found[2]
    says = data(file)
    assert {one["check_code"] for one in says["records"]} == {first.code, second.code}
    (voided,) = [one for one in says["records"] if one["voided_at"]]
    assert voided["check_code"] == second.code
    assert says["records"][0]["drawing"]["strokes"]


@pytest.mark.usefixtures("quick_print")
def test_says_what_is_on_file_and_masks_everybody_else(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    signs("Gwenllian Morfydd")
    wrong = signs(method="mark", witness=MARK)
    void(cast.bluebells.id, wrong.record_id, cast.bob.id, REASON)
    leave(cast.bluebells, cast.sian.id, cast.sian.made_at.date(), cast.bob.id, "Moves away.")
    says = data(copied(alice, cast))
    assert says["on_file"][0]["full_name"] == "Siân Llewellyn"
    assert says["here_as"][0]["as"] == "Volunteer"
    assert says["last_days"][0]["last_day"] == str(cast.sian.made_at.date())
    reasons = [line["reason"] for line in says["history"] if "reason" in line]
    assert reasons == [REASON, "Moves away."]
    whole = json.dumps(says, ensure_ascii=False)
    for other in ("bob@example.org", "alice@example.org", "Winifred", "Gwenllian"):
        assert other not in whole


@pytest.mark.usefixtures("quick_print")
def test_an_entry_that_was_joined_to_theirs_is_in_it(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    setting_id, kept_id, today = cast.bluebells.id, cast.sian.id, clock.today("Europe/London")
    told = Particulars("Sian Llewelyn", "parent_helper", email="sian@example.org")
    twin_id = add(setting_id, cast.bob.id, told, today).id
    signed = signs(person_id=str(twin_id), person=None)
    with writing():
        for person_id in (kept_id, twin_id):
            about = {"person_id": person_id, "agreement_id": cast.version.agreement_id}
            letter = {"due_on": today, "channel": "letter", "step": 0}
            db.session.add(Reminder(setting_id=setting_id, **about, **letter))
            # An address that both have stays with each of the two.
            address = {"email": "sian@example.org", "token_hash": str(person_id)}
            db.session.add(AddressCheck(setting_id=setting_id, person_id=person_id, **address))
    merge(setting_id, kept_id, twin_id, cast.alice.id)
    says = data(copied(alice, cast))
    assert [one["full_name"] for one in says["on_file"]] == ["Siân Llewellyn", "Sian Llewelyn"]
    assert {one["as"] for one in says["here_as"]} == {"Volunteer", "Parent helper"}
    assert [one["check_code"] for one in says["records"]] == [signed.code]
    assert len(says["reminders"]) == 2
    assert [one["email"] for one in says["e_mail_addresses_asked"]] == ["sian@example.org"] * 2
    happened = [line["what"] for line in says["history"]]
    assert happened == ["person added", "signing sealed", "person merged"]


@pytest.mark.usefixtures("quick_print")
def test_what_was_told_is_in_the_leads_copy_only(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    signs(declaration=TOLD)
    says = data(copied(alice, cast))
    ((told),) = says["told_to_the_safeguarding_lead"]
    assert (told["kind"], told["note"]) == ("relationship", NOTE)
    assert "declaration.read" in kinds(cast)
    text = alice.get("manager.person", person_id=cast.sian.id).text
    assert "is in your copy. Notes that were made about it" in text


@pytest.mark.usefixtures("quick_print")
def test_a_manager_who_is_not_the_lead_gets_none_of_it(
    bob: PageClient, cast: Cast, signs: Sign
) -> None:
    signs(declaration=TOLD)
    file = copied(bob, cast)
    assert "told_to_the_safeguarding_lead" not in data(file)
    assert NOTE not in file.read(DATA).decode()
    assert "declaration.read" not in kinds(cast)
    text = bob.get("manager.person", person_id=cast.sian.id).text
    assert "the safeguarding lead makes that copy. Notes that were made about it" in text


@pytest.mark.usefixtures("quick_print")
def test_the_history_notes_it_and_stays_whole(alice: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    copied(alice, cast)
    assert kinds(cast)[-1] == "person.exported"
    assert check_history(cast.bluebells.id).faults == []


@pytest.mark.usefixtures("quick_print")
def test_somebody_who_never_signed_and_who_left_gets_one(alice: PageClient, cast: Cast) -> None:
    leave(cast.bluebells, cast.sian.id, cast.sian.made_at.date(), cast.bob.id)
    file = copied(alice, cast)
    assert file.namelist() == [PAGE, DATA]
    assert data(file)["records"] == []


def test_when_it_cannot_be_printed_nothing_leaves(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_order: object) -> bytes:
        raise ChildFailed(None)

    monkeypatch.setattr(copying, "ask", fails)
    response = alice.raw("GET", "manager.copy_of_person", person_id=cast.sian.id)
    assert response.location == f"/manager/people/{cast.sian.id}"
    text = alice.get("manager.person", person_id=cast.sian.id).text
    assert "The copy could not be printed, and nothing left." in text
    assert "person.exported" not in kinds(cast)


@pytest.mark.pdf
def test_the_page_is_printed_by_a_child_and_says_the_same(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    signs(declaration=TOLD)
    page = copied(alice, cast).read(PAGE)
    with pikepdf.open(io.BytesIO(page)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title) == "What we hold about you – Bluebells"


@pytest.mark.pdf
def test_the_page_holds_a_long_name(quick_print: list[Any], alice: PageClient, cast: Cast) -> None:
    person_id = cast.sian.id
    with writing():
        cast.sian.full_name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 2
    alice.raw("GET", "manager.copy_of_person", person_id=person_id)
    (order,) = quick_print
    assert print_about(order.says, order.made_at, order.time_zone)[:5] == b"%PDF-"


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    bob.get("manager.copy_of_person", expect=403, person_id=cast.sian.id)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "Download a copy of everything" not in page.links


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    charlie.get("manager.copy_of_person", expect=404, person_id=cast.sian.id)
    assert db.session.scalars(sa.select(Signing)).one()
