"""The list of people and the search."""

from datetime import timedelta

import pytest

import clock
from blueprints.manager import people as view
from extensions import db
from models.dues import Due
from models.people import add_person
from models.writing import writing
from people.listing import organisations_in_use
from renewals.dues import ask_first_time
from tests.cast import Cast
from tests.page import Page, PageClient, words


def names(page: Page) -> list[str]:
    return [words(link) for link in page.all("tbody/tr/th/a")]


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
    assert ("Nobody just now" in page.text) is (stage != "due")


def test_an_unknown_stage_is_not_there(alice: PageClient) -> None:
    alice.get("manager.people_in_stage", stage="asleep", expect=404)


def people_of_all_kinds(cast: Cast) -> str:
    """Ann Abel, an agency worker, beside Siân, a volunteer; gives the agency's id."""
    with writing():
        add_person(
            cast.bluebells.id,
            full_name="Ann Abel",
            category="agency_worker",
            organisation="Bright Staff",
            since=clock.today("Europe/London"),
            under_18=True,
        )
    return str(organisations_in_use(cast.bluebells.id)[0].id)


def test_filters_are_combined_and_counted(alice: PageClient, cast: Cast) -> None:
    agency = people_of_all_kinds(cast)
    assert "2 people" in alice.get("manager.people").text
    for narrowed, expected in (
        ("category=agency_worker", ["Ann Abel"]),
        (f"organisation={agency}", ["Ann Abel"]),
        ("stage=due", ["Siân Llewellyn"]),
        ("stage=due&category=volunteer", ["Siân Llewellyn"]),
        (f"stage=due&category=volunteer&organisation={agency}", []),
        ("category=&organisation=&stage=", ["Ann Abel", "Siân Llewellyn"]),
    ):
        page = alice.get(f"/manager/people?{narrowed}")
        assert names(page) == expected, narrowed
    assert "1 person" in alice.get("/manager/people?stage=due").text
    assert "Nobody on your list is like that" in alice.get("/manager/people?stage=overdue").text


def test_a_stage_is_the_most_pressing_one(alice: PageClient, cast: Cast) -> None:
    for days, stage in ((-1, "overdue"), (0, "due"), (400, "due")):
        with writing():
            due = db.session.scalars(db.select(Due).where(Due.person_id == cast.sian.id)).one()
            due.due_on = clock.today("Europe/London") + timedelta(days=days)
        assert names(alice.get(f"/manager/people?stage={stage}")) == ["Siân Llewellyn"], days


@pytest.mark.parametrize("asked", ["category=pirate", "stage=asleep"])
def test_a_filter_of_ones_own_is_not_there(alice: PageClient, asked: str) -> None:
    alice.get(f"/manager/people?{asked}", expect=404)


def test_pages_keep_the_filters(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 1)
    crowd(cast, "Ann Abel")
    onward = alice.get("/manager/people?category=volunteer").links["More people"]
    assert "category=volunteer" in onward
    assert names(alice.get(onward)) == ["Siân Llewellyn"]


def test_a_search_keeps_the_filters(alice: PageClient, cast: Cast) -> None:
    people_of_all_kinds(cast)
    page = alice.post("/manager/people?category=volunteer", {"name": "ann"}, expect=200)
    assert names(page) == []


def test_under_18_is_a_word_in_the_list(alice: PageClient, cast: Cast) -> None:
    people_of_all_kinds(cast)
    assert "Ann Abel Under 18" in alice.get("manager.people").text


def found(client: PageClient, typed: str, where: str = "manager.people_found") -> str:
    data = {"name": typed, "setting": str(client.setting.id)} if client.setting else {}
    return client.raw("POST", where, data=data).get_data(as_text=True)


def test_a_name_that_is_still_typed_is_answered_with_the_list_alone(alice: PageClient) -> None:
    html = found(alice, "lewel")
    assert "Siân Llewellyn" in html
    assert "<html" not in html
    assert "Siân" not in found(alice, "xavier")
    assert "add them" in found(alice, "xavier")
    assert "Siân" not in found(alice, "")
    assert "Siân" not in found(alice, "sian", "/manager/people/found?category=employee")


def test_another_setting_is_answered_nothing(charlie: PageClient) -> None:
    assert "Siân" not in found(charlie, "sian")


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
