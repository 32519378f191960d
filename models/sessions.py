"""Where managers are signed in: one row a device, so that each can be seen and ended at once."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, token_hash
from models.managers import Manager
from models.writing import writing

# How long a device stays signed in without being used: as it is, and with "keep me signed in".
IDLE, KEPT = timedelta(hours=12), timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=90)
# What has just been shown to be its manager may export and erase for this long.
FRESH = timedelta(minutes=15)

HOWS = ("password", "code", "recovery_code", "passkey", "link", "setup", "invitation")


class DeskSession(Identified, Made, Base):
    """One device that a manager signed in on; only the hash of its cookie's token is kept."""

    __tablename__ = "desk_sessions"
    __table_args__ = (
        sa.CheckConstraint(f"how IN ({', '.join(map(repr, HOWS))})", name="how_known"),
    )

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    # "Chrome on Android": the browser's own long line would tell more than anybody needs.
    browser: Mapped[str]
    how: Mapped[str]
    kept: Mapped[bool]
    last_seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    manager: Mapped[Manager] = relationship()

    def is_live(self, now: datetime) -> bool:
        """Whether it still opens the desk."""
        return self.ended_at is None and now - self.last_seen_at < (KEPT if self.kept else IDLE)

    def is_fresh(self, now: datetime) -> bool:
        """Whether its manager showed lately that it is them."""
        return now - self.confirmed_at < FRESH


def open_session(manager_id: UUID, how: str, browser: str, *, kept: bool) -> str:
    """Sign a device in, and give the token for its cookie; rows nobody misses any more go."""
    token, now = secrets.token_urlsafe(16), clock.now()
    with writing():
        db.session.execute(
            sa.delete(DeskSession).where(
                DeskSession.manager_id == manager_id,
                DeskSession.last_seen_at < now - FORGOTTEN_AFTER,
            )
        )
        db.session.add(
            DeskSession(
                manager_id=manager_id,
                token_hash=token_hash(token),
                browser=browser,
                how=how,
                kept=kept,
                last_seen_at=now,
                confirmed_at=now,
            )
        )
    return token


def live_session(token: str) -> DeskSession | None:
    """The session with this token, while it opens the desk."""
    found = db.session.scalar(
        sa.select(DeskSession)
        .options(joinedload(DeskSession.manager))
        .where(DeskSession.token_hash == token_hash(token))
    )
    return found if found is not None and found.is_live(clock.now()) else None


def live_sessions(manager_id: UUID) -> list[DeskSession]:
    """Every device that a manager is signed in on, the one used last first."""
    now = clock.now()
    rows = db.session.scalars(
        sa.select(DeskSession)
        .where(DeskSession.manager_id == manager_id, DeskSession.ended_at.is_(None))
        .order_by(DeskSession.last_seen_at.desc(), DeskSession.id)
    )
    return [row for row in rows if row.is_live(now)]


def seen(session: DeskSession) -> None:
    """Remember that a device was here; every few minutes is enough to know."""
    now = clock.now()
    if now - session.last_seen_at >= SEEN_EVERY:
        with writing():
            session.last_seen_at = now


def confirm(session: DeskSession) -> None:
    """Remember that its manager has just shown that it is them."""
    with writing():
        session.confirmed_at = clock.now()


def end_sessions(sessions: list[DeskSession]) -> None:
    """Sign these devices out, inside writing()."""
    for session in sessions:
        session.ended_at = clock.now()
