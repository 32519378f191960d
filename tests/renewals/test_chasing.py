"""Reminding in person and by slip: who is asked, noted once a day, in the history."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from extensions import db
from models.agreements import Version, current_versions
from models.events import Event, check_history
from models.people import PersonCategory
from models.reminders import Reminder
from models.settings import of
from models.writing import writing
from renewals.chasing import asked, asked_now, note_slips, one_each, remind_in_person
from renewals.told import newest_of, told
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small, at

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def everybody_signs(small: Small) -> None:
    """One agreement for everybody; it is the first by title."""
    small.agreement("Policy")


def policy(small: Small) -> Version:
    return current_versions(small.setting_id)[0]


def reminders(small: Small) -> list[Reminder]:
    return list(db.session.scalars(of(small.setting_id, Reminder).order_by(Reminder.id)))


def test_who_is_asked_and_the_most_pressing_first(small: Small) -> None:
    for name, days_ago in (("Soon", 340), ("Current", 100), ("Overdue", 370)):
        person = small.person(name, DAY - timedelta(days=400))
        small.signs(person, policy(small), DAY - timedelta(days=days_ago))
    small.person("New", DAY - timedelta(days=2))
    found = asked(small.setting_id, DAY)
    assert [(one.full_name, one.stage) for one in found] == [
        ("Overdue", "overdue"), ("New", "due"), ("Soon", "soon"),
    ]  # fmt: skip
    assert asked_now(small.setting_id, DAY) == 3
    assert asked(small.setting_id, DAY, [found[1].person_id]) == [found[1]]


def test_whoever_left_is_not_asked(small: Small) -> None:
    person = small.person("Gone", DAY)
    with writing():
        held = of(small.setting_id, PersonCategory).where(PersonCategory.person_id == person.id)
        db.session.scalars(held).one().until = DAY
    assert asked(small.setting_id, DAY) == []
    assert asked_now(small.setting_id, DAY) == 0


def test_somebody_with_two_agreements_counts_once(small: Small) -> None:
    small.agreement("Phones and cameras", "volunteer")
    person = small.person("Both", DAY)
    found = asked(small.setting_id, DAY)
    assert len(found) == 2
    assert asked_now(small.setting_id, DAY) == 1
    assert [one.person_id for one in one_each(found)] == [person.id]


def test_in_person_is_noted_once_a_day(small: Small, cast: Cast, freeze: Freeze) -> None:
    freeze(DAY)
    person = small.person("Priya", DAY)
    charlie = cast.charlie.id
    assert remind_in_person(small.setting, person.id, charlie) is True
    assert remind_in_person(small.setting, person.id, charlie) is False
    freeze(DAY + timedelta(days=1))
    assert remind_in_person(small.setting, person.id, charlie) is True
    assert [(r.channel, r.step, r.by_id) for r in reminders(small)] == [
        ("in_person", None, charlie)
    ] * 2  # fmt: skip
    kinds = db.session.scalars(
        sa.select(Event.kind).where(Event.setting_id == small.setting_id).order_by(Event.sequence)
    )
    assert list(kinds)[-2:] == ["person.reminded"] * 2
    assert check_history(small.setting_id).faults == []


def test_the_day_is_the_settings_own(small: Small, freeze: Freeze) -> None:
    """Half past midnight in London's summer is still yesterday in UTC."""
    summer = date(2026, 7, 10)
    person = small.person("Priya", summer)
    freeze(summer - timedelta(days=1), 23, 30)
    assert remind_in_person(small.setting, person.id, None)
    freeze(summer, 0, 30)
    assert remind_in_person(small.setting, person.id, None)


def test_nobody_is_reminded_of_nothing(small: Small, freeze: Freeze) -> None:
    freeze(DAY)
    person = small.person("Current", DAY - timedelta(days=60))
    small.signs(person, policy(small), DAY - timedelta(days=50))
    assert remind_in_person(small.setting, person.id, None) is False
    assert reminders(small) == []


def test_slips_are_reminders_too(small: Small, freeze: Freeze) -> None:
    freeze(DAY)
    person = small.person("Priya", DAY)
    note_slips(small.setting_id, asked(small.setting_id, DAY), None)
    assert [(r.channel, r.due_on) for r in reminders(small)] == [
        ("slip", DAY + timedelta(days=7))
    ]  # fmt: skip
    newest = newest_of(small.setting_id, [person.id], at(DAY, 0))
    assert newest[person.id].channel_words == "Slip"
    assert newest_of(small.setting_id, [person.id], at(DAY, 10)) == {}


def test_the_history_pages_from_any_reminder(small: Small, freeze: Freeze) -> None:
    person = small.person("Priya", DAY)
    for days in range(5):
        freeze(DAY + timedelta(days=days))
        remind_in_person(small.setting, person.id, None)
    everything = told(small.setting_id, 9)
    assert [one.made_at for one in everything] == sorted(
        (one.made_at for one in everything), reverse=True
    )
    second = db.session.get_one(Reminder, everything[1].id)
    assert told(small.setting_id, 2, before=second) == everything[2:4]
    assert told(small.setting_id, 9, people=[person.id]) == everything
