"""The calendar feed, read back by another program than the one that wrote it."""

import re
from datetime import date, timedelta

import pytest
import vobject

from extensions import db
from models.accounts import Account
from models.adoptions import Adoption
from models.agreements import current_versions
from models.contacts import Contact
from models.events import happened
from models.writing import writing
from renewals.calendar import feed
from tests.renewals.conftest import Small

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def everybody_signs(small: Small) -> None:
    """One agreement for everybody; it is the first by title."""
    small.agreement("Policy")


def entries(
    small: Small, *, names: bool = False, address: str | None = None
) -> list[vobject.base.Component]:
    body = feed(small.setting, names=names, address=address).decode()
    return list(vobject.readOne(body).contents.get("vevent", []))


@pytest.fixture
def busy(small: Small) -> Small:
    """Three are due on one day, and one on another."""
    for name in ("Priya", "Amelia", "Siân"):
        small.person(name, DAY)
    small.person("Tom; Baker, Esq.\\", DAY - timedelta(days=1), "employee")
    return small


def test_counts_and_no_names(busy: Small) -> None:
    body = feed(busy.setting, names=False, address=None).decode()
    assert [(e.dtstart.value, e.summary.value, e.description.value) for e in entries(busy)] == [
        (date(2026, 11, 30), "1 person is due to sign", "Employee: 1"),
        (date(2026, 12, 1), "3 people are due to sign", "Volunteer: 3"),
    ]
    assert not re.search("Priya|Amelia|Tom", body)


def test_names_where_a_manager_asked_for_them(busy: Small) -> None:
    first, second = entries(busy, names=True)
    assert first.description.value == "Tom; Baker, Esq.\\ (Employee)"
    assert second.description.value.splitlines() == [
        "Amelia (Volunteer)", "Priya (Volunteer)", "Siân (Volunteer)",
    ]  # fmt: skip
    assert "Siân" not in second.summary.value


def test_whole_days_that_disturb_nobody(busy: Small) -> None:
    for entry in entries(busy):
        assert entry.dtstart.params == {"VALUE": ["DATE"]}
        assert entry.dtend.value - entry.dtstart.value == timedelta(days=1)
        assert entry.transp.value == "TRANSPARENT"
        assert entry.contents["class"][0].value == "PRIVATE"
        assert "valarm" not in entry.contents


def test_the_bytes_are_as_rfc_5545_wants_them(busy: Small) -> None:
    """CRLF everywhere, lines of at most 75 octets that never cut a letter in two."""
    for number in range(12):
        busy.person(f"Gwenllian Morfydd Ŵ{number} Llewellyn-Fairweather 陈伟", DAY)
    body = feed(busy.setting, names=True, address="https://sign.example.org/manager/reminders")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")


def test_what_apple_google_and_outlook_look_for(busy: Small) -> None:
    body = feed(busy.setting, names=False, address=None).decode()
    for line in (
        "VERSION:2.0", "CALSCALE:GREGORIAN", "NAME:Signing at Little Owls",
        "X-WR-CALNAME:Signing at Little Owls", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ):  # fmt: skip
        assert f"\r\n{line}\r\n" in body
    # With a METHOD it would be an invitation, which needs an organiser (RFC 5546).
    assert "METHOD" not in body
    for entry in entries(busy):
        assert {"uid", "dtstamp", "sequence", "summary", "dtstart"} <= set(entry.contents)


def test_an_entry_keeps_its_name_and_its_revision_only_grows(busy: Small) -> None:
    before = {e.uid.value: int(e.sequence.value) for e in entries(busy)}
    assert len(before) == 2
    busy.person("Another", DAY)
    with writing():
        happened(busy.setting_id, "person.added", {})
    after = {e.uid.value: int(e.sequence.value) for e in entries(busy)}
    assert set(after) == set(before)
    assert all(after[uid] > before[uid] for uid in before)


def test_nothing_happened_nothing_changed(busy: Small) -> None:
    once = feed(busy.setting, names=True, address=None)
    assert feed(busy.setting, names=True, address=None) == once


def test_a_calendar_without_entries_is_still_one(small: Small) -> None:
    body = feed(small.setting, names=False, address=None).decode()
    assert vobject.readOne(body).version.value == "2.0"
    assert entries(small) == []


def test_nobody_of_another_setting(busy: Small) -> None:
    """Siân of Bluebells is due, and this is Little Owls."""
    assert "Llewellyn" not in feed(busy.setting, names=True, address=None).decode()


def test_whoever_signed_moves_to_next_year(busy: Small) -> None:
    person = busy.person("Moved", DAY)
    busy.signs(person, current_versions(busy.setting_id)[0], DAY)
    assert date(2027, 11, 24) in [e.dtstart.value for e in entries(busy)]


def test_reviews_and_contact_cards_have_their_days(small: Small) -> None:
    version, today = current_versions(small.setting_id)[0], DAY
    with writing():
        db.session.add(
            Adoption(
                setting_id=small.setting_id, version_id=version.id, adopted_by="The committee",
                adopted_on=today, review_on=date(2027, 9, 1), signed_name="Ruth",
                signed_role="Chair",
            )
        )  # fmt: skip
        db.session.add_all(
            Contact(setting_id=small.setting_id, kind=kind, name="Morwenna", checked_on=today)
            for kind in ("lado", "dsl")
        )
    checks, review = sorted(entries(small), key=lambda e: e.dtstart.value)
    assert checks.dtstart.value == today + timedelta(days=182)
    assert checks.summary.value == "2 contact cards to check"
    assert "Morwenna" not in checks.description.value
    assert "Safeguarding lead: Morwenna" in feed(small.setting, names=True, address=None).decode()
    assert review.dtstart.value == date(2027, 9, 1)
    assert review.summary.value == "Review: Policy"


def test_social_media_accounts_stand_there_until_somebody_looked(small: Small) -> None:
    with writing():
        db.session.add_all(
            Account(
                setting_id=small.setting_id, platform=platform, handle="Policy PS", since=DAY,
                check_every_days=31,
            )
            for platform in ("Facebook", "Instagram")
        )  # fmt: skip
    [look] = entries(small)
    assert look.dtstart.value == DAY + timedelta(days=31)
    assert look.summary.value == "Look at your social media accounts"
    assert look.description.value == "Facebook, Policy PS\nInstagram, Policy PS"
