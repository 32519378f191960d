"""What the tables share: an identifier, the setting they belong to, when they were made."""

import hashlib
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import uuid_utils.compat
from sqlalchemy.orm import Mapped, mapped_column

import clock


def new_id() -> UUID:
    """A UUIDv7: unique without asking anybody, and in order of making."""
    return uuid_utils.compat.uuid7()


def token_hash(token: str) -> str:
    """What is kept of a token: its SHA-256. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


class Identified:
    """A row with its own UUIDv7."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class OfSetting:
    """A row that belongs to one setting and is never loaded without naming it."""

    setting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("settings.id"), index=True)


class Made:
    """A row that knows when it was made."""

    made_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
