"""A new rule shows who would move, and moves exactly those."""

from datetime import date

import pytest
import sqlalchemy as sa

from extensions import db
from models.agreements import Agreement, Version
from models.events import Event, EventDetails, check_history
from models.people import Person, PersonCategory
from models.settings import of
from models.writing import writing
from renewals.dues import ask_in_new_category
from renewals.moving import Move, RuleChangedMeanwhile, change_rule, preview
from renewals.schedule import Rule
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small

ANNIVERSARY = Rule()
SEPTEMBER = Rule.read({"kind": "window", "from": "09-01", "until": "09-30"})
TODAY = date(2026, 10, 15)


@pytest.fixture
def phones(small: Small) -> Version:
    """What everybody here signs."""
    return small.agreement("Phones", "volunteer")


@pytest.fixture
def people(small: Small, phones: Version, freeze: Freeze) -> dict[str, Person]:
    """Signed in spring, in August, long ago; and never."""
    days = {
        "Spring": date(2026, 3, 1),
        "August": date(2026, 8, 20),
        "Long ago": date(2025, 9, 1),
        "Never": None,
    }
    found = {}
    for name, day in days.items():
        freeze(day or TODAY)
        found[name] = small.person(name, day or TODAY)
        if day:
            small.signs(found[name], phones, day)
    freeze(TODAY)
    return found


def test_says_who_moves_from_when_to_when(small: Small, people: dict[str, Person]) -> None:
    found = preview(small.setting, SEPTEMBER, TODAY)
    assert found.moves == [
        Move(people["Long ago"].id, "Long ago", "Phones", date(2026, 9, 1), date(2026, 9, 30)),
        Move(people["Spring"].id, "Spring", "Phones", date(2027, 3, 1), date(2026, 9, 30)),
        Move(people["August"].id, "August", "Phones", date(2027, 8, 20), date(2027, 9, 30)),
    ]
    assert (found.earlier, found.later) == (1, 2)
    assert (found.made_overdue, found.no_longer_overdue) == (1, 0)
    assert preview(small.setting, SEPTEMBER, date(2026, 9, 20)).no_longer_overdue == 1


def test_changes_nothing_by_looking(
    small: Small, phones: Version, people: dict[str, Person]
) -> None:
    preview(small.setting, SEPTEMBER, TODAY)
    assert small.due(people["Spring"], phones).due_on == date(2027, 3, 1)
    assert Rule.read(small.setting.renewal_rule) == ANNIVERSARY


def test_moves_everybody_and_back_again(
    small: Small, phones: Version, cast: Cast, people: dict[str, Person]
) -> None:
    never = small.due(people["Never"], phones).due_on
    before = {name: small.due(person, phones).due_on for name, person in people.items()}
    told = preview(small.setting, SEPTEMBER, TODAY).moves
    assert change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER) == 3
    for move in told:
        person = db.session.get_one(Person, move.person_id)
        assert small.due(person, phones).due_on == move.will_be
    moved = small.due(people["Spring"], phones)
    assert (moved.reason, moved.rule) == ("last day of the window", SEPTEMBER.words)
    assert small.due(people["Never"], phones).due_on == never
    change_rule(small.setting_id, cast.charlie.id, SEPTEMBER, ANNIVERSARY)
    assert {name: small.due(who, phones).due_on for name, who in people.items()} == before


def test_the_history_keeps_both_rules(small: Small, cast: Cast, people: dict[str, Person]) -> None:
    change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER)
    [event] = db.session.scalars(sa.select(Event).where(Event.kind == "renewal_rule.changed"))
    assert event.ids == {"manager": str(cast.charlie.id)}
    assert db.session.get_one(EventDetails, event.id).body == {
        "old": {"kind": "anniversary"},
        "new": {"kind": "window", "from": "09-01", "until": "09-30"},
        "moved": 3,
    }
    assert check_history(small.setting_id).faults == []


def test_a_rule_that_changed_meanwhile_is_refused(
    small: Small, phones: Version, cast: Cast, people: dict[str, Person]
) -> None:
    change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER)
    october = Rule.read({"kind": "window", "from": "10-01", "until": "10-31"})
    with pytest.raises(RuleChangedMeanwhile):
        change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, october)
    assert Rule.read(small.setting.renewal_rule) == SEPTEMBER
    assert small.due(people["Spring"], phones).due_on == date(2026, 9, 30)


def test_an_agreement_with_its_own_rule_stays(
    small: Small, phones: Version, cast: Cast, people: dict[str, Person]
) -> None:
    with writing():
        agreement = db.session.get_one(Agreement, phones.agreement_id)
        agreement.renewal_rule = {"kind": "anniversary"}
    assert preview(small.setting, SEPTEMBER, TODAY).moves == []
    assert change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER) == 0


def test_who_left_is_not_shown_and_moves_all_the_same(
    small: Small, phones: Version, cast: Cast, people: dict[str, Person]
) -> None:
    with writing():
        rows = of(small.setting_id, PersonCategory)
        rows = rows.where(PersonCategory.person_id == people["Spring"].id)
        db.session.scalars(rows).one().until = TODAY
    names = [move.full_name for move in preview(small.setting, SEPTEMBER, TODAY).moves]
    assert names == ["Long ago", "August"]
    change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER)
    assert small.due(people["Spring"], phones).due_on == date(2026, 9, 30)


def test_another_settings_people_stay(small: Small, cast: Cast, people: dict[str, Person]) -> None:
    assert preview(cast.bluebells, SEPTEMBER, TODAY).moves == []
    assert change_rule(cast.bluebells.id, cast.bob.id, ANNIVERSARY, SEPTEMBER) == 0
    assert preview(small.setting, SEPTEMBER, TODAY).earlier == 1


def test_the_week_of_somebody_who_is_back_stays(
    small: Small, phones: Version, cast: Cast, freeze: Freeze
) -> None:
    freeze(date(2025, 1, 6))
    back = small.person("Back", date(2025, 1, 6))
    small.signs(back, phones, date(2025, 1, 6))
    with writing():
        ask_in_new_category(small.setting_id, back.id, None, "volunteer", TODAY)
    assert preview(small.setting, SEPTEMBER, TODAY).moves == []
    assert change_rule(small.setting_id, cast.charlie.id, ANNIVERSARY, SEPTEMBER) == 0
    assert small.due(back, phones).due_on == date(2026, 10, 22)
