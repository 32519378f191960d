"""Puts something to do into the outbox, with the act that causes it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import clock
from extensions import db
from models.outbox import OutboxItem
from models.settings import of


def put(
    setting_id: UUID,
    kind: str,
    about: str,
    payload: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> OutboxItem:
    """Add an item inside writing(); the same kind and `about` again gives the row that is there."""
    there = db.session.scalar(
        of(setting_id, OutboxItem).where(OutboxItem.kind == kind, OutboxItem.about == about)
    )
    if there is not None:
        return there
    item = OutboxItem(
        setting_id=setting_id,
        kind=kind,
        about=about,
        payload=payload or {},
        not_before=not_before or clock.now(),
    )
    db.session.add(item)
    db.session.flush()
    return item
