"""The authenticator app on a manager's phone: a secret, and codes that work once (RFC 6238)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db, vault
from models.base import Identified, Made, new_id

ISSUER = "Fingerpost"
# A clock may be one step of half a minute off.
LEEWAY_SECONDS = 30
SECRET_BYTES = 20


class CodeNotRight(Exception):
    """That code does not fit, or it was used already. Wait for the next one and type that."""


class Authenticator(Identified, Made, Base):
    """A secret that an app was given. It counts from the day a code of it was typed back."""

    __tablename__ = "authenticators"

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"), unique=True)
    wrapped_secret: Mapped[bytes]
    confirmed_at: Mapped[datetime | None]
    # The newest half minute whose code was taken: neither it nor an older one is taken again.
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)

    @property
    def secret(self) -> bytes:
        """The secret in the clear, for this moment only."""
        return vault.unwrap(self.wrapped_secret, _about(self.id))


def new_secret() -> bytes:
    """A secret that nobody was given yet."""
    return bytes(TOTP.new(size=SECRET_BYTES).key)


def address_of(secret: bytes, email: str) -> str:
    """What an app reads from the QR picture."""
    return str(_totp(secret).to_uri(label=email, issuer=ISSUER))


def spelled(secret: bytes) -> str:
    """The secret as letters, for an app that cannot see the picture."""
    return str(_totp(secret).base32_key)


def authenticator_of(manager_id: UUID) -> Authenticator | None:
    """The app that counts for a manager."""
    return db.session.scalar(_of(manager_id).where(Authenticator.confirmed_at.is_not(None)))


def waiting_authenticator(manager_id: UUID) -> Authenticator | None:
    """The app that is being set up: its secret was shown and no code came back yet."""
    return db.session.scalar(_of(manager_id).where(Authenticator.confirmed_at.is_(None)))


def begin_authenticator(manager_id: UUID) -> Authenticator:
    """Keep a new secret for an app to be set up with, inside writing(). It does not count yet."""
    made = Authenticator(id=new_id(), manager_id=manager_id)
    made.wrapped_secret = vault.wrap(new_secret(), _about(made.id))
    db.session.add(made)
    db.session.flush()
    return made


def take_code(authenticator: Authenticator, code: str) -> None:
    """Use a code up, inside writing(), or raise CodeNotRight. Half a minute either way is fine."""
    db.session.refresh(authenticator, with_for_update=True)
    try:
        match = _totp(authenticator.secret).match(
            code, clock.now(), window=LEEWAY_SECONDS, last_counter=authenticator.last_step
        )
    except TokenError as error:
        raise CodeNotRight from error
    authenticator.last_step = match.counter


def _of(manager_id: UUID) -> sa.Select[Authenticator]:
    return sa.select(Authenticator).where(Authenticator.manager_id == manager_id)


def _totp(secret: bytes) -> TOTP:
    return TOTP(key=secret, format="raw")


def _about(authenticator_id: UUID) -> bytes:
    return f"fingerpost-authenticator:{authenticator_id}".encode()
