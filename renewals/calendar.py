"""The year for a calendar program: one entry a day, counts and no names (RFC 5545, RFC 7986)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from extensions import db
from models.accounts import watched_accounts
from models.adoptions import reviews_of
from models.categories import CATEGORIES
from models.contacts import contacts_of
from models.dues import Due, dues_asked
from models.events import Event, current_head
from models.people import Person, PersonCategory
from models.settings import Setting, of

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Fingerpost//The year//EN"
# How soon a calendar program may look again; they take it as a hint.
LOOK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class Entry:
    """One all-day entry; its kind and its day name it for good, whatever else changes."""

    kind: str
    day: date
    summary: str
    description: str


class Revision(NamedTuple):
    """The newest event of a setting: the state of things that a feed shows."""

    sequence: int
    at: datetime


Source = Callable[[UUID, bool], list[Entry]]


def feed(setting: Setting, *, names: bool, address: str | None) -> bytes:
    """The setting's calendar: the same bytes until something happens in the setting.

    `address` is the desk's page about it, or None while nobody else could open that.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, f"Signing at {setting.name}")
    calendar.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(LOOK_AGAIN))
    newest = _newest(setting.id)
    for source in SOURCES:
        for entry in source(setting.id, names):
            calendar.add_component(_event(entry, setting.id, newest, address))
    return bytes(calendar.to_ical())


def due_days(setting_id: UUID, names: bool) -> list[Entry]:
    """A day on which people are due, with how many; who, only where a manager asked for it."""
    days: dict[date, dict[UUID, tuple[str, str]]] = {}
    rows = (
        dues_asked(setting_id)
        .join(Person, Person.id == Due.person_id)
        .with_only_columns(Due.due_on, Person.id, Person.full_name, PersonCategory.category)
        .order_by(Due.due_on, PersonCategory.category, Person.name_key, Person.id)
    )
    for due_on, person_id, full_name, category in db.session.execute(rows):
        days.setdefault(due_on, {})[person_id] = (full_name, CATEGORIES[category])
    return [_due_entry(day, list(who.values()), names) for day, who in days.items()]


def review_days(setting_id: UUID, _names: bool) -> list[Entry]:
    """A day by which agreements are to be looked at again; a title names nobody."""
    days: dict[date, list[str]] = {}
    for review in reviews_of(setting_id):
        days.setdefault(review.review_on, []).append(review.title)
    return [
        Entry("review", day, f"Review: {', '.join(titles)}", "\n".join(titles))
        for day, titles in days.items()
    ]


def contact_days(setting_id: UUID, names: bool) -> list[Entry]:
    """A day on which somebody should make sure that contact cards are right."""
    days: dict[date, list[str]] = {}
    for card in contacts_of(setting_id):
        line = f"{card.kind_words}: {card.name}" if names else card.kind_words
        days.setdefault(card.check_on, []).append(line)
    return [_contact_entry(day, lines) for day, lines in sorted(days.items())]


def account_days(setting_id: UUID, _names: bool) -> list[Entry]:
    """A day by which somebody should look at social media accounts of the setting."""
    days: dict[date, list[str]] = {}
    for watch in watched_accounts(setting_id):
        days.setdefault(watch.check_on, []).append(watch.account.words)
    return [
        Entry("accounts", day, "Look at your social media accounts", "\n".join(accounts))
        for day, accounts in sorted(days.items())
    ]


# Another kind of day joins here as a source of its own.
SOURCES: tuple[Source, ...] = (due_days, review_days, contact_days, account_days)


def _contact_entry(day: date, lines: list[str]) -> Entry:
    cards = "1 contact card" if len(lines) == 1 else f"{len(lines)} contact cards"
    return Entry("contacts", day, f"{cards} to check", "\n".join(lines))


def _due_entry(day: date, who: list[tuple[str, str]], names: bool) -> Entry:
    lines = [f"{full_name} ({category})" for full_name, category in who]
    if not names:
        counts = Counter(category for _, category in who)
        lines = [f"{category}: {count}" for category, count in counts.items()]
    people = "1 person is" if len(who) == 1 else f"{len(who)} people are"
    return Entry("due", day, f"{people} due to sign", "\n".join(lines))


def _event(
    entry: Entry, setting_id: UUID, newest: Revision, address: str | None
) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{entry.kind}-{entry.day.isoformat()}-{setting_id}@fingerpost")
    # Nobody stores what a feed said before. The history only ever grows, so its newest event is
    # a revision that never goes back, and its time is when this could last have changed.
    event.add("sequence", newest.sequence)
    for stamp in ("dtstamp", "last-modified"):
        event.add(stamp, newest.at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", address)
    return event


def _newest(setting_id: UUID) -> Revision:
    """Every setting has one: the event of its opening."""
    head = current_head(setting_id)
    newest = db.session.scalars(of(setting_id, Event).where(Event.sequence == head.sequence)).one()
    return Revision(newest.sequence, newest.at)
