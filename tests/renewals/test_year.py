"""A whole year, day by day: every letter that leaves, and no other.

Each day the chore runs at nine, and what people do comes after it. The year has a leap-day signer,
a Christmas holiday, both changes of the clock, and five days in May on which Fingerpost is off.
"""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Version
from models.holidays import Holiday, holidays_of
from models.outbox import OutboxItem
from models.people import Person
from models.reminders import Reminder, held_decision
from models.settings import of
from models.writing import writing
from renewals.deciding import decide_where_due, release
from renewals.quiet import may_send_at
from tests.cast import Cast
from tests.renewals.conftest import LONDON, Freeze, Small
from tests.renewals.test_dues import becomes

FIRST, LAST = date(2028, 9, 1), date(2029, 8, 31)
OFF = {date(2029, 5, day) for day in range(12, 17)}
# Who gets which step of which agreement on which day.
EXPECTED = {
    "Ann, who signs on her due day": "2029-02-08 -30, 02-24 -14, 03-03 -7, 03-09 -1, 03-10 +0",
    "Ben, who joins and takes two weeks": "2028-10-05 -7, 10-10 -1, 10-11 +0, 10-12 +1, 10-19 +8",
    "Cat, who leaves before her day": "2028-10-02 -30, 10-18 -14",
    "Dee, who signed on 29 February": "2029-01-29 -30, 02-14 -14, 02-21 -7, 02-27 -1, 02-28 +0",
    "Eve, who has no address": "",
    # The step of New Year's Day waits until Christmas is over; after the sixth it is enough.
    "Fay, who never signs again": "2028-12-16 -30, 2029-01-06 -14, 01-08 -7, 01-14 -1, 01-15 +0, "
    "01-16 +1, 01-23 +8, 01-30 +15, 02-06 +22, 02-13 +29, 02-20 +36",
    # First the agreement of his new category, then the old one, with the step that was held.
    "Gus, who becomes an employee": "2029-01-09 -7, 01-14 -1, 01-15 +0, "
    "04-20 -30, 05-06 -14, 05-18 -7, 05-19 -1, 05-20 +0",
    "Hal, who was told in person": "2029-05-21 -30, 06-06 -14, 06-19 -1, 06-20 +0",
    "Ivy, whose setting has a window": "2029-03-31 -30, 04-16 -14, 04-23 -7, 04-29 -1, 04-30 +0",
}
SIGNED = {
    "Ann": date(2028, 3, 10),
    "Cat": date(2027, 11, 1),
    "Dee": date(2028, 2, 29),
    "Eve": date(2028, 3, 10),
    "Fay": date(2028, 1, 15),
    "Gus": date(2028, 5, 20),
    "Hal": date(2028, 6, 20),
}


def expected() -> dict[str, list[tuple[date, int]]]:
    """The table, read: by first name, the days and their steps."""
    found: dict[str, list[tuple[date, int]]] = {}
    for who, told in EXPECTED.items():
        letters, year = found.setdefault(who.split(",")[0], []), ""
        for entry in filter(None, told.split(", ")):
            day, step = entry.split()
            year = day[:4] if len(day) == 10 else year
            letters.append((date.fromisoformat(f"{year}-{day[-5:]}"), int(step)))
    return found


class Year:
    """The two settings, their people, and what these do on their days."""

    def __init__(self, small: Small, cast: Cast, freeze: Freeze) -> None:
        self.small, self.windowed, self.freeze = small, Small(cast.bluebells.id), freeze
        self.manager_id = cast.charlie.id
        self.phones = small.agreement("Phones", "volunteer", "employee")
        self.keys = small.agreement("Keys", "employee")
        self.windowed.nothing_to_sign()
        self.photos = self.windowed.agreement("Photographs", "committee_member")
        self.people = {name: self._arrives(name, day) for name, day in SIGNED.items()}
        self._window()
        with writing():
            christmas = Holiday(
                name="Christmas", first_day=date(2028, 12, 22), last_day=date(2029, 1, 5)
            )
            christmas.setting_id = small.setting_id
            db.session.add(christmas)

    def _arrives(self, name: str, day: date) -> Person:
        self.freeze(day)
        more = {"email": None} if name == "Eve" else {}
        person = self.small.person(name, day, **more)
        self.small.signs(person, self.phones, day)
        return person

    def _window(self) -> None:
        """Ivy signed 29 days before a window, so the next year's is hers."""
        day = date(2028, 3, 3)
        self.freeze(day)
        with writing():
            rule = {"kind": "window", "from": "04-01", "until": "04-30"}
            self.windowed.setting.renewal_rule = rule
        self.people["Ivy"] = self.windowed.person("Ivy", day, "committee_member")
        self.windowed.signs(self.people["Ivy"], self.photos, day)

    def ben_joins(self) -> None:
        """He is added at the desk."""
        self.people["Ben"] = self.small.person("Ben", clock.today(LONDON))

    def signs(self, name: str, version: Version | None = None) -> Callable[[], object]:
        """Somebody signs, in their own setting."""
        at_home = self.windowed if name == "Ivy" else self.small
        text = version or (self.photos if name == "Ivy" else self.phones)
        return lambda: at_home.signs(self.people[name], text, clock.today(LONDON))

    def says_yes(self) -> None:
        """The manager's yes; the chore comes by again a minute later."""
        for setting in (self.small, self.windowed):
            held = held_decision(setting.setting_id)
            assert held is not None
            release(held, self.manager_id)
        decide_where_due(mail=True)

    def happenings(self) -> dict[date, Callable[[], object]]:
        """What happens on which day, after the chore."""
        small, people = self.small, self.people
        return {
            date(2028, 10, 4): self.ben_joins,
            date(2028, 10, 20): self.signs("Ben"),
            date(2028, 10, 21): lambda: becomes(small, people["Cat"], None, clock.today(LONDON)),
            date(2029, 1, 8): lambda: becomes(
                small, people["Gus"], "employee", clock.today(LONDON)
            ),
            date(2029, 1, 15): self.signs("Gus", self.keys),
            date(2029, 2, 28): self.signs("Dee"),
            date(2029, 3, 10): self.signs("Ann"),
            date(2029, 4, 30): self.signs("Ivy"),
            date(2029, 5, 18): self.says_yes,
            date(2029, 5, 20): self.signs("Gus"),
            date(2029, 6, 12): lambda: small.word(people["Hal"], self.phones),
            date(2029, 6, 20): self.signs("Hal"),
        }


@pytest.fixture
def year(small: Small, cast: Cast, freeze: Freeze) -> Year:
    """The year on its first morning."""
    return Year(small, cast, freeze)


@pytest.mark.slow
def test_every_letter_of_a_year(year: Year, freeze: Freeze) -> None:
    happenings, day = year.happenings(), FIRST
    while day <= LAST:
        freeze(day)
        if day not in OFF:
            decide_where_due(mail=True)
        if day in happenings:
            happenings[day]()
        day += timedelta(days=1)
    assert sent() == {name: letters for name, letters in expected().items() if letters}
    check_the_rows(year)


def sent() -> dict[str, list[tuple[date, int]]]:
    """Every letter that was made: by first name, the days and their steps."""
    rows = db.session.execute(
        sa.select(Person.full_name, Reminder.made_at, Reminder.step)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.channel == "letter")
        .order_by(Person.full_name, Reminder.made_at)
    )
    found: dict[str, list[tuple[date, int]]] = {}
    for name, made_at, step in rows:
        found.setdefault(name, []).append((clock.local_day(made_at, LONDON), step))
    return found


def check_the_rows(year: Year) -> None:
    """Each letter waits in a row of its own, for an hour at which it may leave."""
    for setting in (year.small.setting, year.windowed.setting):
        holidays = holidays_of(setting.id)
        items = db.session.scalars(
            of(setting.id, OutboxItem).where(OutboxItem.kind == "reminder")
        ).all()
        assert items
        for item in items:
            assert may_send_at(setting, item.not_before, holidays)
            day = item.not_before.astimezone(ZoneInfo(LONDON)).date()
            assert item.about.endswith(day.isoformat())
            assert len(item.payload["reminders"]) == 1
    due = year.small.due(year.people["Dee"], year.phones)
    assert due.due_on == date(2030, 2, 28)
