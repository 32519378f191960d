"""The last day, the day after it, staying after all and coming back."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from extensions import db
from models.accounts import Account, Monitor, watched
from models.agreements import Version
from models.base import new_id
from models.events import Event, check_history
from models.leavings import anybody, leaving_of, people_who_left
from models.pauses import Pause, open_pause_of, open_pauses
from models.people import Person, known_person, people_now
from models.settings import of
from models.writing import writing
from outbox.errands import NOT_NEEDED
from renewals.coverage import places
from renewals.deciding import decide
from renewals.leaving import close_those_who_left, come_back, leave, stay
from tests.cast import Cast
from tests.mail.fixtures import Mail
from tests.mail.fixtures import mail as mail
from tests.renewals.conftest import Freeze, Small

DAY = date(2026, 11, 24)
A_YEAR_AGO = date(2025, 12, 1)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def small(cast: Cast, mail: Mail, freeze: Freeze) -> Small:
    freeze(DAY)
    mail.leaves()
    return Small(cast.bluebells.id)


@pytest.fixture
def version(small: Small) -> Version:
    return small.agreement("Being online")


@pytest.fixture
def sian(small: Small, version: Version) -> Person:
    """Signed a year ago all but a week: due on Tuesday 1 December 2026."""
    person = small.person("Siân", A_YEAR_AGO, email="sian@example.org")
    small.signs(person, version, A_YEAR_AGO)
    return person


def leaves(small: Small, person_id: UUID, last_day: date) -> None:
    leave(small.setting, person_id, last_day, Cast().bob.id, "Moves away.")


def here(small: Small) -> list[str]:
    return [row[0].full_name for row in db.session.execute(people_now(small.setting_id))]


def kinds(small: Small, person_id: UUID) -> list[str]:
    events = db.session.scalars(of(small.setting_id, Event).order_by(Event.sequence))
    return [event.kind for event in events if event.ids.get("person") == str(person_id)]


@pytest.mark.parametrize("days_ago", [0, 1, 40])
def test_today_or_earlier_ends_it_at_once(small: Small, sian: Person, days_ago: int) -> None:
    last_day = DAY - timedelta(days=days_ago)
    leaves(small, sian.id, last_day)
    known = anybody(small.setting_id, sian.id)
    assert known is not None
    assert known.left_on == last_day
    assert known_person(small.setting_id, sian.id) is None
    assert "Siân" not in here(small)
    assert sian.id not in places(small.setting_id, DAY)
    assert kinds(small, sian.id)[-2:] == ["person.leaving", "person.left"]


def test_a_day_to_come_waits_until_it_is_over(small: Small, sian: Person, freeze: Freeze) -> None:
    leaves(small, sian.id, TOMORROW)
    for day in (DAY, TOMORROW):
        freeze(day, 23, 59)
        close_those_who_left()
        assert "Siân" in here(small)
    freeze(TOMORROW + timedelta(days=1), 0, 1)
    close_those_who_left()
    known = anybody(small.setting_id, sian.id)
    assert known is not None
    assert known.left_on == TOMORROW
    close_those_who_left()
    assert kinds(small, sian.id).count("person.left") == 1


def test_a_day_that_was_taken_back_closes_nothing(
    small: Small, sian: Person, freeze: Freeze
) -> None:
    leaves(small, sian.id, TOMORROW)
    stay(small.setting_id, sian.id, Cast().bob.id)
    assert leaving_of(small.setting_id, sian.id) is None
    freeze(DAY + timedelta(days=9))
    close_those_who_left()
    assert "Siân" in here(small)
    assert kinds(small, sian.id)[-1] == "person.staying"


def test_what_is_over_cannot_be_taken_back(small: Small, sian: Person) -> None:
    leaves(small, sian.id, DAY)
    stay(small.setting_id, sian.id, Cast().bob.id)
    assert "Siân" not in here(small)


def test_leaving_twice_is_leaving_once(small: Small, sian: Person) -> None:
    leaves(small, sian.id, DAY)
    leaves(small, sian.id, DAY - timedelta(days=3))
    assert [known.left_on for known in people_who_left(small.setting_id)] == [DAY]


def test_a_letter_that_waits_is_not_sent(small: Small, sian: Person, mail: Mail) -> None:
    decide(small.setting, DAY, mail=True)
    leaves(small, sian.id, DAY)
    assert mail.leaves() == {NOT_NEEDED: 1}


def test_nobody_is_reminded_from_the_day_after_on(
    small: Small, sian: Person, freeze: Freeze
) -> None:
    leaves(small, sian.id, DAY)
    freeze(TOMORROW)
    assert decide(small.setting, TOMORROW, mail=True).letters == 0


def test_what_was_put_off_is_settled(small: Small, sian: Person) -> None:
    wish = {"kind": "talk_first", "person_id": sian.id, "tablet_id": small.tablet_id}
    with writing():
        db.session.add(Pause(id=new_id(), setting_id=small.setting_id, **wish))
    leaves(small, sian.id, DAY)
    assert open_pause_of(small.setting_id, sian.id) is None
    with writing():
        db.session.add(Pause(id=new_id(), setting_id=small.setting_id, **wish))
    assert db.session.execute(open_pauses(small.setting_id)).all() == []


def test_an_account_they_watched_says_so(small: Small, sian: Person) -> None:
    with writing():
        account = Account(
            setting_id=small.setting_id, platform="Facebook", handle="Bluebells", since=DAY
        )
        db.session.add(account)
        db.session.flush()
        about = {"setting_id": small.setting_id, "account_id": account.id, "since": DAY}
        db.session.add(Monitor(person_id=sian.id, **about))
    leaves(small, sian.id, DAY)
    found = watched(db.session.get_one(Account, account.id))
    assert ([person.full_name for person in found.left], found.monitors) == (["Siân"], [])


def test_whoever_is_back_is_asked_again(
    small: Small, sian: Person, version: Version, freeze: Freeze
) -> None:
    leaves(small, sian.id, DAY)
    freeze(date(2027, 9, 1))
    come_back(small.setting, sian.id, "agency_worker", "Bright Staff Ltd", Cast().bob.id)
    known = known_person(small.setting_id, sian.id)
    assert known is not None
    assert (known.category, known.organisation) == ("agency_worker", "Bright Staff Ltd")
    assert small.due(sian, version).due_on == date(2027, 9, 8)
    assert leaving_of(small.setting_id, sian.id) is None
    assert people_who_left(small.setting_id) == []
    leaves(small, sian.id, date(2027, 10, 1))
    assert kinds(small, sian.id)[-1] == "person.leaving"


def test_whoever_is_here_cannot_come_back(small: Small, sian: Person) -> None:
    come_back(small.setting, sian.id, "visitor", None, Cast().bob.id)
    known = known_person(small.setting_id, sian.id)
    assert known is not None
    assert known.category != "visitor"


def test_the_list_has_each_once_as_what_they_were_last(
    small: Small, sian: Person, freeze: Freeze
) -> None:
    leaves(small, sian.id, DAY)
    come_back(small.setting, sian.id, "visitor", None, Cast().bob.id)
    leaves(small, sian.id, DAY)
    (known,) = people_who_left(small.setting_id)
    assert (known.category, known.left_on) == ("visitor", DAY)
    assert check_history(small.setting_id).faults == []
