"""What came of a declaration: noted by its reader, locked, and counted for everybody else."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

import clock
from blueprints.manager.year_forms import A_DATE
from extensions import db
from models.events import Event, check_history
from models.managers import Membership
from models.reviews import DeclarationReview
from models.signings import Declaration
from models.writing import writing
from records.confidential import opened_note
from records.keys import renew
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words

NIECE = {"kind": "relationship", "note": "My niece starts in January."}
OUTCOME = "She will not change her niece’s nappies."
ALL_REVIEWED = "1 declared to the safeguarding lead, all reviewed."


@pytest.fixture
def told(signs: Sign) -> Declaration:
    """Siân has told that her niece comes."""
    signs(declaration=NIECE)
    return db.session.scalars(sa.select(Declaration).where(Declaration.told)).one()


def note(**changes: str) -> dict[str, str]:
    today = clock.today("Europe/London")
    usual = {"discussed_with": "Siân herself", "discussed_on": today.isoformat()}
    return usual | {"outcome": OUTCOME, "review_on": ""} | changes


def review(who: PageClient, told: Declaration, expect: int = 302, **changes: str) -> Any:
    where = "manager.declaration_review"
    return who.post(where, note(**changes), expect=expect, declaration_id=told.id)


def in_days(days: int) -> str:
    return (clock.today("Europe/London") + timedelta(days=days)).isoformat()


def headings(page: Page) -> list[str]:
    return [words(h2) for h2 in page.all("h2")]


def give(cast: Cast, who: Any, role: str, days_ago: int = 0, until: int | None = None) -> None:
    today = clock.today("Europe/London")
    db.session.add(
        Membership(
            setting_id=cast.bluebells.id,
            manager_id=who.id,
            role=role,
            since=today - timedelta(days=days_ago),
            until=today + timedelta(days=until) if until is not None else None,
        )
    )


def test_is_noted_and_read_again(alice: PageClient, cast: Cast, told: Declaration) -> None:
    response = review(alice, told)
    assert response.location == "/manager/declarations"
    page = alice.get("manager.declaration", declaration_id=told.id)
    for said in ("Siân herself", OUTCOME, "Written by alice@example.org"):
        assert said in page.text
    [event] = db.session.scalars(sa.select(Event).where(Event.kind == "declaration.reviewed"))
    assert set(event.ids) == {"declaration", "review", "manager"}
    assert event.ids["manager"] == str(cast.alice.id)
    assert check_history(cast.bluebells.id).faults == []


def test_the_next_one_stands_beside_the_first(alice: PageClient, told: Declaration) -> None:
    review(alice, told)
    review(alice, told, outcome="The niece has left.", review_on=in_days(30))
    page = alice.get("manager.declaration", declaration_id=told.id)
    assert page.text.index("The niece has left.") < page.text.index(OUTCOME)
    assert "Look at it again by" in page.text
    assert len(db.session.scalars(sa.select(DeclarationReview)).all()) == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "discussed_with",
            " ",
            "Enter whom you talked it over with, such as the person themselves.",
        ),
        ("discussed_with", "x" * 201, "Please make this shorter, up to 200 characters."),
        ("discussed_on", "", "Enter the day of the talk."),
        ("discussed_on", "tomorrow", A_DATE),
        ("discussed_on", in_days(1), "Enter the day of the talk: today, or a day before."),
        ("outcome", "", "Write in a few words what came of it."),
        ("outcome", "x" * 2001, "Please make this shorter, up to 2,000 characters."),
        ("review_on", in_days(0), "Enter a day to come, or leave this empty."),
    ],
)
def test_what_is_missing_is_asked_again(
    alice: PageClient, told: Declaration, field: str, typed: str, sentence: str
) -> None:
    page = review(alice, told, 422, **{field: typed})
    assert page.errors == [sentence]
    assert "My niece starts in January." in page.text
    assert db.session.scalar(sa.select(DeclarationReview.id)) is None


def test_it_moves_through_the_inbox(alice: PageClient, told: Declaration) -> None:
    assert headings(alice.get("manager.declarations"))[0] == "Not reviewed yet"
    review(alice, told, review_on=in_days(7))
    assert headings(alice.get("manager.declarations"))[0] == "Comes up again"
    assert ALL_REVIEWED in alice.get("manager.home").text
    with writing():
        db.session.scalars(sa.select(DeclarationReview)).one().review_on = clock.today(
            "Europe/London"
        )
    page = alice.get("manager.declarations")
    assert headings(page)[0] == "Look at these again now"
    assert "Declarations 1 open" in page.text
    assert "1 is to be looked at again by now." in alice.get("manager.home").text
    review(alice, told)
    assert headings(alice.get("manager.declarations"))[0] == "Reviewed"
    assert ALL_REVIEWED in alice.get("manager.home").text


def test_earlier_ones_of_the_same_person_are_linked(
    alice: PageClient, told: Declaration, signs: Sign
) -> None:
    signs(declaration={"kind": "other", "note": "Another thing."})
    signs("Priya Raman", declaration={"kind": "other", "note": "Not Siân’s."})
    page = alice.get("manager.declaration", declaration_id=told.id)
    assert "Siân Llewellyn also told you something" in headings(page)
    links = [href for href in page.links.values() if "/manager/declarations/" in href]
    assert len(links) == 1
    assert "Another thing." not in page.text
    assert "Another thing." in alice.get(links[0]).text


@pytest.mark.parametrize("where", ["manager.home", "manager.person", "manager.people"])
def test_the_manager_sees_that_it_is_there_and_nothing_of_it(
    alice: PageClient, bob: PageClient, cast: Cast, told: Declaration, where: str
) -> None:
    values = {"person_id": cast.sian.id} if where == "manager.person" else {}
    before = bob.get(where, **values)
    review(alice, told, review_on=in_days(7))
    after = bob.get(where, **values)
    said = {
        "manager.home": ("1 declaration waits for the safeguarding lead.", ALL_REVIEWED),
        "manager.person": ("not reviewed yet", "reviewed What it was, only the"),
        "manager.people": ("", ""),
    }[where]
    assert (said[0] in before.text, said[1] in after.text) == (True, True)
    for page in (before, after):
        html = page.response.get_data(as_text=True)
        for secret in ("niece", "relationship", "related", "Siân herself", "again by"):
            assert secret not in html
        assert "/manager/declarations" not in html


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_sees_numbers_and_no_name_to_them(
    bob: PageClient, cast: Cast, told: Declaration, role: str
) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    assert "1 declaration waits" in bob.get("manager.home").text
    page = bob.get("manager.person", person_id=cast.sian.id)
    assert "Told the safeguarding lead" not in page.text
    bob.post("manager.declaration_review", note(), expect=403, declaration_id=told.id)


def test_a_manager_and_a_stranger_cannot_review(
    bob: PageClient, charlie: PageClient, told: Declaration
) -> None:
    review(bob, told, 403)
    review(charlie, told, 404)
    assert bob.raw("GET", "manager.declaration_review", declaration_id=told.id).status_code == 405
    assert db.session.scalar(sa.select(DeclarationReview.id)) is None


def test_a_new_lead_reads_what_was_before_and_a_former_one_does_not(
    alice: PageClient, bob: PageClient, cast: Cast, told: Declaration
) -> None:
    review(alice, told)
    with writing():
        renew("declarations", cast.bluebells)
        db.session.execute(sa.delete(Membership).where(Membership.role == "dsl"))
        give(cast, cast.alice, "dsl", days_ago=9, until=-1)
        give(cast, cast.bob, "dsl")
    page = bob.get("manager.declaration", declaration_id=told.id)
    assert OUTCOME in page.text
    assert "niece starts in January" in page.text
    refused = alice.get("manager.declaration", declaration_id=told.id, expect=403)
    assert "Please ask bob@example.org." in refused.text
    assert "Declarations" not in alice.get("manager.home").links


def test_who_is_only_the_lead_finds_what_is_theirs(
    bob: PageClient, cast: Cast, told: Declaration
) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = "dsl"
    page = bob.get("manager.home")
    assert "Declarations 1 open" in page.links
    assert "Add a person" not in page.links
    assert "Open it" in page.links


def test_where_nobody_leads_the_desk_says_so(
    bob: PageClient, cast: Cast, told: Declaration
) -> None:
    with writing():
        db.session.execute(sa.delete(Membership).where(Membership.role == "dsl"))
    page = bob.get("manager.home")
    assert "Nobody is named as safeguarding lead, so it stays locked." in page.text
    assert "stays locked until an owner" in bob.get("manager.declarations", expect=403).text


def test_the_words_are_locked_and_tied_to_their_row(alice: PageClient, told: Declaration) -> None:
    review(alice, told)
    kept = db.session.scalars(sa.select(DeclarationReview)).one()
    for secret in ("nappies", "herself"):
        assert secret.encode() not in kept.sealed_words
    with pytest.raises(InvalidTag):
        opened_note(kept.key_id, kept.sealed_words, b"another row")
