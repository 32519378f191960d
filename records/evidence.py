"""evidence.json: the facts of a record for programs; docs/records.md explains every field."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

import orjson

from models.categories import CATEGORIES
from records.facts import Changes, Facts
from records.paper_facts import PaperFacts
from records.times import received_later

FORMAT = 2
# The exact text travels inside the PDF as a file of its own: it is the same for everybody.
TEXT_FILE = "agreement.md"
# The same words for everyone, so that a record never tells who had something to declare.
DECLARATIONS = "asked, and answered"


@dataclass(frozen=True, slots=True)
class Making:
    """How the pages of a record were made.

    way: "filled" (into the pages that were laid out when the version was published) or "whole"
    (laid out afresh for this record alone). template_sha256 goes with the first, why_whole with
    the second.
    """

    way: Literal["filled", "whole"]
    template_sha256: str | None = None
    why_whole: str | None = None


def evidence(facts: Facts, making: Making) -> bytes:
    """Give evidence.json in UTF-8 with sorted keys: equal facts are equal bytes."""
    says = {
        "format": FORMAT,
        "record": {
            "id": str(facts.record_id),
            "code": facts.code,
            "sitting": str(facts.sitting_id),
        },
        "setting": said_of_setting(facts),
        "version": said_of_version(facts),
        "wording": facts.wording,
        "person": said_of_person(facts),
        "signature": _signature(facts),
        "times": _times(facts),
        "display_facts": _display_facts(facts),
        "pages": asdict(making),
        "declarations": DECLARATIONS,
        "tablet": {"id": str(facts.tablet_id), "name": facts.tablet_name},
        "history_head": asdict(facts.head) if facts.head else None,
        "check_address": facts.check_address,
    }
    return orjson.dumps(says, option=orjson.OPT_SORT_KEYS)


def said_of_setting(facts: Facts | PaperFacts) -> dict[str, object]:
    """Give the setting as its letterhead shows it."""
    return {
        "name": facts.setting.name,
        "charity_number": facts.setting.charity_number,
        "ofsted_urn": facts.setting.ofsted_urn,
        "address": facts.setting.address,
        "time_zone": facts.setting.time_zone,
    }


def said_of_version(facts: Facts | PaperFacts) -> dict[str, object]:
    """Give the text that was signed, by its numbers and its hash."""
    version = facts.version
    return {
        "id": str(version.id),
        "agreement": str(version.agreement_id),
        "title": version.title,
        "number": version.number,
        "published_at": moment_said(version.published_at),
        "text_file": TEXT_FILE,
        "text_sha256": version.text_sha256,
        "signoff_title": version.signoff_title,
        "name_label": version.name_label,
    }


def said_of_person(facts: Facts | PaperFacts) -> dict[str, object]:
    """Give who signed, as it is sealed."""
    return {
        "full_name": facts.full_name,
        "category": facts.category,
        "category_words": CATEGORIES[facts.category],
        "organisation": facts.organisation,
        "under_18": facts.under_18,
    }


def _signature(facts: Facts) -> dict[str, object]:
    return {
        "method": facts.method,
        "typed_name": facts.typed_name,
        "drawing": facts.drawing.as_data() if facts.drawing else None,
        "witness": asdict(facts.witness) if facts.witness else None,
    }


def _times(facts: Facts) -> dict[str, object]:
    times = facts.times
    return {
        "device_signed_at": moment_said(times.device_signed_at),
        "sent_at": moment_said(times.sent_at),
        "received_at": moment_said(times.received_at),
        "offset_seconds": times.offset_seconds,
        "effective_at": moment_said(times.effective_at),
        "basis": times.basis,
        "received_later": received_later(times),
    }


def _display_facts(facts: Facts) -> dict[str, object]:
    reading = facts.reading
    return {
        "opened_at": moment_said(reading.opened_at),
        "reached_end_at": moment_said(reading.reached_end_at),
        "furthest": reading.furthest,
        "read_aloud": reading.read_aloud,
        "text_size": reading.text_size,
        "changes": _changes(facts.changes) if facts.changes else None,
    }


def _changes(changes: Changes) -> dict[str, object]:
    """The comparison is JSON already, and stays byte by byte what its hash was made of."""
    return {
        "since": changes.since,
        "sha256": changes.sha256,
        "comparison": orjson.Fragment(changes.comparison),
    }


def moment_said(moment: datetime | None) -> str | None:
    """Give a moment as RFC 3339 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None
