"""When the setting is closed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event, check_history
from models.holidays import holidays_of
from settings.holidays import add_holiday
from tests.cast import Cast
from tests.page import PageClient

TODAY = clock.today("Europe/London")


def answers(first: int = 10, last: int = 14, name: str = "Half-term") -> dict[str, str]:
    days = {"first_day": first, "last_day": last}
    return {"name": name} | {
        field: (TODAY + timedelta(days=days)).isoformat() for field, days in days.items()
    }


def test_nothing_yet_says_what_to_do(bob: PageClient) -> None:
    page = bob.get("manager.holidays")
    assert "No holiday is coming up" in page.text
    assert "Holidays: when no letters leave" in bob.get("manager.settings").links


def test_one_comes_and_goes(bob: PageClient, cast: Cast) -> None:
    response = bob.post("manager.holidays", answers())
    page = bob.get(response.location)
    assert "Half-term is on the list. No letter leaves on these days." in page.text
    [holiday] = holidays_of(cast.bluebells.id)
    assert (holiday.first_day, holiday.last_day) == (
        TODAY + timedelta(days=10),
        TODAY + timedelta(days=14),
    )
    gone = bob.post("manager.remove_a_holiday", holiday_id=holiday.id)
    assert "It is off the list." in bob.get(gone.location).text
    assert holidays_of(cast.bluebells.id) == []
    kinds = db.session.scalars(sa.select(Event.kind).where(Event.kind.like("holiday.%")))
    assert sorted(kinds) == ["holiday.added", "holiday.removed"]
    assert check_history(cast.bluebells.id).faults == []
    bob.post("manager.remove_a_holiday", expect=404, holiday_id=holiday.id)


def test_one_day_is_a_holiday_too(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.holidays", answers(3, 3, "Training day"))
    assert len(holidays_of(cast.bluebells.id)) == 1


def test_what_is_over_is_kept_apart(bob: PageClient) -> None:
    bob.post("manager.holidays", answers(-9, -5, "Summer"))
    page = bob.get("manager.holidays")
    assert "No holiday is coming up" in page.text
    assert "Summer" in page.text
    assert page.all("details")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Give it a name, such as October half-term."),
        ({"name": "x" * 61}, "Choose a shorter name, up to 60 characters."),
        ({"first_day": ""}, "Enter a date, such as 25 10 2027."),
        ({"last_day": "soon"}, "Enter a date, such as 25 10 2027."),
        (answers(10, 9), "The last day comes before the first. Please look at both."),
        (answers(10, 400), "This is longer than a year. Please look at both days."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    page = bob.post("manager.holidays", answers() | changes, expect=422)
    assert page.errors == [sentence]
    assert holidays_of(cast.bluebells.id) == []


def test_another_settings_holidays_are_not_ours(charlie: PageClient, cast: Cast) -> None:
    holiday = add_holiday(cast.bluebells.id, cast.bob.id, "Half-term", TODAY, TODAY)
    assert "Half-term" not in charlie.get("manager.holidays").text
    charlie.post("manager.remove_a_holiday", expect=404, holiday_id=holiday.id)
    assert len(holidays_of(cast.bluebells.id)) == 1
