"""A new version asks whom it must, by the day it says, and leaves everybody else in peace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.publishing import Change, Edition, news, publish
from extensions import db
from models.agreements import Version, newest_version
from models.categories import CATEGORIES
from models.dues import Due, dues_asked
from models.people import Person, PersonCategory, known_person
from models.settings import of
from models.writing import writing
from renewals.asking import Effect, ask, effect
from renewals.dues import ask_in_new_category, standings
from renewals.moving import change_rule
from renewals.schedule import Rule
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small

TODAY = date(2026, 11, 24)
YEAR_AGO = date(2025, 12, 1)
LAST_DAY = TODAY + timedelta(days=14)
MATERIAL = Change("material", TODAY, "The phones rule is new.")
MINOR = Change("minor", TODAY, "A spelling mistake.")


def edition(*categories: str) -> Edition:
    """The next text of Phones, for these."""
    wordings = dict.fromkeys(categories, "I agree to follow it.")
    return Edition("Phones", "Be very kind.", "Be kind.", None, "Name", wordings)


def next_version(small: Small, change: Change, *categories: str) -> Version:
    """Publish it."""
    with writing():
        return publish(small.setting_id, edition(*categories or CATEGORIES), None, change)


def leaves(person: Person, day: date) -> None:
    with writing():
        rows = of(person.setting_id, PersonCategory).where(PersonCategory.person_id == person.id)
        db.session.scalars(rows).one().until = day


@pytest.fixture
def today(freeze: Freeze) -> date:
    """Everything is published on the same day."""
    freeze(TODAY)
    return TODAY


@pytest.fixture
def phones(small: Small, today: date) -> Version:
    """Version 1, for everybody."""
    return small.agreement("Phones")


def test_a_first_version_gives_everybody_a_week(small: Small, today: date) -> None:
    ann, bea = small.person("Ann", YEAR_AGO), small.person("Bea", YEAR_AGO, "employee")
    phones = small.agreement("Phones", "volunteer")
    due = small.due(ann, phones)
    assert (due.due_on, due.reason) == (TODAY + timedelta(days=7), "never signed")
    with pytest.raises(AssertionError):
        small.due(bea, phones)


def test_a_minor_version_keeps_everybody_current(small: Small, phones: Version) -> None:
    ann, bea = small.person("Ann", TODAY), small.person("Bea", YEAR_AGO)
    small.signs(bea, phones, YEAR_AGO)
    before = [small.due(ann, phones).due_on, small.due(bea, phones).due_on]
    next_version(small, MINOR)
    assert [small.due(ann, phones).due_on, small.due(bea, phones).due_on] == before


def test_a_material_version_brings_days_forward_and_never_back(
    small: Small, phones: Version
) -> None:
    late, soon, far = (small.person(name, YEAR_AGO) for name in ("Late", "Soon", "Far"))
    small.signs(late, phones, date(2025, 10, 1))
    small.signs(soon, phones, YEAR_AGO)
    small.signs(far, phones, TODAY)
    next_version(small, MATERIAL)
    assert small.due(late, phones).due_on == date(2026, 10, 1)
    assert small.due(soon, phones).due_on == date(2026, 12, 1)
    moved = small.due(far, phones)
    assert (moved.due_on, moved.rule) == (LAST_DAY, "material version")
    assert moved.reason == "version 2 changed something that matters"


def test_days_to_sign_count_from_the_day_it_takes_effect(small: Small, phones: Version) -> None:
    ann = small.person("Ann", TODAY)
    small.signs(ann, phones, TODAY)
    next_version(small, Change("material", date(2027, 1, 4), "New year.", days_to_sign=30))
    assert small.due(ann, phones).due_on == date(2027, 2, 3)


def test_new_categories_are_asked_and_those_taken_out_are_not(small: Small, today: date) -> None:
    phones = small.agreement("Phones", "volunteer")
    ann, bea = small.person("Ann", YEAR_AGO), small.person("Bea", YEAR_AGO, "employee")
    small.signs(ann, phones, TODAY)
    next_version(small, MINOR, "employee")
    assert small.due(bea, phones).due_on == TODAY + timedelta(days=7)
    asked = db.session.scalars(dues_asked(small.setting_id).with_only_columns(Due.person_id))
    assert list(asked) == [bea.id]


def test_a_category_that_signs_again_has_a_week_for_what_ran_out(
    small: Small, phones: Version
) -> None:
    old, new = small.person("Old", YEAR_AGO), small.person("New", YEAR_AGO)
    small.signs(old, phones, date(2025, 6, 1))
    small.signs(new, phones, TODAY)
    next_version(small, MINOR, "employee")
    next_version(small, MINOR)
    again = small.due(old, phones)
    assert (again.due_on, again.reason) == (TODAY + timedelta(days=7), "applies again")
    assert small.due(new, phones).due_on == date(2027, 11, 24)


def test_who_left_is_not_shown_and_is_right_when_they_come_back(
    small: Small, phones: Version
) -> None:
    ann = small.person("Ann", TODAY)
    small.signs(ann, phones, TODAY)
    leaves(ann, TODAY)
    told = news(phones.agreement_id, edition(*CATEGORIES), MATERIAL, phones)
    assert effect(small.setting_id, told, TODAY) == Effect([], [], [], [])
    next_version(small, MATERIAL)
    back = TODAY + timedelta(days=90)
    with writing():
        ask_in_new_category(small.setting_id, ann.id, None, "volunteer", back)
    assert small.due(ann, phones).due_on == back + timedelta(days=7)


def test_a_signing_of_the_old_version_that_arrives_late_is_asked_again(
    small: Small, phones: Version
) -> None:
    ann = small.person("Ann", YEAR_AGO)
    next_version(small, MATERIAL)
    assert small.signs(ann, phones, TODAY).due_on == LAST_DAY
    assert small.due(ann, phones).due_on == LAST_DAY
    newest = newest_version(small.setting_id, phones.agreement_id)
    assert newest is not None
    assert small.signs(ann, newest, TODAY).due_on == date(2027, 11, 24)


def test_another_rule_respects_what_changed(small: Small, cast: Cast, phones: Version) -> None:
    ann = small.person("Ann", TODAY)
    small.signs(ann, phones, TODAY)
    next_version(small, MATERIAL)
    september = Rule.read({"kind": "window", "from": "09-01", "until": "09-30"})
    assert change_rule(small.setting_id, cast.charlie.id, Rule(), september) == 0
    assert small.due(ann, phones).due_on == LAST_DAY


def test_the_tablet_is_told_who_signed_before_something_changed(
    small: Small, phones: Version, today: date
) -> None:
    ann = small.person("Ann", TODAY)
    signed = small.signs(ann, phones, TODAY)
    known = known_person(small.setting_id, ann.id)
    assert known is not None
    assert [one.anew for one in standings(known, TODAY) if one.signed] == [False]
    next_version(small, MATERIAL)
    [standing] = [one for one in standings(known, TODAY) if one.signed]
    assert (standing.anew, standing.stage) == (True, "soon")
    assert standing.signed is not None
    assert standing.signed.id == signed.id


def test_another_settings_people_stay(small: Small, cast: Cast, phones: Version) -> None:
    rows = of(cast.bluebells.id, Due)
    before = [(due.id, due.due_on) for due in db.session.scalars(rows)]
    next_version(small, MATERIAL)
    assert [(due.id, due.due_on) for due in db.session.scalars(rows)] == before


# Category, the day they signed, whether they left.
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["volunteer", "employee", "student"]),
        st.none() | st.dates(date(2025, 9, 1), TODAY),
        st.booleans(),
    ),
    max_size=6,
)
WHO = st.sets(st.sampled_from(["volunteer", "employee", "student"]), min_size=1)
CHANGES = st.builds(
    Change,
    st.sampled_from(["minor", "material"]),
    st.dates(TODAY, TODAY + timedelta(days=60)),
    st.just("why"),
    st.integers(0, 60),
)


@given(people=PEOPLE, first=WHO, then=WHO, change=CHANGES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_preview_is_what_then_happens(
    small: Small,
    today: date,
    people: list[tuple[str, date | None, bool]],
    first: set[str],
    then: set[str],
    change: Change,
) -> None:
    title = f"Phones {len(db.session.scalars(sa.select(Version.id)).all())}"
    phones = small.agreement(title, *first)
    for number, (category, signed_on, gone) in enumerate(people):
        person = small.person(f"{title} {number}", TODAY, category)
        if signed_on:
            small.signs(person, phones, signed_on)
        if gone:
            leaves(person, TODAY)
    told = replace(edition(*sorted(then)), title=title)
    says = effect(small.setting_id, news(phones.agreement_id, told, change, phones), TODAY)
    with writing():
        publish(small.setting_id, told, None, change)
    assert asked_now(small, phones) == {
        **{new.who.person_id: new.day.on for new in says.asked},
        **{who.person_id: who.was.on for who in [*says.waiting, *says.stay] if who.was},
    }


def asked_now(small: Small, version: Version) -> dict[object, date]:
    """Who is asked for an agreement, and by when."""
    rows = dues_asked(small.setting_id).where(Due.agreement_id == version.agreement_id)
    rows = rows.with_only_columns(Due.person_id, Due.due_on)
    return {person: due_on for person, due_on in db.session.execute(rows)}  # noqa: C416


def test_two_thousand_people_take_a_handful_of_statements(small: Small, phones: Version) -> None:
    everybody = [small.person(f"P {number}", TODAY) for number in range(40)]
    for person in everybody[::2]:
        small.signs(person, phones, TODAY)
    leaves(everybody[0], TODAY)
    said: list[str] = []
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    with writing():
        said.clear()
        told = edition(*CATEGORIES)
        ask(small.setting_id, news(phones.agreement_id, told, MATERIAL, phones), TODAY)
        found = list(said)
    assert len([line for line in found if "dues" in line]) == 2, found
