"""The record in words: what is filled in for one signing, and the rows of the evidence page."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.categories import CATEGORIES
from records.days import long_date
from records.evidence import DECLARATIONS
from records.facts import Facts, VersionFacts
from records.times import received_later

METHODS = {
    "drawn": "Drawn with a finger",
    "typed": "Name typed",
    "mark": "Mark with a witness",
    "paper": "On paper, filed later as a scan",
}
BASES = {
    "device": "The tablet's clock",
    "corrected": "The tablet's clock, corrected by the difference",
    "receipt": "The server's clock, because the tablet's could not be right",
}
SIGNED = {
    "drawn": "signed this",
    "typed": "signed this by typing a name",
    "mark": "signed this with a mark",
}
NOBODY = "No agency or college"
SHOWN = "What the tablet showed, which says nothing about what was understood"
# Every row of the evidence page stands in its place whatever it says, so that a page that was laid
# out once can be filled in.
Rows = list[tuple[str, str]]
Words = dict[str, str]


def words(facts: Facts) -> Words:
    """Give what is filled in for one signing, by the name of its place on the pages."""
    return {
        **_agreement_words(facts),
        **_person_words(facts),
        **_time_words(facts),
        **_shown_words(facts),
        **_place_words(facts),
    }


def groups(version: VersionFacts, says: Words) -> list[tuple[str, Rows]]:
    """Give the exact facts as headings with rows of label and value."""
    return [
        ("The person", _filled(PERSON, says)),
        ("What was signed", [*text_rows(version), ("Declarations", DECLARATIONS.capitalize())]),
        ("When", _filled(WHEN, says)),
        (SHOWN, _filled(READING, says)),
        ("Where this stands", _filled(PLACE, says)),
    ]


PERSON = {
    "Name": "name_again",
    "Signing as": "category",
    "Sent by": "organisation",
    "Under 18": "under_18",
    "How": "method",
    "Witness": "witness",
}
WHEN = {
    "How it came in": "arrival",
    "Time that counts": "effective_at",
    "Taken from": "basis",
    "Signed, by the tablet": "device_signed_at",
    "Sent, by the tablet": "sent_at",
    "Received, by the server": "received_at",
    "Difference of the clocks": "offset",
}
READING = {
    "Text opened": "opened_at",
    "End reached": "reached_end_at",
    "Furthest point": "furthest",
    "Read aloud": "read_aloud",
    "Text size": "text_size",
    "Changes shown first": "changes",
    "SHA-256 of the changes": "changes_hash",
}
PLACE = {
    "Record number": "record",
    "Sitting number": "sitting",
    "Tablet": "tablet",
    "Tablet number": "tablet_number",
    "Newest event before it": "head",
    "SHA-256 of that event": "head_hash",
}


def _filled(places: dict[str, str], says: Words) -> Rows:
    return [(label, says[place]) for label, place in places.items()]


def _agreement_words(facts: Facts) -> Words:
    return {
        "name": facts.full_name,
        "signing_as": CATEGORIES[facts.category],
        "sent_by": facts.organisation or NOBODY,
        "how": _how(facts),
        "seen": _seen(facts),
        "day": day(facts),
        "who": facts.full_name,
        "did": f"{SIGNED[facts.method]} on {day(facts)} at {_local(facts):%H:%M}.",
        "code": facts.code,
        **({"address": facts.check_address} if facts.check_address else {}),
    }


def _how(facts: Facts) -> str:
    if facts.method == "typed":
        return f"{facts.full_name} typed this name instead of drawing it."
    if facts.method == "mark":
        return f"{facts.full_name} made this mark."
    return f"{facts.full_name} drew this with a finger."


def _seen(facts: Facts) -> str:
    if facts.witness is None:
        return "No witness was asked for."
    return f"{_witness(facts)} saw it being made."


def _witness(facts: Facts) -> str:
    seen = facts.witness
    return f"{seen.full_name} ({CATEGORIES[seen.category]})" if seen else "None"


def _person_words(facts: Facts) -> Words:
    return {
        "name_again": facts.full_name,
        "category": CATEGORIES[facts.category],
        "organisation": facts.organisation or NOBODY,
        "under_18": yes(facts.under_18),
        "method": METHODS[facts.method],
        "witness": _witness(facts),
    }


def text_rows(version: VersionFacts) -> Rows:
    """Give the exact facts of the text that was signed."""
    return [
        ("Agreement", version.title),
        ("Version", f"{version.number}, published on {exact(version.published_at)}"),
        ("Version number", str(version.id)),
        ("SHA-256 of the text", version.text_sha256),
    ]


def _time_words(facts: Facts) -> Words:
    times = facts.times
    offset = times.offset_seconds
    late = received_later(times)
    return {
        "arrival": "Signed offline, received later" if late else "At once",
        "effective_at": exact(times.effective_at),
        "basis": BASES[times.basis],
        "device_signed_at": exact(times.device_signed_at),
        "sent_at": exact(times.sent_at),
        "received_at": exact(times.received_at),
        "offset": "Not known" if offset is None else f"{offset:.3f} seconds",
    }


def _shown_words(facts: Facts) -> Words:
    reading, changes = facts.reading, facts.changes
    return {
        "opened_at": exact(reading.opened_at),
        "reached_end_at": exact(reading.reached_end_at),
        "furthest": f"{reading.furthest:.0%} of the text",
        "read_aloud": yes(reading.read_aloud),
        "text_size": reading.text_size,
        "changes": f"Since version {changes.since}" if changes else "None",
        "changes_hash": changes.sha256 if changes else "None",
    }


def _place_words(facts: Facts) -> Words:
    head = facts.head
    return {
        "record": str(facts.record_id),
        "sitting": str(facts.sitting_id),
        "tablet": facts.tablet_name,
        "tablet_number": str(facts.tablet_id),
        "head": f"Event {head.sequence}" if head else "None yet: this is the first record",
        "head_hash": head.hash if head else "None",
    }


def yes(truth: bool) -> str:
    """Say whether something is so."""
    return "Yes" if truth else "No"


def _local(facts: Facts) -> datetime:
    return facts.times.effective_at.astimezone(ZoneInfo(facts.setting.time_zone))


def day(facts: Facts) -> str:
    """Give the day of the signing in words, where the setting is."""
    return long_date(_local(facts))


def exact(moment: datetime | None) -> str:
    """Give a moment to the millisecond, in UTC."""
    if moment is None:
        return "Not known"
    return f"{moment.astimezone(UTC).isoformat(sep=' ', timespec='milliseconds')[:23]} UTC"


# What is filled in for one signing; the address only where there is one.
PLACES = (
    *("name", "signing_as", "sent_by", "how", "seen", "day", "who", "did", "code"),
    *(place for table in (PERSON, WHEN, READING, PLACE) for place in table.values()),
)
