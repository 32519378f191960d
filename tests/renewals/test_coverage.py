"""Where everybody stands: the most pressing agreement counts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from agreements.publishing import Edition, publish
from extensions import db
from models.dues import Due
from models.people import Person, PersonCategory, add_person
from models.settings import of
from models.writing import writing
from renewals.coverage import counts, places, to_chase
from tests.cast import Cast

TODAY = date(2026, 11, 24)
Ask = Callable[..., Person]


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """Somebody with a due day so many days from today for each agreement; nobody else is asked."""

    def add(name: str, *days: int) -> Person:
        with writing():
            setting_id = cast.bluebells.id
            person = add_person(
                setting_id, full_name=name, category="volunteer", organisation=None, since=TODAY
            )
            for number, offset in enumerate(days):
                wordings = {"volunteer": "I agree to follow it."}
                title = f"{name} {number}"
                version = publish(setting_id, Edition(title, "", "", None, "Name", wordings))
                asked = sa.delete(Due).where(Due.agreement_id == version.agreement_id)
                db.session.execute(asked)
                db.session.add(
                    Due(
                        setting_id=setting_id,
                        person_id=person.id,
                        agreement_id=version.agreement_id,
                        due_on=TODAY + timedelta(days=offset),
                        reason="never signed",
                        rule="first signing",
                    )
                )
        return person

    return add


def test_the_most_pressing_agreement_counts(cast: Cast, ask: Ask) -> None:
    person = ask("Ann", 5, -3, -9)
    place = places(cast.bluebells.id, TODAY)[person.id]
    assert (place.stage, place.due_on) == ("overdue", TODAY - timedelta(days=9))


def test_who_has_nothing_to_sign_has_no_place(cast: Cast, ask: Ask) -> None:
    assert ask("Ann").id not in places(cast.bluebells.id, TODAY)


def test_counts_people_and_not_agreements(cast: Cast, ask: Ask) -> None:
    ask("Ann", -1, -2)
    ask("Bea", 3)
    found = places(cast.bluebells.id, TODAY)
    del found[cast.sian.id]
    assert counts(found) == {"overdue": 1, "due": 1, "soon": 0, "current": 0}
    assert list(counts(found)) == ["overdue", "due", "soon", "current"]


def test_chases_the_longest_overdue_first(cast: Cast, ask: Ask) -> None:
    late, new, later = ask("Ann", -1), ask("Bea", 3), ask("Cat", -20)
    found = places(cast.bluebells.id, TODAY)
    del found[cast.sian.id]
    assert to_chase(found) == [later.id, late.id, new.id]


def test_another_setting_is_not_counted(cast: Cast, ask: Ask) -> None:
    ask("Ann", -1)
    assert places(cast.owls.id, TODAY) == {}


def test_what_a_category_signs_no_more_asks_nobody(cast: Cast, ask: Ask) -> None:
    person = ask("Ann", -3, 5)
    with writing():
        wordings = {"employee": "I agree to follow it."}
        publish(cast.bluebells.id, Edition("Ann 0", "", "", None, "Name", wordings))
    place = places(cast.bluebells.id, TODAY)[person.id]
    assert (place.stage, place.due_on) == ("due", TODAY + timedelta(days=5))


def test_who_left_has_no_place(cast: Cast, ask: Ask) -> None:
    person = ask("Ann", -3)
    with writing():
        held = db.session.scalars(
            of(cast.bluebells.id, PersonCategory).where(PersonCategory.person_id == person.id)
        ).one()
        held.until = TODAY
    assert person.id not in places(cast.bluebells.id, TODAY)
