"""Puts something to do into the outbox, with the act that causes it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.outbox import OutboxItem
from models.prepared import PreparedSelect
from models.writing import insert, insert_values

_THERE = PreparedSelect(
    sa.select(OutboxItem.id).where(
        OutboxItem.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
        OutboxItem.kind == sa.bindparam("kind"),
        OutboxItem.about == sa.bindparam("about"),
    )
)


def put_first(setting_id: UUID, kind: str, about: str) -> None:
    """Add the first item about something that was itself made in this writing(): none is there."""
    insert_values(
        OutboxItem,
        setting_id=setting_id,
        kind=kind,
        about=about,
        payload={},
        not_before=clock.now(),
    )


def put(
    setting_id: UUID,
    kind: str,
    about: str,
    payload: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> OutboxItem:
    """Add an item inside writing(); the same kind and `about` again gives the row that is there."""
    if there := _THERE.first(setting=setting_id, kind=kind, about=about):
        return db.session.get_one(OutboxItem, there[0])
    item = OutboxItem(
        setting_id=setting_id,
        kind=kind,
        about=about,
        payload=payload or {},
        not_before=not_before or clock.now(),
    )
    insert(item, keep=True)
    return item
