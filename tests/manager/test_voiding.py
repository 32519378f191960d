"""Voiding at the desk: what will happen is said first, why is asked, and it shows afterwards."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from extensions import db
from models.managers import Membership
from models.voids import Void, voided_at
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient, words

REASON = "The wrong name was picked."


def is_voided(cast: Cast, signing_id: UUID) -> bool:
    return voided_at(cast.bluebells.id, signing_id) is not None


def test_the_way_there_is_on_the_persons_page(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    page = bob.get("manager.person", person_id=cast.sian.id)
    [address] = [href for href in page.links.values() if href.endswith("/voiding")]
    assert address == f"/manager/records/{signed.record_id}/voiding"
    assert "Voided on" not in bob.get("manager.records").text


def test_says_what_will_happen_and_asks_why(bob: PageClient, signs: Sign) -> None:
    page = bob.get("manager.void_record", signing_id=signs().record_id)
    assert page.h1 == "Void this record?"
    assert page.labels == ["Why should this record not count?"]
    assert "Siân Llewellyn has then never signed this agreement, and is due by " in page.text


def test_says_that_an_older_record_counts_again(bob: PageClient, signs: Sign) -> None:
    older, newer = signs(), signs()
    page = bob.get("manager.void_record", signing_id=newer.record_id)
    assert "The record before it counts again: Siân Llewellyn is due on " in page.text
    page = bob.get("manager.void_record", signing_id=older.record_id)
    assert "has a newer record, and their next day stays as it is" in page.text


def test_voids_and_shows_it_with_who_and_why(bob: PageClient, cast: Cast, signs: Sign) -> None:
    wrong, right = signs(), signs()
    response = bob.post("manager.void_record", {"reason": REASON}, signing_id=wrong.record_id)
    assert response.location == f"/manager/people/{cast.sian.id}"
    for where, values in (
        ("manager.person", {"person_id": cast.sian.id}),
        ("manager.records", {}),
        ("manager.home", {}),
    ):
        page = bob.get(where, **values)
        [note] = [words(p) for p in page.all("p") if "voided" in (p.get("class") or "")]
        assert note.startswith("Voided on ")
        assert f" by bob@example.org: {REASON} The record that counts" in note
        [struck] = [words(s) for s in page.all("s")]
        assert struck == "Social Media Networking Policy, version 1"
        addresses = [a.get("href") for a in page.all("a")]
        assert addresses.count(f"/manager/records/{right.record_id}.pdf") == 2
        assert addresses.count(f"/manager/records/{wrong.record_id}.pdf") == 1


def test_the_voided_record_can_still_be_downloaded(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    before = bob.raw("GET", "manager.record", signing_id=signed.record_id).data
    bob.post("manager.void_record", {"reason": REASON}, signing_id=signed.record_id)
    assert bob.raw("GET", "manager.record", signing_id=signed.record_id).data == before


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Write in a few words why this record should not count."),
        ("   ", "Write in a few words why this record should not count."),
        ("x" * 301, "Please make this shorter, up to 300 characters."),
    ],
)
def test_a_reason_is_needed(
    bob: PageClient, cast: Cast, signs: Sign, reason: str, sentence: str
) -> None:
    signed = signs()
    page = bob.post(
        "manager.void_record", {"reason": reason}, expect=422, signing_id=signed.record_id
    )
    assert page.errors == [sentence]
    assert not is_voided(cast, signed.record_id)


def test_what_is_voided_is_not_asked_about_again(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    bob.post("manager.void_record", {"reason": REASON}, signing_id=signed.record_id)
    response = bob.raw("GET", "manager.void_record", signing_id=signed.record_id)
    assert response.location == f"/manager/people/{cast.sian.id}"
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert not [href for href in page.links.values() if href.endswith("/voiding")]


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    charlie.get("manager.void_record", expect=404, signing_id=signed.record_id)
    charlie.post("manager.void_record", {"reason": REASON}, expect=404, signing_id=signed.record_id)
    assert not is_voided(cast, signed.record_id)


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, signs: Sign, role: str) -> None:
    signed = signs()
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.void_record", expect=403, signing_id=signed.record_id)
    assert "Only an owner or a manager" in page.text
    bob.post("manager.void_record", {"reason": REASON}, expect=403, signing_id=signed.record_id)
    assert not is_voided(cast, signed.record_id)
    assert (
        "Is one of these records wrong?"
        not in bob.get("manager.person", person_id=cast.sian.id).text
    )


def test_the_page_of_the_code_says_so_and_not_why(
    bob: PageClient, client: PageClient, signs: Sign
) -> None:
    wrong, right = signs(), signs()
    bob.post("manager.void_record", {"reason": REASON}, signing_id=wrong.record_id)
    page = client.get("verify.answer", code=wrong.code)
    assert "This record was voided." in page.text
    assert "newest signature" not in page.text
    for secret in (REASON, "bob", "Siân"):
        assert secret not in page.text
    assert "newest signature" in client.get("verify.answer", code=right.code).text


def test_the_list_of_records_says_when(app: Flask, bob: PageClient, signs: Sign) -> None:
    wrong, right = signs(), signs()
    bob.post("manager.void_record", {"reason": REASON}, signing_id=wrong.record_id)
    at = db.session.get_one(Void, wrong.record_id).made_at.isoformat()
    db.session.rollback()
    listed = app.test_cli_runner().invoke(
        args=["records", "list", "--csv", "--setting", "bluebells"]
    )
    heading, newest, oldest = listed.stdout.splitlines()
    assert heading.split(",")[-1] == "voided_at"
    assert newest.startswith(str(right.record_id))
    assert newest.endswith(",")
    assert oldest.startswith(str(wrong.record_id))
    assert oldest.endswith(f",{at}")
