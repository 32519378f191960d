"""The year as a picture: every signing and every due day in its month."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.agreements import current_versions
from models.writing import writing
from renewals.coverage import places
from renewals.groups import groups
from renewals.picture import Month, month_start, picture
from tests.renewals.conftest import LONDON, Small

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def everybody_signs(small: Small) -> None:
    """One agreement for everybody; it is the first by title."""
    small.agreement("Policy")


@pytest.mark.parametrize(
    ("offset", "first_day"),
    [(0, date(2026, 11, 1)), (1, date(2026, 12, 1)), (2, date(2027, 1, 1)),
     (-10, date(2026, 1, 1)), (-11, date(2025, 12, 1)), (13, date(2027, 12, 1))],
)  # fmt: skip
def test_months(offset: int, first_day: date) -> None:
    assert month_start(DAY, offset) == first_day


def test_who_signed_and_what_is_coming(small: Small) -> None:
    version = current_versions(small.setting_id)[0]
    again = small.person("Again", date(2024, 1, 8))
    for day in (date(2024, 1, 9), date(2025, 1, 9), date(2026, 1, 9)):
        small.signs(again, version, day)
    late = small.person("Late", date(2025, 10, 1))
    small.signs(late, version, date(2025, 11, 3))
    new = small.person("New", date(2026, 11, 20))
    small.signs(new, version, date(2026, 11, 21))
    small.person("Never", DAY)
    drawn = picture(small.setting_id, places(small.setting_id, DAY), DAY, LONDON)
    assert len(drawn.signed) == len(drawn.coming) == 13
    assert [month for month in drawn.signed if month.people] == [
        Month(date(2025, 11, 1), 1, 1),
        Month(date(2026, 1, 1), 1, 0),
        Month(date(2026, 11, 1), 1, 1),
    ]
    assert drawn.overdue == 1
    assert [month for month in drawn.coming if month.people] == [
        Month(date(2026, 12, 1), 1), Month(date(2027, 1, 1), 1), Month(date(2027, 11, 1), 1),
    ]  # fmt: skip
    assert drawn.later == 0
    assert drawn.tallest == 1
    assert not drawn.empty


def test_somebody_who_signs_twice_in_a_month_is_one_person(small: Small) -> None:
    version = current_versions(small.setting_id)[0]
    person = small.person("Twice", DAY)
    small.signs(person, version, DAY - timedelta(days=2))
    small.signs(person, version, DAY - timedelta(days=1))
    drawn = picture(small.setting_id, places(small.setting_id, DAY), DAY, LONDON)
    assert drawn.signed[-1] == Month(date(2026, 11, 1), 1, 1)


def test_a_month_begins_by_the_settings_clock(small: Small) -> None:
    """23:00 in UTC on 30 June is the first moment of 1 July in London."""
    version = current_versions(small.setting_id)[0]
    signing = small.signs(small.person("Night", date(2026, 6, 1)), version, date(2026, 6, 30))
    with writing():
        signing.effective_at = datetime(2026, 6, 30, 23, tzinfo=UTC)
    drawn = picture(small.setting_id, {}, date(2026, 7, 5), LONDON)
    assert drawn.signed[-1].people == 1
    assert drawn.signed[-2].people == 0


def test_an_empty_setting(small: Small) -> None:
    drawn = picture(small.setting_id, {}, DAY, LONDON)
    assert drawn.empty
    assert drawn.tallest == 1


def test_groups_count_each_stage(small: Small) -> None:
    small.person("Priya", DAY, "volunteer")
    small.person("Amelia", DAY - timedelta(days=30), "volunteer")
    small.person("Tom", DAY, "employee")
    found = groups(small.setting_id, DAY)
    assert [(g.category, g.organisation, dict(g.stages)) for g in found] == [
        ("employee", None, {"due": 1}), ("volunteer", None, {"due": 1, "overdue": 1}),
    ]  # fmt: skip
