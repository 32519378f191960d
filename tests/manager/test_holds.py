"""A hold: put on with a reason, shown, and lifted; nothing is erased meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event
from models.holds import holds_on
from models.managers import Membership
from models.settings import of
from models.writing import writing
from records.holding import hold
from tests.cast import Cast
from tests.page import PageClient
from web.filters import short_date

REASON = "The insurer’s letter of 3 May."
TODAY = clock.today("Europe/London")


def holds(bob: PageClient, cast: Cast, until: object = "") -> str:
    answers = {"reason": REASON, "until": str(until)}
    bob.post("manager.hold_person", answers, person_id=cast.sian.id)
    (held,) = holds_on(cast.bluebells.id, cast.sian.id, TODAY)
    return str(held.hold.id)


def kinds(cast: Cast) -> list[str]:
    return [event.kind for event in db.session.scalars(of(cast.bluebells.id, Event))]


def role(cast: Cast, name: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = name


def test_a_hold_is_put_on_and_shown_with_who_and_why(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.hold_person", person_id=cast.sian.id)
    assert page.labels == ["Why must their records be kept?", "Until which day? (optional)"]
    holds(bob, cast)
    text = bob.get("manager.person", person_id=cast.sian.id).text
    assert "There is a hold on these records." in text
    assert f"by bob@example.org. Nothing of them can be erased. Why: {REASON}" in text
    assert "person.held" in kinds(cast)


def test_every_hold_stands_on_the_page_of_the_clock(
    bob: PageClient, charlie: PageClient, cast: Cast
) -> None:
    """Whoever is still here, too: otherwise a hold is found on one person's page only."""
    assert "Holds" not in bob.get("manager.retention").text
    ids = {"person_id": cast.sian.id, "hold_id": holds(bob, cast, TODAY)}
    page = bob.get("manager.retention")
    assert page.links["Siân Llewellyn"] == f"/manager/people/{cast.sian.id}"
    assert f"until {short_date(TODAY)}, by bob@example.org: {REASON}" in page.text
    assert "Siân" not in charlie.get("manager.retention").text
    bob.post("manager.lift_hold", **ids)
    assert "Siân" not in bob.get("manager.retention").text


def test_it_is_lifted_once(bob: PageClient, cast: Cast) -> None:
    ids = {"person_id": cast.sian.id, "hold_id": holds(bob, cast)}
    assert "Nothing is erased by this." in bob.get("manager.lift_hold", **ids).text
    bob.post("manager.lift_hold", **ids)
    bob.post("manager.lift_hold", **ids)
    assert holds_on(cast.bluebells.id, cast.sian.id, TODAY) == []
    assert kinds(cast).count("person.hold_lifted") == 1


def test_a_day_ends_it(bob: PageClient, cast: Cast) -> None:
    tomorrow = TODAY + timedelta(days=1)
    holds(bob, cast, until=tomorrow)
    assert len(holds_on(cast.bluebells.id, cast.sian.id, tomorrow)) == 1
    assert holds_on(cast.bluebells.id, cast.sian.id, tomorrow + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"reason": " "}, "Write in a few words why their records must be kept."),
        ({"reason": "x" * 301}, "Please make this shorter, up to 300 characters."),
        ({"reason": REASON, "until": "soon"}, "Enter a date, such as 25 10 2027."),
        ({"reason": REASON, "until": str(TODAY - timedelta(days=1))}, "This day is over."),
    ],
)
def test_each_answer_is_looked_at(
    bob: PageClient, cast: Cast, answers: dict[str, str], sentence: str
) -> None:
    page = bob.post("manager.hold_person", answers, expect=422, person_id=cast.sian.id)
    [error] = page.errors
    assert error.startswith(sentence)
    assert holds_on(cast.bluebells.id, cast.sian.id, TODAY) == []


def test_the_safeguarding_lead_may(bob: PageClient, cast: Cast) -> None:
    role(cast, "dsl")
    holds(bob, cast)


@pytest.mark.parametrize("name", ["chair", "auditor"])
def test_who_only_reads_cannot(bob: PageClient, cast: Cast, name: str) -> None:
    hold_id = holds(bob, cast)
    role(cast, name)
    page = bob.get("manager.hold_person", expect=403, person_id=cast.sian.id)
    assert "Only an owner, a manager or the safeguarding lead" in page.text
    bob.post("manager.lift_hold", expect=403, person_id=cast.sian.id, hold_id=hold_id)
    assert "Lift the hold" not in bob.get("manager.person", person_id=cast.sian.id).text


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast) -> None:
    hold(cast.bluebells.id, cast.sian.id, cast.bob.id, TODAY, None, REASON)
    (held,) = holds_on(cast.bluebells.id, cast.sian.id, TODAY)
    ids = {"person_id": cast.sian.id, "hold_id": held.hold.id}
    charlie.post("manager.hold_person", {"reason": REASON}, expect=404, person_id=cast.sian.id)
    charlie.post("manager.lift_hold", expect=404, **ids)
    assert len(holds_on(cast.bluebells.id, cast.sian.id, TODAY)) == 1


def test_a_hold_is_one_of_this_person(bob: PageClient, cast: Cast) -> None:
    bob.get("manager.lift_hold", expect=404, person_id=cast.sian.id, hold_id=cast.sian.id)
