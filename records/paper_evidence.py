"""evidence.json of a signature on paper; docs/records.md explains every field."""

from dataclasses import asdict

import orjson

from records.evidence import (
    FORMAT,
    Making,
    moment_said,
    said_of_person,
    said_of_setting,
    said_of_version,
)
from records.paper_facts import PaperFacts

METHOD = "paper"
# Nobody was asked on paper, so nothing of the kind is claimed.
DECLARATIONS = "not asked"


def evidence_of_paper(facts: PaperFacts, making: Making) -> bytes:
    """Give evidence.json in UTF-8 with sorted keys; what only a tablet knows is null."""
    says = {
        "format": FORMAT,
        "record": {"id": str(facts.record_id), "code": facts.code, "sitting": None},
        "setting": said_of_setting(facts),
        "version": said_of_version(facts),
        "wording": facts.wording,
        "person": said_of_person(facts),
        "signature": {"method": METHOD, "typed_name": None, "drawing": None, "witness": None},
        "paper": _paper(facts),
        "times": {
            "device_signed_at": None,
            "sent_at": None,
            "received_at": moment_said(facts.filed_at),
            "offset_seconds": None,
            "effective_at": moment_said(facts.effective_at),
            "basis": METHOD,
            "received_later": True,
        },
        "display_facts": None,
        "pages": asdict(making),
        "declarations": DECLARATIONS,
        "tablet": None,
        "history_head": asdict(facts.head) if facts.head else None,
        "check_address": facts.check_address,
    }
    return orjson.dumps(says, option=orjson.OPT_SORT_KEYS)


def _paper(facts: PaperFacts) -> dict[str, object]:
    return {
        "signed_on": facts.signed_on.isoformat(),
        "seen_by": facts.seen_by,
        "filed_by": facts.filed_by,
        "filed_by_id": str(facts.filed_by_id),
        "filed_at": moment_said(facts.filed_at),
        "photographs": [
            {"sha256": page.sha256, "sent_sha256": page.sent_sha256} for page in facts.pages
        ],
    }
