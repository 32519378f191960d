"""What is held about one person's signatures: the records, and when they sign again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

import clock
from extensions import db
from models.agreements import Agreement, version_names
from models.categories import CATEGORIES
from models.dues import Due
from models.settings import Setting, of
from models.signings import Signing, neutral_file_name, signings_newest_first
from models.voids import voided_times
from records.rows import METHODS

Rows = list[dict[str, Any]]


def signings_of(setting: Setting, person_id: UUID) -> Rows:
    """Every record, the newest first, with the ink of the signature."""
    names, voided = version_names(setting.id), voided_times(setting.id)
    rows = signings_newest_first(setting.id).where(Signing.person_id == person_id)
    return [
        {
            "file": f"records/{neutral_file_name(signing, record.code, setting.time_zone)}",
            "check_code": record.code,
            "agreement": names[signing.version_id],
            "signed_at": _signed(signing, setting.time_zone),
            "received_at": signing.received_at,
            "name_as_sealed": signing.full_name,
            "signed_as": CATEGORIES[signing.category],
            "sent_by": signing.organisation,
            "how": METHODS[signing.method],
            "how_you_were_found": signing.found,
            "voided_at": voided.get(signing.id),
            "record_number": str(signing.id),
            "sha256": record.sha256,
            "drawing": orjson.loads(signing.drawing) if signing.drawing else None,
        }
        for signing, record in db.session.execute(rows)
    ]


def _signed(signing: Signing, time_zone: str) -> datetime | date:
    """On paper stands a day and no hour."""
    if signing.method == "paper":
        return clock.local_day(signing.effective_at, time_zone)
    return signing.effective_at


def dues_of(setting_id: UUID, person_id: UUID) -> Rows:
    """When they sign again, and why then."""
    rows = (
        of(setting_id, Due)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .where(Due.person_id == person_id)
        .order_by(Due.due_on)
        .add_columns(Agreement.title)
    )
    return [
        {"agreement": title, "due_on": due.due_on, "because": due.reason}
        for due, title in db.session.execute(rows)
    ]
