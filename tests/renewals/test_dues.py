"""Due days change in the transaction that causes it: signing, arriving, changing the category."""

from datetime import date, timedelta

import pytest

from extensions import db
from models.agreements import Agreement, Version
from models.people import Person, PersonCategory
from models.settings import of
from models.writing import writing
from renewals.coverage import places
from renewals.dues import ask_in_new_category
from tests.renewals.conftest import Freeze, Small

SIGNED = date(2026, 6, 1)
WINDOW = {"kind": "window", "from": "09-01", "until": "09-30"}


@pytest.fixture
def phones(small: Small) -> Version:
    """What volunteers and employees sign."""
    return small.agreement("Phones", "volunteer", "employee")


@pytest.fixture
def keys(small: Small) -> Version:
    """What only employees sign."""
    return small.agreement("Keys", "employee")


@pytest.fixture
def ann(small: Small, phones: Version, freeze: Freeze) -> Person:
    """A volunteer who signs nothing but Phones."""
    freeze(SIGNED)
    return small.person("Ann", SIGNED)


def becomes(small: Small, person: Person, category: str | None, day: date) -> None:
    """Change somebody's category on a day; None when they leave."""
    with writing():
        rows = of(small.setting_id, PersonCategory).where(PersonCategory.person_id == person.id)
        held = db.session.scalars(rows.where(PersonCategory.until.is_(None))).one_or_none()
        if held is not None:
            held.until = day
        if category is not None:
            db.session.add(
                PersonCategory(
                    setting_id=small.setting_id,
                    person_id=person.id,
                    category=category,
                    since=day,
                )
            )
            db.session.flush()
            before = held.category if held else None
            ask_in_new_category(small.setting_id, person.id, before, category, day)


def test_a_signing_is_due_by_the_settings_rule(small: Small, phones: Version, ann: Person) -> None:
    with writing():
        small.setting.renewal_rule = WINDOW
    small.signs(ann, phones, SIGNED)
    due = small.due(ann, phones)
    assert (due.due_on, due.reason) == (date(2026, 9, 30), "last day of the window")
    assert due.rule == "window from 1 September to 30 September"


def test_an_agreements_own_rule_goes_first(small: Small, phones: Version, ann: Person) -> None:
    with writing():
        small.setting.renewal_rule = WINDOW
        agreement = db.session.get_one(Agreement, phones.agreement_id)
        agreement.renewal_rule = {"kind": "anniversary"}
    assert small.signs(ann, phones, SIGNED).due_on == date(2027, 6, 1)
    assert small.due(ann, phones).rule == "anniversary"


def test_a_late_arrival_of_an_older_signing_moves_nothing(
    small: Small, phones: Version, ann: Person
) -> None:
    with writing():
        small.setting.renewal_rule = WINDOW
    # Both run to the same day, and still the newer signing is the one that counts.
    newer = small.signs(ann, phones, SIGNED + timedelta(days=9))
    older = small.signs(ann, phones, SIGNED)
    assert older.due_on == newer.due_on
    assert small.due(ann, phones).signing_id == newer.id


def test_a_new_category_has_a_week_for_what_is_new_to_it(
    small: Small, phones: Version, keys: Version, ann: Person
) -> None:
    small.signs(ann, phones, SIGNED)
    day = date(2026, 8, 3)
    becomes(small, ann, "employee", day)
    assert small.due(ann, phones).due_on == date(2027, 6, 1)
    new = small.due(ann, keys)
    assert (new.due_on, new.reason) == (day + timedelta(days=7), "never signed")


def test_what_no_longer_applies_stops_asking_and_comes_back_with_a_week(
    small: Small, phones: Version, keys: Version, ann: Person
) -> None:
    becomes(small, ann, "employee", SIGNED)
    becomes(small, ann, "volunteer", SIGNED + timedelta(days=1))
    late = SIGNED + timedelta(days=90)
    assert places(small.setting_id, late)[ann.id].due_on == small.due(ann, phones).due_on
    small.signs(ann, phones, late)
    assert places(small.setting_id, late)[ann.id].stage == "current"
    becomes(small, ann, "employee", late)
    again = small.due(ann, keys)
    assert (again.due_on, again.reason) == (late + timedelta(days=7), "applies again")


def test_what_was_signed_and_still_runs_is_not_asked_sooner(
    small: Small, phones: Version, ann: Person
) -> None:
    small.signs(ann, phones, SIGNED)
    becomes(small, ann, None, SIGNED + timedelta(days=10))
    assert ann.id not in places(small.setting_id, SIGNED)
    becomes(small, ann, "volunteer", SIGNED + timedelta(days=200))
    assert small.due(ann, phones).due_on == date(2027, 6, 1)
    becomes(small, ann, None, SIGNED + timedelta(days=300))
    back = date(2028, 1, 10)
    becomes(small, ann, "volunteer", back)
    assert small.due(ann, phones).due_on == back + timedelta(days=7)
