"""void(): a record that should not count stays as it was sealed, and counts no more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.dues import Due
from models.events import EventDetails, happened, wait_for_turn
from models.managers import CALLED, Manager
from models.settings import Setting
from models.signings import Record, Signing
from models.voids import Void
from models.writing import writing
from renewals.dues import go_back


@dataclass(frozen=True)
class Voided:
    """What the desk shows of a voided record; `reason` is None once it was erased.

    `newest_id` and `newest_code` are those of the record that counts instead, where there is one.
    """

    at: datetime
    by: str
    reason: str | None
    newest_id: UUID | None
    newest_code: str | None


def void(setting_id: UUID, signing_id: UUID, manager_id: UUID, reason: str) -> None:
    """Let a signing of this setting count no more, for a reason that is kept in the history.

    The due day goes back to where the newest signing that still counts leads, and reminders
    follow it. The record and its archive copy are left alone. Voiding twice is voiding once.
    """
    with writing():
        wait_for_turn(setting_id)
        if db.session.get(Void, signing_id) is not None:
            return
        setting = db.session.get_one(Setting, setting_id)
        signing = db.session.get_one(Signing, signing_id)
        record = db.session.get_one(Record, signing_id)
        ids = {
            "record": str(signing_id),
            "code": record.code,
            "person": str(signing.person_id),
            "manager": str(manager_id),
        }
        event = happened(setting_id, "signing.voided", ids, {"reason": reason})
        db.session.add(
            Void(signing_id=signing_id, setting_id=setting_id, by_id=manager_id, event_id=event.id)
        )
        go_back(signing, setting.time_zone)


def voided(setting_id: UUID, signings: Collection[UUID]) -> dict[UUID, Voided]:
    """Those of these signings that were voided, with who, when and why."""
    rows = db.session.execute(
        sa.select(
            Void.signing_id,
            Void.made_at,
            CALLED,
            EventDetails.body,
            Record.signing_id,
            Record.code,
        )
        .join(Manager, Manager.id == Void.by_id)
        .join(Signing, Signing.id == Void.signing_id)
        .outerjoin(EventDetails, EventDetails.event_id == Void.event_id)
        # The due day hangs on the newest signing that counts.
        .outerjoin(
            Due,
            sa.and_(Due.person_id == Signing.person_id, Due.agreement_id == Signing.agreement_id),
        )
        .outerjoin(Record, Record.signing_id == Due.signing_id)
        .where(Void.setting_id == setting_id, Void.signing_id.in_(signings))
    )
    return {
        signing_id: Voided(at, by, (details or {}).get("reason"), newest_id, newest_code)
        for signing_id, at, by, details, newest_id, newest_code in rows
    }
