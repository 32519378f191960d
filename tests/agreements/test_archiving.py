"""An archived agreement asks nobody; taken back, it asks as before, and fairly."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from agreements.archiving import archive, take_back
from agreements.publishing import Archived, Edition, publish
from extensions import db
from models.agreements import Agreement, Version, current_versions
from models.events import check_history
from models.writing import writing
from renewals.coverage import places
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small
from tests.renewals.conftest import freeze as freeze
from tests.renewals.conftest import small as small

TODAY = date(2026, 11, 24)
LATER = date(2027, 3, 1)


@pytest.fixture
def phones(small: Small, freeze: Freeze) -> Version:
    """What everybody signs."""
    freeze(TODAY)
    return small.agreement("Phones")


def agreement(version: Version) -> Agreement:
    return db.session.get_one(Agreement, version.agreement_id)


def by(cast: Cast) -> UUID:
    return cast.charlie.id


def test_nobody_is_asked_any_more(small: Small, cast: Cast, phones: Version) -> None:
    ann = small.person("Ann", TODAY)
    archive(agreement(phones), by(cast))
    archive(agreement(phones), by(cast))
    assert ann.id not in places(small.setting_id, TODAY)
    assert phones not in current_versions(small.setting_id)
    assert check_history(small.setting_id).faults == []


def test_days_that_are_still_to_come_come_back_as_they_were(
    small: Small, cast: Cast, phones: Version, freeze: Freeze
) -> None:
    ann = small.person("Ann", TODAY)
    small.signs(ann, phones, TODAY)
    archive(agreement(phones), by(cast))
    freeze(LATER)
    take_back(agreement(phones), by(cast))
    assert places(small.setting_id, LATER)[ann.id].due_on == date(2027, 11, 24)


def test_whose_day_passed_meanwhile_and_who_came_meanwhile_has_a_week(
    small: Small, cast: Cast, phones: Version, freeze: Freeze
) -> None:
    late, passed = small.person("Late", date(2026, 1, 5)), small.person("Passed", TODAY)
    archive(agreement(phones), by(cast))
    freeze(LATER)
    came = small.person("Came", LATER)
    assert came.id not in places(small.setting_id, LATER)
    take_back(agreement(phones), by(cast))
    found = places(small.setting_id, LATER)
    week = LATER + timedelta(days=7)
    assert (found[passed.id].due_on, found[came.id].due_on) == (week, week)
    assert found[late.id].due_on == date(2026, 1, 12)


def test_taking_back_what_is_in_use_changes_nothing(
    small: Small, cast: Cast, phones: Version
) -> None:
    late = small.person("Late", date(2026, 1, 5))
    take_back(agreement(phones), by(cast))
    assert small.due(late, phones).due_on == date(2026, 1, 12)


def test_nothing_is_published_into_an_archived_one(
    small: Small, cast: Cast, phones: Version
) -> None:
    archive(agreement(phones), by(cast))
    edition = Edition("Phones", "Be kind.", "", None, "Name", {"volunteer": "I agree."})
    with pytest.raises(Archived), writing():
        publish(small.setting_id, edition)
