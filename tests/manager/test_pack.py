"""The inspection pack at the desk: what goes in, who may make it, and that the history knows."""

import hashlib
import io
import tempfile
from datetime import timedelta
from typing import IO, Any

import pikepdf
import pytest
import sqlalchemy as sa

import clock
from blueprints.manager.year_forms import A_DATE
from extensions import db
from models.adoptions import Adoption
from models.agreements import Agreement
from models.contacts import Contact
from models.dues import Due
from models.events import Event, check_history, current_head
from models.managers import Membership
from models.people import PersonCategory
from models.signings import Record
from models.writing import writing
from records.errors import PressFailed
from records.pack import enclosing, making
from records.pack.facts import Enclosed, Group, Pack
from records.pack.room import read_order
from records.voiding import void
from tests.cast import Cast, publish_next
from tests.manager.conftest import Sign
from tests.page import PageClient

TOLD = {"kind": "relationship", "note": "My niece starts in January."}


class Press:
    """Keeps what the child would be given, instead of printing it."""

    def __init__(self) -> None:
        self.packs: list[Pack] = []
        self.records: list[tuple[Enclosed, bytes]] = []

    def __call__(self, order: IO[bytes]) -> IO[bytes]:
        order.seek(0)
        pack, self.records = read_order(order)
        self.packs.append(pack)
        answer = tempfile.TemporaryFile()  # noqa: SIM115  (the view closes it)
        answer.write(b"%PDF-1.7 a stand-in")
        return answer

    @property
    def pack(self) -> Pack:
        """The newest."""
        return self.packs[-1]

    @property
    def groups(self) -> dict[str, Group]:
        """The categories of the newest, by name."""
        return {group.category: group for group in self.pack.groups}

    @property
    def names(self) -> list[str]:
        """Whose records are inside."""
        return [one.full_name for one, _pdf in self.records]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """How the pages look has tests of its own."""
    press = Press()
    monkeypatch.setattr(making, "_printed", press)
    return press


def become(cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role


def made_events() -> list[Event]:
    kind = Event.kind == "pack.made"
    return list(db.session.scalars(sa.select(Event).where(kind).order_by(Event.sequence)))


def wish(cast: Cast, **changes: Any) -> dict[str, Any]:
    agreements = [str(row) for row in db.session.scalars(sa.select(Agreement.id).where(
        Agreement.setting_id == cast.bluebells.id))]  # fmt: skip
    today = clock.today("Europe/London").isoformat()
    usual = {"day": today, "agreements": agreements, "records": "newest"}
    return usual | changes


def test_one_tap_gives_a_file(bob: PageClient, press: Press) -> None:
    page = bob.get("manager.pack")
    assert page.h1 == "Inspection pack"
    assert page.links["Make the pack"] == "/manager/pack.pdf"
    answer = bob.raw("GET", "manager.pack_pdf")
    today = clock.today("Europe/London")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=inspection-pack-bluebells-{today}.pdf"
    )


@pytest.mark.parametrize("where", ["manager.home", "manager.records"])
def test_the_way_there(bob: PageClient, signs: Sign, where: str) -> None:
    signs()
    assert "/manager/pack" in bob.get(where).links.values()


def test_the_history_knows_who_made_it_and_its_hash(
    bob: PageClient, cast: Cast, press: Press
) -> None:
    answer = bob.raw("GET", "manager.pack_pdf")
    [event] = made_events()
    assert event.ids["manager"] == str(cast.bob.id)
    assert event.ids["pack_sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert check_history(cast.bluebells.id).faults == []


def test_gaps_are_gaps_and_come_first(
    bob: PageClient, cast: Cast, signs: Sign, press: Press
) -> None:
    signs("Aled Morgan")
    signs("Priya Raman")
    with writing():
        due = sa.select(Due).where(Due.signing_id.is_not(None)).order_by(Due.due_on)
        db.session.scalars(due).first().due_on = clock.today("Europe/London") - timedelta(days=1)  # type: ignore[union-attr]
    bob.raw("GET", "manager.pack_pdf")
    assert [row.full_name for row in press.groups["Volunteer"].rows] == ["Siân Llewellyn"]
    helpers = press.groups["Parent helper"].rows
    assert [row.stage for row in helpers] == ["overdue", "current"]
    assert [category for category, _row in press.pack.gaps] == ["Volunteer", "Parent helper"]
    assert press.pack.gaps[0][1].signed_on is None


def test_last_signed_version_and_due(
    bob: PageClient, cast: Cast, signs: Sign, press: Press
) -> None:
    signed = signs()
    publish_next()
    bob.raw("GET", "manager.pack_pdf")
    [row] = press.groups["Volunteer"].rows
    assert (row.number, row.signed_on) == (1, clock.local_day(signed.signed_at, "Europe/London"))
    [text] = press.pack.texts
    assert [edition.number for edition in text.history] == [2, 1]


def test_a_voided_record_counts_as_none(
    bob: PageClient, cast: Cast, signs: Sign, press: Press
) -> None:
    void(cast.bluebells.id, signs().record_id, cast.bob.id, "The wrong name was picked.")
    bob.raw("GET", "manager.pack_pdf")
    assert press.groups["Volunteer"].gaps[0].signed_on is None
    assert (press.pack.numbers.records, press.pack.numbers.voided) == (1, 1)
    assert press.records == []


def test_who_left_is_not_in_it(bob: PageClient, cast: Cast, signs: Sign, press: Press) -> None:
    signs()
    with writing():
        held = sa.select(PersonCategory).where(PersonCategory.person_id == cast.sian.id)
        db.session.scalars(held).one().until = clock.today("Europe/London")
    bob.raw("GET", "manager.pack_pdf")
    assert press.pack.groups == []
    assert press.records == []


def test_the_newest_records_are_inside_as_they_were_sealed(
    bob: PageClient, signs: Sign, press: Press
) -> None:
    older, newer = signs(), signs()
    bob.raw("GET", "manager.pack_pdf")
    [(one, pdf)] = press.records
    assert pdf == bob.raw("GET", "manager.record", signing_id=newer.record_id).data
    assert one.intact
    assert one.code == newer.code != older.code
    assert "Siân" not in one.file
    assert press.pack.enclosed == [one]


def test_a_damaged_record_is_inside_and_says_so(bob: PageClient, signs: Sign, press: Press) -> None:
    signed = signs()
    with writing():
        record = db.session.get_one(Record, signed.record_id)
        record.pdf = record.pdf[:-1] + b"\x00"
    bob.raw("GET", "manager.pack_pdf")
    assert [one.intact for one, _pdf in press.records] == [False]


def test_there_is_a_limit_and_the_rest_is_counted(
    bob: PageClient, signs: Sign, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Aled Morgan", "Priya Raman", "Tom Baker"):
        signs(name)
    monkeypatch.setattr(enclosing, "MOST_RECORDS", 2)
    bob.raw("GET", "manager.pack_pdf")
    assert (press.names, press.pack.left_out) == (["Aled Morgan", "Priya Raman"], 1)
    monkeypatch.setattr(enclosing, "MOST_BYTES", 10)
    bob.raw("GET", "manager.pack_pdf")
    assert (press.names, press.pack.left_out) == ([], 3)


def test_records_can_be_chosen(bob: PageClient, cast: Cast, signs: Sign, press: Press) -> None:
    aled, priya = signs("Aled Morgan"), signs("Priya Raman")
    page = bob.get("manager.pack")
    assert [label for label in page.labels if "version 1" in label]
    for records, chosen, names in (
        ("none", [], []),
        ("chosen", [priya.record_id], ["Priya Raman"]),
        ("chosen", [priya.record_id, aled.record_id], ["Aled Morgan", "Priya Raman"]),
        ("newest", [priya.record_id], ["Aled Morgan", "Priya Raman"]),
    ):
        bob.raw("POST", "manager.pack_pdf", data=form(cast, records=records, chosen=chosen))
        assert press.names == names


def test_a_day_to_come(bob: PageClient, cast: Cast, signs: Sign, press: Press) -> None:
    signs()
    with writing():
        due = sa.select(Due).where(Due.person_id == cast.sian.id)
        db.session.scalars(due).one().due_on = clock.today("Europe/London")
    tomorrow = clock.today("Europe/London") + timedelta(days=1)
    bob.raw("POST", "manager.pack_pdf", data=form(cast, day=tomorrow.isoformat()))
    assert press.pack.day == tomorrow
    assert press.groups["Volunteer"].rows[0].stage == "overdue"


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    asked = wish(cast, **changes)
    return asked | {"setting": str(cast.bluebells.id)}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, A_DATE),
        ({"day": "soon"}, A_DATE),
        ({"day": "2020-01-01"}, "Enter today, or a day within a month from now."),
        ({"day": "2120-01-01"}, "Enter today, or a day within a month from now."),
        ({"agreements": []}, "Tick at least one agreement."),
        ({"records": "all"}, "Choose which records go into the file."),
        ({"records": "chosen"}, "Tick at least one record, or choose “None”."),
    ],
)
def test_what_is_missing_is_asked_again(
    bob: PageClient,
    cast: Cast,
    signs: Sign,
    press: Press,
    changes: dict[str, Any],
    sentence: str,
) -> None:
    signs()
    page = bob.post("manager.pack_pdf", wish(cast, **changes), expect=422)
    assert page.errors == [sentence]  # type: ignore[union-attr]
    assert made_events() == []


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_reads_makes_the_same_pack_without_records(
    bob: PageClient, cast: Cast, signs: Sign, press: Press, role: str
) -> None:
    signs()
    become(cast, role)
    page = bob.get("manager.pack")
    assert "sealed record" not in page.text.split("Choose what goes in")[1]
    bob.raw("GET", "manager.pack_pdf")
    bob.raw("POST", "manager.pack_pdf", data=form(cast))
    for pack in press.packs:
        assert pack.enclosed == []
        assert pack.groups[0].rows[0].signed_on is not None
    assert press.records == []
    assert press.pack.made_by == {"dsl": "Safeguarding lead"}.get(role, role.capitalize())


def test_another_setting_gets_its_own_only(
    charlie: PageClient, cast: Cast, signs: Sign, press: Press
) -> None:
    signed = signs()
    charlie.raw("GET", "manager.pack_pdf")
    asked = wish(cast, records="chosen", chosen=[str(signed.record_id)])
    charlie.post("manager.pack_pdf", asked, expect=422)
    assert len(press.packs) == 1
    assert press.pack.setting.name == "Little Owls"
    assert (press.pack.groups, press.records) == ([], [])


def test_nothing_of_a_declaration_and_no_address_goes_in(
    bob: PageClient, cast: Cast, signs: Sign, press: Press
) -> None:
    signs(declaration=TOLD)
    with writing():
        cast.sian.email = "sian@example.org"
        today = clock.today("Europe/London")
        card = {"name": "Rhian Ellis", "phone": None, "email": "rhian@example.org"}
        db.session.add(Contact(setting_id=cast.bluebells.id, kind="dsl", checked_on=today, **card))
    bob.raw("GET", "manager.pack_pdf")
    said = repr(press.pack)
    for secret in ("niece", "relationship", "@example.org"):
        assert secret not in said.replace("relationship to", "")
    numbers = press.pack.numbers
    assert (numbers.declarations_told, numbers.declarations_waiting) == (1, 1)
    assert "Rhian Ellis" in said


def test_the_adoption_and_the_head_are_in_it(bob: PageClient, cast: Cast, press: Press) -> None:
    today = clock.today("Europe/London")
    with writing():
        db.session.add(
            Adoption(
                setting_id=cast.bluebells.id, version_id=cast.version.id, signed_role="Chair",
                adopted_by="the committee", adopted_on=today, review_on=today, signed_name="Ann",
            )
        )  # fmt: skip
    head = current_head(cast.bluebells.id)
    bob.raw("GET", "manager.pack_pdf")
    [text] = press.pack.texts
    assert text.adopted is not None
    assert text.adopted.by == "the committee"
    assert (press.pack.proof.sequence, press.pack.proof.hash) == head
    assert press.pack.proof.check_address is None


def test_one_at_a_time(bob: PageClient, press: Press) -> None:
    with making._turn:
        page = bob.get("manager.pack_pdf", expect=503)
    assert "A pack is being made already." in page.text
    assert bob.raw("GET", "manager.pack_pdf").status_code == 200


def test_a_press_that_fails_says_so_and_lets_the_next_in(
    bob: PageClient, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_order: IO[bytes]) -> IO[bytes]:
        raise PressFailed("The press ended with None.")

    monkeypatch.setattr(making, "_printed", fails)
    page = bob.get("manager.pack_pdf", expect=503)
    assert "The pack could not be printed just now." in page.text
    assert made_events() == []
    monkeypatch.setattr(making, "_printed", press)
    assert bob.raw("GET", "manager.pack_pdf").status_code == 200


@pytest.mark.pdf
def test_the_whole_way(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    answer = bob.raw("GET", "manager.pack_pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        [inside] = [spec.get_file().read_bytes() for spec in pdf.attachments.values()]
    assert inside == bob.raw("GET", "manager.record", signing_id=signed.record_id).data
