"""What waits to leave: a row is written with the act that causes it, and worked off later."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from models.base import Identified, Made, OfSetting


class OutboxItem(Identified, Made, OfSetting, Base):
    """One thing to do outside the database, once; `about` keeps the same thing from doubling."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.UniqueConstraint("setting_id", "kind", "about"),
        sa.Index("ix_outbox_done_at_not_before", "done_at", "not_before"),
        # The few that went wrong among all that ever left: the desk's first page asks for them.
        sa.Index(
            "ix_outbox_faults",
            "setting_id",
            "made_at",
            sqlite_where=sa.text("last_fault IS NOT NULL"),
            postgresql_where=sa.text("last_fault IS NOT NULL"),
        ),
    )

    kind: Mapped[str]
    about: Mapped[str]
    payload: Mapped[dict[str, Any]]
    not_before: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    # Set just before a letter is handed over, and taken away when that is known to have failed.
    sending_since: Mapped[datetime | None]
    last_fault: Mapped[str | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
