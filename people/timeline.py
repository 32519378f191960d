"""What happened with somebody, the newest first, in plain sentences."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import version_names
from models.categories import CATEGORIES
from models.events import Event, EventDetails
from models.managers import names_of
from models.merges import joined_to
from models.people import Person
from models.reminders import Reminder
from records.days import long_date

Details = dict[str, Any]
FIELDS = {
    "full_name": "name",
    "category": "category",
    "organisation": "organisation",
    "email": "e-mail",
    "under_18": "under 18",
}
PAUSES = {"read_later": "read at the break", "talk_first": "talk with somebody first"}


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `by` is the manager who did it, where it was one."""

    at: datetime
    words: str
    by: str | None = None


def timeline(person: Person, most: int) -> list[Moment]:
    """The newest moments of a person, with those of the entries that were joined to theirs."""
    entries = [person, *joined_to(person.setting_id, person.id)]
    ids = [entry.id for entry in entries]
    found = [*_events(person.setting_id, ids, most), *_letters(person.setting_id, ids, most)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)[:most]


def _events(setting_id: UUID, ids: Collection[UUID], most: int) -> list[Moment]:
    versions = version_names(setting_id)
    rows = db.session.execute(
        sa.select(Event, EventDetails.body)
        .outerjoin(EventDetails, EventDetails.event_id == Event.id)
        .where(
            Event.setting_id == setting_id,
            Event.kind.in_(SENTENCES),
            Event.ids["person"].as_string().in_([str(one) for one in ids]),
        )
        .order_by(Event.sequence.desc())
        .limit(most)
    ).all()
    names = names_of({UUID(event.ids["manager"]) for event, _ in rows if "manager" in event.ids})
    found = []
    for event, details in rows:
        about = dict(details or {})
        if version := event.ids.get("version"):
            about["what"] = versions.get(UUID(version))
        manager = event.ids.get("manager")
        by = names.get(UUID(manager)) if manager else None
        found.append(Moment(event.at, SENTENCES[event.kind](about), by))
    return found


def _letters(setting_id: UUID, ids: Collection[UUID], most: int) -> list[Moment]:
    """Letters and slips; a word in person is an event of its own."""
    rows = db.session.execute(
        sa.select(sa.func.min(Reminder.made_at), Reminder.channel)
        .where(
            Reminder.setting_id == setting_id,
            Reminder.person_id.in_(ids),
            Reminder.channel != "in_person",
        )
        # One letter speaks of everything that is due that day.
        .group_by(Reminder.channel, Reminder.due_on, Reminder.step)
        .order_by(sa.func.min(Reminder.made_at).desc())
        .limit(most)
    )
    said = {"letter": "A reminder by e-mail was written.", "slip": "A slip was printed."}
    return [Moment(at, said[channel]) for at, channel in rows]


def _changed(details: Details) -> str:
    parts = [
        f"{FIELDS[name]} from {_value(name, before)} to {_value(name, after)}"
        for name, (before, after) in details.items()
        if name in FIELDS
    ]
    return f"Changed: {', '.join(parts)}." if parts else "Something on file was changed."


def _value(field: str, value: Any) -> str:
    if field == "category":
        return CATEGORIES[value].lower()
    if field == "under_18":
        return "yes" if value else "no"
    return f"“{value}”" if value else "nothing"


def _signed(details: Details) -> str:
    if details.get("method") == "paper":
        day = date.fromisoformat(details["signed_on"])
        what = details.get("what") or "an agreement"
        return f"Signed {what} on paper on {long_date(day)}. It was filed later as a scan."
    return f"Signed {details.get('what') or 'an agreement'}.{_new(details)}"


def _paused(details: Details) -> str:
    wish = PAUSES.get(details.get("kind", ""), "sign later")
    return f"Asked at the tablet to {wish}.{_new(details)}"


def _new(details: Details) -> str:
    return " They were new, and came onto the list." if details.get("found") == "new" else ""


def _named(sentence: str, field: str) -> Callable[[Details], str]:
    """The sentence with what the details say; without it once they are erased."""

    def say(details: Details) -> str:
        value = details.get(field)
        return f"{sentence}: {value}" if value else f"{sentence}."

    return say


def _says(sentence: str) -> Callable[[Details], str]:
    return lambda _details: sentence


# Every kind of event that names a person: a guard test sees that none is forgotten.
SENTENCES: dict[str, Callable[[Details], str]] = {
    "account.checked": _says("Looked at a social media account."),
    "account.monitor_added": _says("Watches a social media account from now on."),
    "account.monitor_ended": _says("Watches a social media account no more."),
    "address.confirmed": _says("Somebody at the e-mail address said that it is theirs."),
    "address.disowned": _says("Somebody at the e-mail address said that it is not theirs."),
    "pause.asked": _paused,
    "pause.ended": _says("What they put off was settled."),
    "person.added": _says("Was added at the desk."),
    "person.back": _says("Came back."),
    "person.changed": _changed,
    "person.erased": _says("Was erased."),
    "person.exported": _says("A copy of what is held about them was made."),
    "person.held": _says("A hold keeps their records from being erased."),
    "person.hold_lifted": _says("The hold on their records was lifted."),
    "person.leaving": _says("Their last day was written down."),
    "person.left": _says("Left."),
    "person.merged": _named("Another entry was joined to this one", "full_name"),
    "person.reminded": _says("Was reminded in person."),
    "person.staying": _says("Stays after all."),
    "person.told_apart": _says("Is somebody else than another person with much the same name."),
    "record.downloaded": _says("A record of theirs was downloaded."),
    "signing.sealed": _signed,
    "signing.voided": _named("A record was voided", "reason"),
}
