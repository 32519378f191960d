"""A signature on paper at the desk: photographed, looked at, filed once, and labelled for good."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import current_versions
from models.managers import Membership
from models.scans import Photograph, Scan
from models.settings import Setting
from models.signings import Record, Signing
from models.writing import writing
from records import scanning
from records.errors import NotAcceptable
from records.making import Made
from tests.cast import Cast, publish_next
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words
from tests.records.photos import photograph

LABEL = "On paper, filed later as a scan"
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def today() -> date:
    return clock.today("Europe/London")


def answers(cast: Cast, *sent: tuple[str, bytes], **changes: Any) -> dict[str, Any]:
    """What is sent for a paper of today with one photograph; `changes` replace its answers."""
    files = [(io.BytesIO(data), name) for name, data in sent or (("siân.jpg", photograph()),)]
    told = {
        "text": f"agreement:{cast.version.agreement_id}",
        "signed_on": today().isoformat(),
        "seen_by": "Ann Abel",
        "photographs": files,
    }
    return told | changes


def brings(client: PageClient, cast: Cast, *sent: tuple[str, bytes], **changes: Any) -> str:
    """Bring a paper of Siân's in; gives the address of its page."""
    said = answers(cast, *sent, **changes)
    response = client.post("manager.new_scan", said, person_id=cast.sian.id)
    return str(response.location)


def refused(client: PageClient, cast: Cast, *sent: tuple[str, bytes], **changes: Any) -> Page:
    """Bring in what is not acceptable; nothing is kept of it."""
    said = answers(cast, *sent, **changes)
    page = client.post("manager.new_scan", said, expect=422, person_id=cast.sian.id)
    assert isinstance(page, Page)
    assert db.session.scalars(sa.select(Scan)).all() == []
    assert db.session.scalars(sa.select(Photograph)).all() == []
    return page


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that nobody looks at need not be printed."""
    made = Made(None, b"pages", "0f" * 32, 5)
    monkeypatch.setattr(scanning, "make_of_paper", lambda *_asked: made)


def test_the_way_there_is_on_the_persons_page(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.person", person_id=cast.sian.id)
    address = page.links["File a signature from paper"]
    assert address == f"/manager/people/{cast.sian.id}/scans"
    page = bob.get(address)
    assert page.h1 == "File a signature from paper"
    assert page.labels == [
        "Which day stands on the paper?",
        "What was signed?",
        "Who saw it being signed? (optional)",
        "Which photographs show the signed paper?",
    ]
    field = page.field("photographs")
    assert (field.get("accept"), field.get("multiple")) == ("image/jpeg,image/png", "")
    assert "take out where and when they were taken" in page.text


def test_is_looked_at_first_and_files_nothing(bob: PageClient, cast: Cast) -> None:
    address = brings(bob, cast, ("1.jpg", photograph()), ("2.png", photograph(kind="PNG")))
    page = bob.get(address)
    assert page.h1 == "File this signature?"
    for said in ("Siân Llewellyn, volunteer", "version 1", "Ann Abel", LABEL, "due again on"):
        assert said in page.text
    pictures = [image.get("src", "") for image in page.all("figure/img")]
    assert len(pictures) == 2
    for place in pictures:
        answer = bob.raw("GET", place)
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.get_data().startswith(b"\xff\xd8\xff")
    assert db.session.scalars(sa.select(Signing)).all() == []


@pytest.mark.usefixtures("quick")
def test_one_press_files_it_and_everything_says_paper(bob: PageClient, cast: Cast) -> None:
    address = brings(bob, cast)
    response = bob.post(address)
    assert response.location == f"/manager/people/{cast.sian.id}"
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "Filed and sealed: signed on paper on" in page.text
    [row] = page.all("tbody/tr")
    assert LABEL in words(row)
    assert " at 00:00" not in page.text, "nobody knows the hour"
    assert "due again on" in page.text
    assert "on paper on " in page.text
    assert "It was filed later as a scan." in page.text
    [signing] = db.session.scalars(sa.select(Signing)).all()
    code = db.session.get_one(Record, signing.id).code
    for where in ("manager.records", "manager.register", "manager.home"):
        assert LABEL in bob.get(where).text
    assert LABEL in bob.get("manager.void_record", signing_id=signing.id).text
    assert LABEL in bob.get("verify.answer", code=code).text
    assert LABEL in bob.raw("GET", "manager.register_csv").get_data(as_text=True)
    found = bob.get("/manager/records?method=paper")
    assert code in found.text
    assert code not in bob.get("/manager/records?method=drawn").text


@pytest.mark.usefixtures("quick")
def test_pressing_twice_files_once(bob: PageClient, cast: Cast) -> None:
    address = brings(bob, cast)
    bob.post(address)
    assert bob.post(address).location == f"/manager/people/{cast.sian.id}"
    assert bob.raw("GET", address).location == f"/manager/people/{cast.sian.id}"
    assert len(db.session.scalars(sa.select(Signing)).all()) == 1


def test_says_that_a_newer_signature_counts(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    page = bob.get(brings(bob, cast))
    assert "Siân Llewellyn has signed since" in page.text
    assert "due again on" not in page.text


def test_can_be_forgotten(bob: PageClient, cast: Cast) -> None:
    address = brings(bob, cast)
    response = bob.post(f"{address}/dropping")
    assert response.location == f"/manager/people/{cast.sian.id}"
    bob.get(address, expect=404)
    assert db.session.scalars(sa.select(Photograph)).all() == []


@pytest.mark.parametrize("role", ["dsl", "chair", "auditor"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, role: str) -> None:
    address = brings(bob, cast)
    picture = bob.get(address).one("figure/img").get("src", "")
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    for path in (address, picture, f"/manager/people/{cast.sian.id}/scans"):
        bob.get(path, expect=403)
    bob.post(address, expect=403)
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "File a signature from paper" not in page.links


def test_nobody_elsewhere_sees_it(bob: PageClient, charlie: PageClient, cast: Cast) -> None:
    address = brings(bob, cast)
    picture = bob.get(address).one("figure/img").get("src", "")
    for path in (address, picture, f"/manager/people/{cast.sian.id}/scans"):
        charlie.get(path, expect=404)
    charlie.post(address, expect=404)


def test_a_day_to_come_is_refused(bob: PageClient, cast: Cast) -> None:
    later = (today() + timedelta(days=1)).isoformat()
    page = refused(bob, cast, signed_on=later)
    assert page.errors[0] == "This day is still to come. Enter the day on the paper."
    assert any("Choose the photographs again" in error for error in page.errors)
    assert page.field("seen_by").get("value") == "Ann Abel"


def test_a_day_before_it_was_published_is_refused(bob: PageClient, cast: Cast) -> None:
    page = refused(bob, cast, signed_on=(today() - timedelta(days=1)).isoformat())
    assert "so nobody signed it before" in page.errors[0]


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30"])
def test_no_day_is_refused(bob: PageClient, cast: Cast, day: str) -> None:
    assert "Enter a date" in refused(bob, cast, signed_on=day).errors[0]


@pytest.mark.parametrize("text", ["", "version:", "agreement:0", "version:not-one", "x"])
def test_a_text_that_is_none_is_refused(bob: PageClient, cast: Cast, text: str) -> None:
    assert "Choose what was signed." in refused(bob, cast, text=text).errors


def test_another_settings_text_is_refused(bob: PageClient, cast: Cast) -> None:
    theirs = db.session.scalars(sa.select(Setting).where(Setting.slug == "little-owls")).one()
    [version] = current_versions(theirs.id)
    page = refused(bob, cast, text=f"version:{version.id}")
    assert "Choose what was signed." in page.errors


def test_the_version_of_that_day_is_offered_first(bob: PageClient, cast: Cast) -> None:
    first = cast.version
    publish_next(text="# Phones\n\nPhones stay in the lockers.")
    page = bob.get("manager.new_scan", person_id=cast.sian.id)
    offered = [words(option) for option in page.field("text").iter("option")]
    assert offered[0] == f"{first.title}, as it stood on that day"
    assert [one.split(", ")[1] for one in offered[1:]] == ["version 2", "version 1"]
    assert "version 2" in bob.get(brings(bob, cast)).text
    assert "version 1" in bob.get(brings(bob, cast, text=f"version:{first.id}")).text


def test_too_many_photographs_are_refused(bob: PageClient, cast: Cast) -> None:
    eleven = [(f"{n}.jpg", photograph()) for n in range(11)]
    assert "Choose up to ten photographs; these are 11." in refused(bob, cast, *eleven).errors


def test_none_is_refused(bob: PageClient, cast: Cast) -> None:
    page = refused(bob, cast, photographs=[(io.BytesIO(b""), "")])
    assert page.errors == ["Choose at least one photograph of the signed paper."]


def test_which_one_cannot_be_read_is_said(bob: PageClient, cast: Cast) -> None:
    page = refused(bob, cast, ("1.jpg", photograph()), ("scan.pdf", b"%PDF-1.7\n"))
    [error] = page.errors
    assert error.startswith("Photograph 2: This is a PDF.")
    assert "Nothing was kept" in error


def test_too_much_together_is_a_sentence(
    bob: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.manager.scans.MOST_TOGETHER", 1_000)
    monkeypatch.setattr("blueprints.manager.scans.ROOM_FOR_THE_REST", 1_000)
    said = answers(cast, ("1.jpg", photograph(3000, 2000)))
    page = bob.post("manager.new_scan", said, expect=413, person_id=cast.sian.id)
    assert isinstance(page, Page)
    assert "larger than 30 MB together" in page.text
    assert db.session.scalars(sa.select(Scan)).all() == []


def test_a_long_witness_is_refused_and_a_long_name_is_shown(bob: PageClient, cast: Cast) -> None:
    assert "shorter" in refused(bob, cast, seen_by="x" * 121).errors[0]
    assert LONG in bob.get(brings(bob, cast, seen_by=LONG)).text


def test_somebody_who_signs_nothing_is_told_so(
    bob: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.manager.scans.versions_signed_by", lambda *_asked: [])
    page = bob.get("manager.new_scan", person_id=cast.sian.id)
    assert "No agreement was ever published for somebody who is here as volunteer." in page.text
    assert page.all("form[@enctype]") == []


def test_the_tablet_cannot_send_paper(cast: Cast, signs: Sign) -> None:
    with pytest.raises(NotAcceptable):
        signs(method="paper")


@pytest.mark.pdf
def test_the_download_is_the_sealed_scan(bob: PageClient, cast: Cast, tmp_path: Path) -> None:
    bob.post(brings(bob, cast))
    [signing] = db.session.scalars(sa.select(Signing)).all()
    pdf = bob.raw("GET", "manager.record", signing_id=signing.id).get_data()
    assert pdf.startswith(b"%PDF-")
    assert bob.get("manager.records").links["Download the record of Siân Llewellyn (PDF)"]
