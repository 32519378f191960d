"""Passkeys: public keys that a manager's devices answer with, and challenges that work once."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made

CHALLENGE_BYTES = 32
CHALLENGE_LIVES = timedelta(minutes=5)


class Passkey(Identified, Made, Base):
    """A key pair on somebody's device, of which we hold the public half."""

    __tablename__ = "passkeys"

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    # How often it signed, as it says itself. One that goes back is a copy; many always say 0.
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str]
    last_used_at: Mapped[datetime | None]


class Challenge(Identified, Base):
    """A random number that a device signs. Whoever takes it away may use the answer, once."""

    __tablename__ = "passkey_challenges"

    value: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]


def keep_challenge() -> bytes:
    """Make a challenge for a device to sign within five minutes, inside writing(); old ones go."""
    value, now = secrets.token_bytes(CHALLENGE_BYTES), clock.now()
    db.session.execute(sa.delete(Challenge).where(Challenge.expires_at <= now))
    db.session.add(Challenge(value=value, expires_at=now + CHALLENGE_LIVES))
    return value


def use_up(challenge: bytes) -> bool:
    """Take a challenge away, inside writing(): of two who come at once, one finds it there."""
    gone = db.session.execute(
        sa.delete(Challenge)
        .where(Challenge.value == challenge, Challenge.expires_at > clock.now())
        .returning(Challenge.id)
    ).all()
    return bool(gone)


def passkeys_of(manager_id: UUID) -> list[Passkey]:
    """A manager's passkeys, the oldest first."""
    rows = sa.select(Passkey).where(Passkey.manager_id == manager_id)
    return list(db.session.scalars(rows.order_by(Passkey.made_at, Passkey.id)))


def passkey_of(manager_id: UUID, passkey_id: UUID) -> Passkey | None:
    """One passkey of this manager, and of no other."""
    return db.session.scalar(
        sa.select(Passkey).where(Passkey.manager_id == manager_id, Passkey.id == passkey_id)
    )


def passkey_by_credential(credential_id: bytes) -> Passkey | None:
    """The passkey that a device names; whoever's it is."""
    return db.session.scalar(sa.select(Passkey).where(Passkey.credential_id == credential_id))
