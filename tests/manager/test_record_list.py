"""The list of records: pages both ways, what it can be narrowed down by, and whose."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import UUID

import pytest

import clock
from blueprints.manager import record_list as view
from blueprints.manager.year_forms import A_DATE
from extensions import db
from models.base import new_id
from models.people import PersonCategory
from models.settings import of
from models.signings import Record, Signing
from models.writing import writing
from tests.cast import Cast, publish_next
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words


def codes(page: Page) -> list[str]:
    return [words(a) for a in page.all("a") if a.get("class") == "plain-code"]


def signed_at(signing_id: UUID, at: datetime) -> None:
    with writing():
        db.session.get_one(Signing, signing_id).effective_at = at


def test_pages_lead_both_ways(
    bob: PageClient, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    ids = [signs(f"Person {letter}").record_id for letter in "ABCDE"]
    with writing():
        for signing_id in ids[:4]:
            db.session.get_one(Signing, signing_id).received_at = datetime(2026, 1, 1, tzinfo=UTC)
    there, where = [], "/manager/records"
    while where:
        page = bob.get(where)
        there.append(codes(page))
        last, where = where, page.links.get("Older records", "")
    back, where = [], last
    while where:
        page = bob.get(where)
        back.append(codes(page))
        where = page.links.get("Newer records", "")
    assert [len(page) for page in there] == [2, 2, 1]
    # On the way back the newest page is a full one.
    assert back[-1] == there[0]
    assert set(chain(*back)) == set(chain(*there))


@pytest.mark.parametrize("direction", ["before", "after"])
def test_a_page_beside_a_foreign_record_is_not_there(
    charlie: PageClient, signs: Sign, direction: str
) -> None:
    charlie.get(f"/manager/records?{direction}={signs().record_id}", expect=404)
    charlie.get(f"/manager/records?{direction}={new_id()}", expect=404)


def test_narrowed_down_by_what_was_signed_as_what_and_how(
    bob: PageClient, signs: Sign, cast: Cast
) -> None:
    old = signs("Ann Abel")
    typed = signs("Bea Bell", method="typed", typed_name="Bea Bell", drawing=None)
    version = publish_next(text="Another text.")
    new = signs("Cat Cole")
    for answers, found in (
        ({"text": f"version:{version.id}"}, [new]),
        ({"text": f"agreement:{version.agreement_id}"}, [new, typed, old]),
        ({"method": "typed"}, [typed]),
        ({"category": "parent_helper"}, [new, typed, old]),
        ({"category": "student"}, []),
    ):
        response = bob.post("manager.records", answers)
        page = bob.get(response.location)
        assert codes(page) == [one.code for one in found]
    assert "No record is like this." in page.text
    assert page.links["Show all records"] == "/manager/records"


def test_narrowed_down_by_days_of_the_setting(bob: PageClient, signs: Sign) -> None:
    late = signs("Ann Abel")
    # In London this is the first minute of July.
    signed_at(late.record_id, datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    early = signs("Bea Bell")
    signed_at(early.record_id, datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    for first, last, found in (
        ("2026-07-01", "", [late]), ("", "2026-06-30", [early]),
        ("2026-06-30", "2026-07-01", [early, late]), ("2026-07-02", "2026-07-03", []),
    ):  # fmt: skip
        response = bob.post("manager.records", {"first": first, "last": last})
        assert codes(bob.get(response.location)) == [one.code for one in found]


def test_narrowed_down_by_how_it_stands(bob: PageClient, signs: Sign, cast: Cast) -> None:
    wrong, older, newer = signs(), signs(), signs()
    bob.post("manager.void_record", {"reason": "Wrong name."}, signing_id=wrong.record_id)
    for standing, one in (("voided", wrong), ("superseded", older), ("current", newer)):
        page = bob.get("manager.records", standing=standing)
        assert codes(page) == [one.code]
        assert "1 record: " in page.text
        assert "Show all records" in page.links


def test_a_voided_record_supersedes_nothing(bob: PageClient, signs: Sign) -> None:
    kept, wrong = signs(), signs()
    bob.post("manager.void_record", {"reason": "Wrong name."}, signing_id=wrong.record_id)
    assert codes(bob.get("manager.records", standing="current")) == [kept.code]
    assert codes(bob.get("manager.records", standing="superseded")) == []


def test_a_name_leads_to_a_person_and_never_into_the_address(
    bob: PageClient, signs: Sign, cast: Cast
) -> None:
    signed, _other = signs(), signs("Bea Bell")
    response = bob.post("manager.records", {"name": "llewel", "category": "volunteer"})
    assert response.location == f"/manager/records?category=volunteer&person={cast.sian.id}"
    page = bob.get(response.location)
    assert codes(page) == [signed.code]
    assert "1 record: Siân Llewellyn, Volunteer." in page.text
    assert not bob.post("manager.records", {"name": "Sian Lewelyn"}).location.endswith("/records")


def test_several_may_be_meant(bob: PageClient, signs: Sign) -> None:
    one, other = signs("Bea Bell"), signs("Bea Bellamy")
    page = bob.post("manager.records", {"name": "bea", "method": "drawn"}, expect=200)
    assert page.h1 == "Whose records?"
    assert codes(bob.get(page.links["Bea Bellamy"])) == [other.code]
    assert "method=drawn" in page.links["Bea Bell"]
    assert codes(bob.get(page.links["Bea Bell"])) == [one.code]


def test_somebody_who_left_is_found(bob: PageClient, signs: Sign, cast: Cast) -> None:
    signed = signs()
    with writing():
        rows = of(cast.bluebells.id, PersonCategory)
        held = rows.where(PersonCategory.person_id == cast.sian.id)
        db.session.scalars(held).one().until = clock.today("Europe/London")
    response = bob.post("manager.records", {"name": "sian"})
    assert codes(bob.get(response.location)) == [signed.code]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": "Nobody Ever"}, view.NOBODY),
        ({"name": "x" * 201}, "Type the first letters of the name."),
        ({"first": "31 June"}, A_DATE),
        ({"last": "2026-02-30"}, A_DATE),
        (
            {"first": "2026-07-02", "last": "2026-07-01"},
            "Enter a last day that is not before the first.",
        ),
    ],
)
def test_what_cannot_be_found(
    bob: PageClient, signs: Sign, answers: dict[str, str], sentence: str
) -> None:
    signs()
    page = bob.post("manager.records", answers, expect=422)
    assert page.errors == [sentence]
    field, typed = next(iter(answers.items()))
    assert page.field(field).get("value") == typed


@pytest.mark.parametrize(
    "address",
    [
        "version=nobody&agreement=1&person=x", "category=boss&method=psychic&standing=lost",
        "first=yesterday&last=31-12-2026",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_asks_for_nothing(
    bob: PageClient, signs: Sign, address: str
) -> None:
    signed = signs()
    assert codes(bob.get(f"/manager/records?{address}")) == [signed.code]


def test_the_last_day_there_is(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    assert codes(bob.get("/manager/records?last=9999-12-31")) == [signed.code]


def test_what_is_asked_for_survives_paging(
    bob: PageClient, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 1)
    signed = [signs("Ann Abel"), signs("Bea Bell")]
    signs("Typed Only", method="typed", typed_name="Typed Only", drawing=None)
    page = bob.get("manager.records", method="drawn")
    assert codes(page) == [signed[1].code]
    assert "Many records" in page.text
    page = bob.get(page.links["Older records"])
    assert codes(page) == [signed[0].code]
    assert "method=drawn" in page.links["Newer records"]
    assert page.links["Download the ZIP file"] == "/manager/records.zip?method=drawn"


def test_nothing_of_another_setting_is_found(charlie: PageClient, signs: Sign, cast: Cast) -> None:
    signs()
    assert codes(charlie.get("manager.records", person=cast.sian.id)) == []
    assert "Siân" not in charlie.get("manager.records", person=cast.sian.id).text
    assert codes(charlie.get("manager.records", version=cast.version.id)) == []


def test_a_year_of_days_is_no_day(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    signed_at(signed.record_id, clock.now() - timedelta(days=400))
    first = clock.today("Europe/London") - timedelta(days=365)
    assert codes(bob.get("manager.records", first=first.isoformat())) == []


def test_every_record_has_its_box(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    [box] = [one for one in bob.get("manager.records").all("input") if one.get("name") == "record"]
    assert box.get("value") == str(signed.record_id)
    code = db.session.get_one(Record, signed.record_id).code
    assert box.get("aria-label") == f"Tick the record of Siân Llewellyn, {code}"
