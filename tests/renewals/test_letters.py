"""Each letter: to whom, with which words, and when it is not needed any more."""

import re
from datetime import date, timedelta

import pytest

from config import Config
from extensions import db
from models.addresses import check_of
from models.agreements import Version
from models.base import new_id
from models.holidays import Holiday
from models.outbox import OutboxItem
from models.people import Person, PersonCategory
from models.reminders import Reminder
from models.settings import of
from models.writing import writing
from outbox.errands import NOT_NEEDED, PUT_OFF, SENT
from outbox.putting import put
from renewals.addresses import confirm, disown, new_check, token_of
from tests.cast import Cast
from tests.mail.fixtures import Mail
from tests.mail.fixtures import mail as mail
from tests.renewals.conftest import Freeze, Small

DAY = date(2026, 11, 24)
A_YEAR_AGO = date(2025, 12, 1)
TITLE = "Being online"


@pytest.fixture
def small(cast: Cast, mail: Mail, freeze: Freeze) -> Small:
    """Bluebells on Tuesday 24 November 2026, with one agreement of its own for this test."""
    freeze(DAY)
    mail.leaves()
    return Small(cast.bluebells.id)


@pytest.fixture
def version(small: Small) -> Version:
    return small.agreement(TITLE)


@pytest.fixture
def sian(small: Small, version: Version) -> Person:
    """Signed a year ago all but a week: due on Tuesday 1 December 2026."""
    person = small.person("Siân", A_YEAR_AGO, email="sian@example.org")
    small.signs(person, version, A_YEAR_AGO)
    return person


def reminds(
    small: Small, person: Person, *versions: Version, step: int = -7, day: date = DAY
) -> OutboxItem:
    """Decide a letter, as the decider does."""
    dues = [small.due(person, version) for version in versions]
    setting_id, person_id = small.setting_id, person.id
    facts = [(due.agreement_id, due.due_on, new_id()) for due in dues]
    with writing():
        payload = {"reminders": [str(reminder_id) for _, _, reminder_id in facts]}
        item = put(setting_id, "reminder", f"{person_id}:{day}:{step}", payload)
        for agreement_id, due_on, reminder_id in facts:
            db.session.add(
                Reminder(
                    id=reminder_id,
                    setting_id=setting_id,
                    person_id=person_id,
                    agreement_id=agreement_id,
                    due_on=due_on,
                    channel="letter",
                    step=step,
                    outbox_id=item.id,
                )
            )
    return item


def confirmed(small: Small, person: Person) -> str:
    """Somebody at the address says that it is theirs; the token of their links."""
    setting_id = small.setting_id
    with writing():
        token = token_of(setting_id, new_check(setting_id, person).id)
    assert confirm(token)
    return token


class TestReminder:
    """The reminder before and after the day."""

    def test_a_confirmed_address_is_greeted_by_name(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        confirmed(small, sian)
        reminds(small, sian, version)
        mail.leaves()
        letter = mail.newest
        assert (letter.to, letter.sender_name) == ("sian@example.org", "Bluebells")
        assert letter.subject == "Bluebells: time to sign again"
        for part in (letter.text, letter.html):
            assert "Hello Siân," in part
            assert "Please do so by Tuesday 1 December 2026." in part
            assert TITLE in part
            assert "https://sign.example.org/agreements/bluebells/" in part
            assert "tablet by the door" in part

    def test_an_unconfirmed_one_gets_nothing_personal(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        reminds(small, sian, version)
        assert mail.leaves() == {SENT: 1}
        letter = mail.newest
        for part in (letter.subject, letter.text, letter.html):
            for personal in ("Siân", "December", "volunteer", "2026"):
                assert personal not in part
        assert "Hello,\n\nIt is time for somebody with this e-mail address" in letter.text
        # Whoever gets it wrongly can say so, and whoever gets it rightly can say that.
        assert re.search(r"/letters/[\w-]{22}/not-mine", letter.text)
        assert re.search(r"/letters/[\w-]{22}/mine", letter.text)

    @pytest.mark.parametrize(
        ("day", "subject", "words"),
        [
            (date(2026, 12, 1), "time to sign again", "Today, Tuesday 1 December 2026, is the day"),
            (date(2026, 12, 2), "still waiting", "counted until Tuesday 1 December 2026"),
        ],
    )
    def test_on_the_day_and_after_it(
        self,
        small: Small,
        version: Version,
        sian: Person,
        mail: Mail,
        freeze: Freeze,
        day: date,
        subject: str,
        words: str,
    ) -> None:
        confirmed(small, sian)
        freeze(day)
        reminds(small, sian, version, step=(day - date(2026, 12, 1)).days)
        mail.leaves()
        assert subject in mail.newest.subject
        assert words in mail.newest.text

    @pytest.mark.parametrize(
        ("days", "words"),
        [(0, "There is an agreement for you to read"), (8, "first signature is still")],
    )
    def test_somebody_who_never_signed(
        self,
        small: Small,
        version: Version,
        mail: Mail,
        freeze: Freeze,
        days: int,
        words: str,
    ) -> None:
        tom = small.person("Tom", DAY)
        confirmed(small, tom)
        freeze(DAY + timedelta(days=days))
        reminds(small, tom, version)
        mail.leaves()
        assert words in mail.newest.text
        assert "again" not in mail.newest.text.split("tablet by the door")[0]

    def test_one_letter_speaks_of_all(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        confirmed(small, sian)
        other = small.agreement("Photos")
        small.signs(sian, other, A_YEAR_AGO + timedelta(days=3))
        reminds(small, sian, version, other)
        mail.leaves()
        assert (
            "* Being online (by Tuesday 1 December 2026)\n"
            "  https://sign.example.org/agreements/bluebells/being-online\n\n"
        ) in mail.newest.text
        assert "* Photos (by Friday 4 December 2026)" in mail.newest.text

    def test_no_name_in_the_subject_ever(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        confirmed(small, sian)
        reminds(small, sian, version)
        mail.leaves()
        assert "Siân" not in mail.newest.subject

    def test_the_plain_text_has_no_holes(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        reminds(small, sian, version)
        mail.leaves()
        assert "\n\n\n" not in mail.newest.text
        assert "<" not in mail.newest.text

    def test_from_a_machine_that_nobody_can_reach_no_link(
        self,
        small: Small,
        version: Version,
        sian: Person,
        mail: Mail,
        monkeypatch: pytest.MonkeyPatch,
        config: Config,
    ) -> None:
        mail.unplug(monkeypatch, config)
        reminds(small, sian, version)
        assert mail.leaves() == {SENT: 1}
        assert "http" not in mail.newest.text + mail.newest.html
        assert check_of(small.setting_id, sian.id, "sian@example.org") is None


class TestNotNeeded:
    """What was decided in the morning may be settled by noon."""

    def test_signed_meanwhile(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        item = reminds(small, sian, version)
        small.signs(sian, version, DAY)
        assert mail.leaves() == {NOT_NEEDED: 1}
        assert db.session.get_one(OutboxItem, item.id).outcome == NOT_NEEDED

    def test_signed_one_of_two(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        other = small.agreement("Photos")
        small.signs(sian, other, A_YEAR_AGO)
        reminds(small, sian, version, other)
        small.signs(sian, version, DAY)
        mail.leaves()
        assert "Photos" in mail.newest.text
        assert TITLE not in mail.newest.text

    def test_left(self, small: Small, version: Version, sian: Person, mail: Mail) -> None:
        reminds(small, sian, version)
        with writing():
            for row in db.session.scalars(of(small.setting_id, PersonCategory)):
                row.until = DAY
        assert mail.leaves() == {NOT_NEEDED: 1}

    def test_the_address_is_gone(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        reminds(small, sian, version)
        with writing():
            sian.email = None
        assert mail.leaves() == {NOT_NEEDED: 1}

    def test_the_address_was_disowned(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        disown(confirmed(small, sian))
        mail.leaves()
        reminds(small, sian, version)
        assert mail.leaves() == {NOT_NEEDED: 1}

    def test_a_newer_step_waits_as_well(
        self, small: Small, version: Version, sian: Person, mail: Mail
    ) -> None:
        reminds(small, sian, version, step=-14)
        reminds(small, sian, version, step=-7)
        assert mail.leaves() == {NOT_NEEDED: 1, SENT: 1}


class TestQuiet:
    """At night and in the holidays nothing leaves."""

    def test_at_night_it_waits_for_the_morning(
        self, small: Small, version: Version, sian: Person, mail: Mail, freeze: Freeze
    ) -> None:
        reminds(small, sian, version)
        freeze(DAY, 22)
        assert mail.leaves() == {PUT_OFF: 1}
        freeze(DAY + timedelta(days=1), 7, 59)
        assert mail.leaves() == {}
        freeze(DAY + timedelta(days=1), 8)
        assert mail.leaves() == {SENT: 1}

    def test_in_the_holidays(
        self, small: Small, version: Version, sian: Person, mail: Mail, freeze: Freeze
    ) -> None:
        reminds(small, sian, version)
        with writing():
            db.session.add(
                Holiday(
                    setting_id=small.setting_id,
                    name="Inset days",
                    first_day=DAY,
                    last_day=DAY + timedelta(days=1),
                )
            )
        assert mail.leaves() == {PUT_OFF: 1}
        freeze(DAY + timedelta(days=2))
        assert mail.leaves() == {SENT: 1}
