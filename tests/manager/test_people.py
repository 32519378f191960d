"""The list of people and the search."""

import pytest

import clock
from blueprints.manager import people as view
from models.people import add_person
from models.writing import writing
from renewals.dues import ask_first_time
from tests.cast import Cast
from tests.page import Page, PageClient, words


def names(page: Page) -> list[str]:
    return [words(cell) for cell in page.all("tbody/tr/th")]


def crowd(cast: Cast, *full_names: str) -> None:
    with writing():
        for name in full_names:
            add_person(
                cast.bluebells.id,
                full_name=name,
                category="volunteer",
                organisation=None,
                since=clock.today("Europe/London"),
            )


def test_lists_with_stage(alice: PageClient) -> None:
    page = alice.get("manager.people")
    assert names(page) == ["Siân Llewellyn"]
    assert "Volunteer" in page.text
    assert [words(s) for s in page.all("tbody//span") if "stage" in s.get("class", "")] == ["Due"]


def test_is_empty_at_first(charlie: PageClient) -> None:
    page = charlie.get("manager.people")
    assert "Nobody is on the list yet" in page.text
    assert page.links["Add a person"] == "/manager/people/new"


def test_pages_hold_everybody_once(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    crowd(cast, "Ann Abel", "Ann Abel", "Zoë Zimmer")
    first = alice.get("manager.people")
    assert names(first) == ["Ann Abel", "Ann Abel"]
    onward = first.links["More people"]
    assert "abel" not in onward.lower()
    second = alice.get(onward)
    assert names(second) == ["Siân Llewellyn", "Zoë Zimmer"]
    assert "More people" not in second.links
    assert second.links["Back to the start"] == "/manager/people"


def test_a_page_after_a_stranger_is_not_there(charlie: PageClient, cast: Cast) -> None:
    charlie.get(f"/manager/people?after={cast.sian.id}", expect=404)


@pytest.mark.parametrize("typed", ["sian", "LLEW", "Siân Llewellyn", "lewelyn", " sian  "])
def test_search_forgives(alice: PageClient, cast: Cast, typed: str) -> None:
    crowd(cast, "Ann Abel")
    page = alice.post("manager.people", {"name": typed}, expect=200)
    assert names(page) == ["Siân Llewellyn"]


def test_search_finds_nobody(alice: PageClient) -> None:
    page = alice.post("manager.people", {"name": "Xavier"}, expect=200)
    assert "No matches for “Xavier”" in page.text
    assert names(page) == []


def test_search_stays_in_the_setting(charlie: PageClient) -> None:
    assert names(charlie.post("manager.people", {"name": "sian"}, expect=200)) == []


@pytest.mark.parametrize("typed", ["", "   "])
def test_search_for_nothing_says_so(alice: PageClient, typed: str) -> None:
    page = alice.post("manager.people", {"name": typed}, expect=422)
    assert page.errors == ["Type a name, or the first letters of one."]


@pytest.mark.parametrize("stage", ["overdue", "due", "soon", "current"])
def test_stages(alice: PageClient, stage: str) -> None:
    page = alice.get("manager.people_in_stage", stage=stage)
    assert names(page) == (["Siân Llewellyn"] if stage == "due" else [])


def test_an_unknown_stage_is_not_there(alice: PageClient) -> None:
    alice.get("manager.people_in_stage", stage="asleep", expect=404)


def test_a_stage_is_paged(alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    today = clock.today("Europe/London")
    with writing():
        for name in ("Ann Abel", "Bea Bell"):
            person = add_person(
                cast.bluebells.id, full_name=name, category="volunteer", organisation=None,
                since=today,
            )  # fmt: skip
            ask_first_time(cast.bluebells.id, person.id, "volunteer", today)
    page = alice.get("manager.people_in_stage", stage="due")
    assert names(page) == ["Ann Abel", "Bea Bell"]
    page = alice.get(page.links["More people"])
    assert names(page) == ["Siân Llewellyn"]
    assert page.links["Back to the start"] == "/manager/people/stages/due"


def test_a_stage_after_a_foreign_person_is_not_there(charlie: PageClient, cast: Cast) -> None:
    charlie.get(f"/manager/people/stages/due?after={cast.sian.id}", expect=404)
