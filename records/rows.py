"""The evidence page in words: one plain sentence, then the exact facts row by row."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.categories import CATEGORIES
from records.evidence import DECLARATIONS
from records.facts import Facts
from records.times import received_later

METHODS = {"drawn": "Drawn with a finger", "typed": "Name typed", "mark": "Mark with a witness"}
BASES = {
    "device": "the tablet's clock",
    "corrected": "the tablet's clock, corrected by the difference",
    "receipt": "the server's clock, because the tablet's could not be right",
}
Rows = list[tuple[str, str]]


def sentence(facts: Facts) -> str:
    """Say who signed, how and when."""
    how = {"drawn": "signed this", "typed": "signed this by typing a name"}
    signed = how.get(facts.method, "signed this with a mark")
    return f"{facts.full_name} {signed} on {day(facts)} at {_local(facts):%H:%M}."


def groups(facts: Facts) -> list[tuple[str, Rows]]:
    """Give the exact facts as headings with rows of label and value."""
    return [
        ("The person", _person_rows(facts)),
        ("What was signed", _text_rows(facts)),
        ("When", _time_rows(facts)),
        ("What the tablet showed, which says nothing about what was understood", _shown(facts)),
        ("Where this stands", _place_rows(facts)),
    ]


def _person_rows(facts: Facts) -> Rows:
    rows = [
        ("Name", facts.full_name),
        ("Signing as", CATEGORIES[facts.category]),
        ("Under 18", _yes(facts.under_18)),
        ("How", METHODS[facts.method]),
    ]
    if facts.organisation:
        rows.insert(2, ("Sent by", facts.organisation))
    if facts.witness:
        seen = f"{facts.witness.full_name} ({CATEGORIES[facts.witness.category]})"
        rows.append(("Witness", seen))
    return rows


def _text_rows(facts: Facts) -> Rows:
    version = facts.version
    return [
        ("Agreement", version.title),
        ("Version", f"{version.number}, published on {_exact(version.published_at)}"),
        ("Version number", str(version.id)),
        ("SHA-256 of the text", version.text_sha256),
        ("Declarations", DECLARATIONS.capitalize()),
    ]


def _time_rows(facts: Facts) -> Rows:
    times = facts.times
    offset = times.offset_seconds
    rows = [
        ("Time that counts", f"{_exact(times.effective_at)}: {BASES[times.basis]}"),
        ("Signed, by the tablet", _exact(times.device_signed_at)),
        ("Sent, by the tablet", _exact(times.sent_at)),
        ("Received, by the server", _exact(times.received_at)),
        ("Difference of the clocks", "Not known" if offset is None else f"{offset:.3f} seconds"),
    ]
    if received_later(times):
        rows.insert(1, ("How it came in", "Signed offline, received later"))
    return rows


def _shown(facts: Facts) -> Rows:
    reading = facts.reading
    return [
        ("Text opened", _exact(reading.opened_at)),
        ("End reached", _exact(reading.reached_end_at)),
        ("Furthest point", f"{reading.furthest:.0%} of the text"),
        ("Read aloud", _yes(reading.read_aloud)),
        ("Text size", reading.text_size),
    ]


def _place_rows(facts: Facts) -> Rows:
    head = facts.head
    known = f"Event {head.sequence}, {head.hash}" if head else "None yet: this is the first record"
    return [
        ("Record number", str(facts.record_id)),
        ("Sitting number", str(facts.sitting_id)),
        ("Tablet", f"{facts.tablet_name}, {facts.tablet_id}"),
        ("Newest event before it", known),
    ]


def _yes(truth: bool) -> str:
    return "Yes" if truth else "No"


def _local(facts: Facts) -> datetime:
    return facts.times.effective_at.astimezone(ZoneInfo(facts.setting.time_zone))


def day(facts: Facts) -> str:
    """Give the day of the signing in words, where the setting is."""
    local = _local(facts)
    return f"{local:%A} {local.day} {local:%B} {local.year}"


def _exact(moment: datetime | None) -> str:
    if moment is None:
        return "Not known"
    return f"{moment.astimezone(UTC).isoformat(sep=' ', timespec='milliseconds')[:23]} UTC"
