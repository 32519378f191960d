"""Where everybody stands: the most pressing agreement counts."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
import sqlalchemy as sa

from agreements.publishing import Edition, publish
from extensions import db
from models.dues import Due
from models.people import Person, PersonCategory, add_person
from models.settings import of
from models.writing import writing
from renewals.coverage import STAGES, Place, people_in, places, to_chase
from renewals.dues import ask_first_time
from renewals.groups import by_category, counts, groups
from renewals.schedule import Stage, stage
from tests.cast import Cast
from tests.renewals.conftest import Small

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
    found = counts(groups(cast.bluebells.id, TODAY))
    # Bea, and Siân whom the cast brought in, are new.
    assert found == {"overdue": 1, "due": 2, "soon": 0, "current": 0}
    assert list(found) == ["overdue", "due", "soon", "current"]


def test_chases_the_longest_overdue_first(cast: Cast, ask: Ask) -> None:
    late, new, later = ask("Ann", -1), ask("Bea", 3), ask("Cat", -20)
    found = to_chase(cast.bluebells.id, TODAY, 9)
    found.remove(cast.sian.id)
    assert found == [later.id, late.id, new.id]
    assert later.id in to_chase(cast.bluebells.id, TODAY, 1)


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


def urgency(place: Place) -> tuple[int, date]:
    return -STAGES.index(place.stage), place.due_on


OFFSETS = (-9, -1, 0, 1, 7, 30, 31, 200)


def test_the_database_says_what_one_would_say_of_each_day(small: Small) -> None:
    """Every pair of days, signed before or not: the most pressing of them, by the plain rule."""
    agreements = [small.agreement("Phones"), small.agreement("Pictures")]
    signed = small.signs(small.person("Ann", TODAY), agreements[0], TODAY)
    rows, expected = [], dict[UUID, Place]()
    with writing():
        for pair in product(product(OFFSETS, (True, False)), repeat=2):
            who = add_person(
                small.setting_id, full_name="Bea", category="visitor", organisation=None,
                since=TODAY,
            )  # fmt: skip
            days = [(TODAY + timedelta(days=offset), before) for offset, before in pair]
            for agreement, (due_on, before) in zip(agreements, days, strict=True):
                own = {"person_id": who.id, "due_on": due_on, "setting_id": small.setting_id}
                rows.append(
                    own | {"agreement_id": agreement.agreement_id, "reason": "", "rule": "",
                           "signing_id": signed.id if before else None}
                )  # fmt: skip
            each = [Place(stage(day, TODAY, ever_signed=before), day) for day, before in days]
            expected[who.id] = min(each, key=urgency)
        db.session.execute(sa.insert(Due), rows)
    found = places(small.setting_id, TODAY)
    assert {who: found[who] for who in expected} == expected
    some = list(expected)[:3]
    assert places(small.setting_id, TODAY, some) == {who: expected[who] for who in some}


@pytest.mark.parametrize("name", ["overdue", "due", "soon", "current"])
def test_people_of_a_stage_by_their_day_and_page_by_page(small: Small, name: Stage) -> None:
    version = small.agreement("Phones")
    for number, letter in enumerate("EDCBAAB"):
        signed = small.person(letter, TODAY), TODAY - timedelta(days=330 + 9 * number)
        small.signs(signed[0], version, signed[1])
    found = places(small.setting_id, TODAY)
    inside = [who for who in found if found[who].stage == name]
    pages, last = list[UUID](), None
    while True:
        rows = people_in(small.setting_id, TODAY, name, last).limit(1)
        row = db.session.execute(rows).first()
        if row is None:
            break
        last = row[0]
        pages.append(last.id)
    assert sorted(pages) == sorted(inside)
    assert [found[who].due_on for who in pages] == sorted(found[who].due_on for who in inside)


def test_categories_are_counted_over_all_agencies(small: Small) -> None:
    small.agreement("Phones", "agency_worker")
    with writing():
        for name, sender in (("Ann", "Bright Staff"), ("Bea", "Kind Staff"), ("Cat", None)):
            person = add_person(
                small.setting_id, full_name=name, category="agency_worker", organisation=sender,
                since=TODAY,
            )  # fmt: skip
            ask_first_time(small.setting_id, person.id, "agency_worker", TODAY)
    found = groups(small.setting_id, TODAY)
    assert [group.organisation for group in found] == [None, "Bright Staff", "Kind Staff"]
    (category,) = by_category(found)
    assert (category.category, category.people, category.stages["due"]) == ("agency_worker", 3, 3)
