"""Keys to the calendar feed, and who wants the weekly digest: dated rows, each can be ended."""

import secrets
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting, token_hash
from models.events import happened
from models.managers import Manager, memberships_now
from models.settings import of
from models.writing import writing

KEY_BYTES = 24


class FeedKey(Identified, Made, OfSetting, Base):
    """An address for a calendar program; it shows counts unless a manager asked for names."""

    __tablename__ = "feed_keys"

    key_hash: Mapped[str] = mapped_column(unique=True)
    names: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    revoked_at: Mapped[datetime | None]


class DigestWish(Identified, Made, OfSetting, Base):
    """A manager wants the weekly digest of one setting, until they no longer do."""

    __tablename__ = "digest_wishes"

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    ended_at: Mapped[datetime | None]


def new_feed_key(setting_id: UUID, manager_id: UUID, *, names: bool) -> str:
    """Make a key to a setting's calendar; only now is it known, afterwards only its hash."""
    key = secrets.token_urlsafe(KEY_BYTES)
    with writing():
        row = FeedKey(
            setting_id=setting_id, key_hash=token_hash(key), names=names, made_by_id=manager_id
        )
        db.session.add(row)
        db.session.flush()
        happened(
            setting_id,
            "feed_key.made",
            {"feed_key": str(row.id), "manager": str(manager_id), "names": str(names)},
        )
    return key


def feed_key(key: str) -> FeedKey | None:
    """The row of a key that still opens something.

    It stops with its maker: whoever has no membership any more must not go on reading.
    """
    row = db.session.scalar(sa.select(FeedKey).where(FeedKey.key_hash == token_hash(key)))
    if row is None or row.revoked_at is not None:
        return None
    return row if row.made_by_id and _still_there(row.made_by_id, row.setting_id) else None


def feed_keys(setting_id: UUID) -> list[tuple[FeedKey, Manager]]:
    """The keys in use with their makers, the newest first."""
    rows = db.session.execute(
        of(setting_id, FeedKey)
        .join(Manager, Manager.id == FeedKey.made_by_id)
        .where(FeedKey.revoked_at.is_(None))
        .order_by(FeedKey.made_at.desc(), FeedKey.id.desc())
        .add_columns(Manager)
    )
    return [(row[0], row[1]) for row in rows]


def feed_key_of(setting_id: UUID, key_id: UUID) -> FeedKey | None:
    """One key of this setting."""
    return db.session.scalar(of(setting_id, FeedKey).where(FeedKey.id == key_id))


def revoke_feed_key(row: FeedKey, manager_id: UUID) -> None:
    """Let a key open nothing any more; revoking twice changes nothing."""
    with writing():
        if row.revoked_at is not None:
            return
        row.revoked_at = clock.now()
        happened(
            row.setting_id,
            "feed_key.revoked",
            {"feed_key": str(row.id), "manager": str(manager_id)},
        )


def digest_wish(setting_id: UUID, manager_id: UUID) -> DigestWish | None:
    """A manager's wish for the weekly digest, while it lasts."""
    return db.session.scalar(
        of(setting_id, DigestWish)
        .where(DigestWish.manager_id == manager_id, DigestWish.ended_at.is_(None))
        .limit(1)
    )


def wish_for_digest(setting_id: UUID, manager_id: UUID, *, wanted: bool) -> None:
    """Begin or end a manager's wish; asking for what is so already changes nothing."""
    with writing():
        there = digest_wish(setting_id, manager_id)
        if wanted and there is None:
            db.session.add(DigestWish(setting_id=setting_id, manager_id=manager_id))
        elif there is not None and not wanted:
            there.ended_at = clock.now()


def digest_wishes(setting_id: UUID) -> list[DigestWish]:
    """The wishes that last, of managers who still have a membership here."""
    rows = db.session.scalars(
        of(setting_id, DigestWish).where(DigestWish.ended_at.is_(None)).order_by(DigestWish.made_at)
    ).all()
    return [wish for wish in rows if _still_there(wish.manager_id, setting_id)]


def _still_there(manager_id: UUID, setting_id: UUID) -> bool:
    manager = db.session.get(Manager, manager_id)
    held = memberships_now(manager_id)
    return bool(manager and manager.active) and any(m.setting_id == setting_id for m in held)
