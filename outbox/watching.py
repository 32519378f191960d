"""Is anybody sending, and what could not be sent: what the desk says about the outbox."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.outbox import OutboxItem
from models.settings import of
from models.workers import last_seen
from outbox.errands import FAILED

SILENT_AFTER = timedelta(days=1)
OVERDUE_AFTER = timedelta(hours=1)


def silent_since(setting_id: UUID) -> datetime | None:
    """Since when nobody has been sending for this setting; None while all is well.

    Silent: something should have been done an hour ago and was not even tried, or no worker has
    been seen for a day.
    """
    now = clock.now()
    oldest = db.session.scalar(
        sa.select(sa.func.min(OutboxItem.not_before)).where(
            OutboxItem.setting_id == setting_id,
            OutboxItem.done_at.is_(None),
            OutboxItem.not_before < now - OVERDUE_AFTER,
            sa.or_(OutboxItem.leased_until.is_(None), OutboxItem.leased_until < now),
        )
    )
    if oldest is not None:
        return oldest
    seen = last_seen()
    return seen if seen is not None and seen < now - SILENT_AFTER else None


def failed(setting_id: UUID, since: datetime) -> sa.Select[OutboxItem]:
    """What could not be done since a moment and will not be tried again, newest first."""
    return (
        of(setting_id, OutboxItem)
        .where(OutboxItem.outcome.in_(FAILED), OutboxItem.done_at >= since)
        .order_by(OutboxItem.done_at.desc(), OutboxItem.id.desc())
    )


def newest_fault(setting_id: UUID, kind: str) -> str | None:
    """What was last said of the newest undone item of a kind that was tried and did not work."""
    rows = sa.select(OutboxItem.last_fault).where(
        OutboxItem.setting_id == setting_id,
        OutboxItem.kind == kind,
        OutboxItem.done_at.is_(None),
        OutboxItem.last_fault.is_not(None),
    )
    return db.session.scalar(
        rows.order_by(OutboxItem.made_at.desc(), OutboxItem.id.desc()).limit(1)
    )


def waiting_by_kind(setting_ids: list[UUID]) -> dict[str, int]:
    """How many undone items there are of each kind."""
    rows = db.session.execute(
        sa.select(OutboxItem.kind, sa.func.count())
        .where(OutboxItem.setting_id.in_(setting_ids), OutboxItem.done_at.is_(None))
        .group_by(OutboxItem.kind)
        .order_by(OutboxItem.kind)
    )
    return {row[0]: row[1] for row in rows}
