"""Bringing in a list: a look first, then everybody at once and only once."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event, check_history
from models.imports import LIVES, Import, drop_old_imports
from models.managers import Membership
from models.people import Person, people_now
from models.writing import writing
from people.adding import add
from people.importing import doing
from people.importing.doing import begin
from people.importing.judging import Judged
from people.importing.reading import Cells
from people.particulars import Particulars
from tests.cast import Cast
from tests.page import Page, PageClient, words
from tests.people.importing import lists

LIST = "Name,Role,Agency,E-mail\nRhiannon Bevan,Parent,,r@example.org\nTomos Bevan,agency,Bright,\n"


def bring(client: PageClient, what: str | bytes) -> str:
    """Bring a list in; gives the address of its page."""
    data: dict[str, Any] = {"pasted": what}
    if isinstance(what, bytes):
        data = {"file": (io.BytesIO(what), "Siân’s list.xlsx")}
    response = client.post("manager.new_import", data)
    assert "Siân" not in response.location
    return str(response.location)


def yes(client: PageClient, address: str, expect: int = 302, **more: Any) -> Any:
    """Look at the page and say yes."""
    seen = client.get(address).field("seen").get("value")
    return client.post(f"{address}/adding", {"seen": seen} | more, expect=expect)


def names(cast: Cast) -> list[str]:
    return [row[0].full_name for row in db.session.execute(people_now(cast.bluebells.id))]


def counts(page: Page) -> list[str]:
    return [words(strong) for strong in page.all("strong") if words(strong).isdecimal()]


def test_is_looked_at_first_and_adds_nobody(bob: PageClient, cast: Cast) -> None:
    page = bob.get(bring(bob, LIST))
    assert page.h1 == "Look at the list"
    assert counts(page) == ["2", "0", "0"]
    assert "Agency worker, Bright" in page.text
    assert names(cast) == ["Siân Llewellyn"]


def test_everybody_is_added(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, LIST)
    assert yes(bob, address).location == "/manager/people"
    assert "2 people are on the list now." in bob.get("manager.people").text
    assert names(cast) == ["Rhiannon Bevan", "Siân Llewellyn", "Tomos Bevan"]
    person = db.session.scalars(sa.select(Person).where(Person.email == "r@example.org")).one()
    page = bob.get("manager.person", person_id=person.id)
    assert "has never signed; due by" in page.text
    assert "Was added at the desk." in page.text


def test_a_name_that_is_too_long_is_shown_as_one_that_goes_on(bob: PageClient) -> None:
    page = bob.get(bring(bob, f"Name,Role\n{'Gwenllian Angharad ' * 8}Jones,Parent\n"))
    assert counts(page) == ["0", "0", "1"]
    assert "Gwenllian Angharad Gwenllian Angharad G…" in [words(cell) for cell in page.all("td")]


def test_a_workbook_comes_in(bob: PageClient, cast: Cast) -> None:
    page = bob.get(address := bring(bob, lists.workbook(lists.ROWS)))
    assert counts(page) == ["3", "0", "0"]
    assert "Tomos Bevan Under 18" in page.text, "by the day of birth, which is not kept"
    assert "1 Sep 2026" in page.text
    yes(bob, address)
    tomos = db.session.scalars(sa.select(Person).where(Person.under_18)).one()
    assert tomos.full_name == "Tomos Bevan"


def test_the_yes_counts_once(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, LIST)
    seen = bob.get(address).field("seen").get("value")
    for _ in range(2):
        bob.post(f"{address}/adding", {"seen": seen})
        assert "2 people are on the list now." in bob.get("manager.people").text
    assert len(names(cast)) == 3
    assert bob.raw("GET", address).location == "/manager/people"


def test_history_has_one_event_for_the_list_and_one_for_each(bob: PageClient, cast: Cast) -> None:
    yes(bob, bring(bob, LIST))
    events = db.session.scalars(sa.select(Event).order_by(Event.sequence.desc()).limit(3)).all()
    assert [event.kind for event in events] == ["people.imported", "person.added", "person.added"]
    assert events[0].ids["people"] == "2"
    assert "Bevan" not in str([event.ids for event in events])
    assert check_history(cast.bluebells.id).faults == []


def test_the_rows_are_gone_when_it_is_done(bob: PageClient) -> None:
    yes(bob, bring(bob, LIST))
    kept = db.session.scalars(sa.select(Import)).one()
    assert (kept.rows, kept.added) == (None, 2)


def test_a_row_that_is_wrong_stops_everybody(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, LIST + "!!!,Parent,,\nAnn Abel,Parent,,nobody\n,Parent,,\n")
    page = bob.get(address)
    assert counts(page) == ["2", "0", "3"]
    assert "Row 5" in page.text
    assert "“nobody” is not an e-mail address." in page.text
    assert "There is no name in this row." in page.text
    assert yes(bob, address).location.startswith(address)
    assert "Nobody was added: mend them" in bob.get(address).text
    assert len(names(cast)) == 1
    yes(bob, address, leave_out="y")
    assert len(names(cast)) == 3


def test_who_is_here_is_left_out_unless_ticked(bob: PageClient, cast: Cast) -> None:
    three = "Sian Lewelyn,Parent\nSiân Llewellyn,Volunteer\nAnn Abel,Parent\n"
    address = bring(bob, f"Name,Role\n{three}Ann Abel,Parent\n")
    page = bob.get(address)
    assert counts(page) == ["1", "3", "0"]
    assert "Row 2: Sian Lewelyn, like Siân Llewellyn" in page.labels
    assert "Row 5: Ann Abel, like Ann Abel in row 4" in page.labels
    yes(bob, address, anyway=["5", "99", "9" * 5000])
    assert names(cast) == ["Ann Abel", "Ann Abel", "Siân Llewellyn"]


def test_the_same_list_again_adds_nobody(bob: PageClient, cast: Cast) -> None:
    yes(bob, bring(bob, LIST))
    page = bob.get(bring(bob, LIST))
    assert counts(page) == ["0", "2", "0"]


def test_columns_and_words_can_be_put_right(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, "Ann Abel,Nursery Nurse,x\nZoë Zimmer,Nursery Nurse,y\n")
    page = bob.get(address)
    assert [words(label) for label in page.all("label")][:3] == ["Column 1", "Column 2", "Column 3"]
    kinds = {"kinds-0": "full_name", "kinds-1": "category", "kinds-2": ""}
    bob.post(address, kinds)
    page = bob.get(address)
    assert counts(page) == ["0", "0", "2"]
    assert "Say above what it means." in page.text
    assert "“Nursery Nurse”" in page.labels
    bob.post(address, kinds | {"words-0": "employee"})
    page = bob.get(address)
    assert counts(page) == ["2", "0", "0"]
    yes(bob, address)
    assert names(cast) == ["Ann Abel", "Siân Llewellyn", "Zoë Zimmer"]


def test_one_category_for_everybody(bob: PageClient) -> None:
    address = bring(bob, "Name\nAnn Abel\n")
    assert "Choose one for everybody above." in bob.get(address).text
    bob.post(address, {"kinds-0": "full_name", "heading": "y", "category": "volunteer"})
    assert counts(bob.get(address)) == ["1", "0", "0"]


def test_a_yes_to_what_has_changed_adds_nobody(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, LIST)
    seen = bob.get(address).field("seen").get("value")
    yes(bob, bring(bob, "Name,Role\nTomos Bevan,Parent\n"))
    bob.post(f"{address}/adding", {"seen": seen})
    assert "changed meanwhile" in bob.get(address).text
    assert names(cast) == ["Siân Llewellyn", "Tomos Bevan"]


def test_somebody_who_comes_in_between_stops_it(
    bob: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring(bob, LIST)
    looked = doing.look

    def while_somebody_is_added(kept: Import, today: date) -> Judged:
        judged = looked(kept, today)
        told = Particulars("Tomos Bevan", "volunteer")
        add(cast.bluebells.id, cast.alice.id, told, clock.today("Europe/London"))
        return judged

    seen = bob.get(address).field("seen").get("value")
    monkeypatch.setattr(doing, "look", while_somebody_is_added)
    bob.post(f"{address}/adding", {"seen": seen})
    monkeypatch.undo()
    assert "changed meanwhile" in bob.get(address).text
    assert names(cast) == ["Siân Llewellyn", "Tomos Bevan"]


def test_a_formula_is_no_name(bob: PageClient) -> None:
    page = bob.get(bring(bob, "Name,Role\n=cmd|' /C calc'!A0,Parent\n+441234,Parent\n"))
    assert counts(page) == ["0", "0", "2"]
    assert "looks like a formula" in page.text


def test_markup_in_a_list_is_text(bob: PageClient) -> None:
    page = bob.get(bring(bob, "Name,Role\n<script>alert(1)</script> Bevan,Parent\n"))
    assert "<script>alert(1)</script> Bevan" in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a file, or paste the rows below."),
        ({"pasted": "  "}, "Choose a file, or paste the rows below."),
        ({"pasted": "a" * 501}, "This list is too large to be read here."),
        ({"pasted": "%PDF-1.7"}, "This is not a list that can be read here."),
    ],
)
def test_what_cannot_be_read_says_so(bob: PageClient, typed: dict[str, str], sentence: str) -> None:
    [error] = bob.post("manager.new_import", typed, expect=422).errors
    assert error.startswith(sentence)


def test_a_file_or_pasted_rows_and_not_both(bob: PageClient) -> None:
    both = {"pasted": LIST, "file": (io.BytesIO(b"Name\n"), "list.csv")}
    page = bob.post("manager.new_import", both, expect=422)
    assert page.errors == ["Choose a file or paste the rows, please not both."]


def test_a_list_can_be_forgotten(bob: PageClient, cast: Cast) -> None:
    address = bring(bob, LIST)
    bob.post(f"{address}/dropping", {})
    bob.get(address, expect=404)
    assert db.session.scalars(sa.select(Import)).all() == []
    assert len(names(cast)) == 1


def test_nothing_waits_longer_than_a_day(bob: PageClient) -> None:
    address = bring(bob, LIST)
    drop_old_imports()
    bob.get(address)
    with writing():
        db.session.scalars(sa.select(Import)).one().made_at = clock.now() - LIVES - timedelta(1)
    bob.get(address, expect=404)
    drop_old_imports()
    assert db.session.scalars(sa.select(Import)).all() == []


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast) -> None:
    cells = Cells([["Name"], ["Ann Abel"]], [1, 2])
    address = f"/manager/people/imports/{begin(cast.bluebells.id, cast.bob.id, cells)}"
    charlie.get(address, expect=404)
    for act in ("", "/adding", "/dropping"):
        charlie.post(address + act, {}, expect=404)


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, role: str) -> None:
    address = bring(bob, LIST)
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    bob.get("manager.new_import", expect=403)
    bob.get(address, expect=403)
    bob.post(f"{address}/adding", {}, expect=403)
    assert "Bring in a list" not in bob.get("manager.people").text
