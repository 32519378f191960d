"""One key, one purpose; every private key is wrapped by the master key."""

import base64
import hashlib
import hmac
import os
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from backends.vault import MasterKeyDoesNotFit, Vault
from extensions import db, vault
from models.base import Identified, Made, new_id
from models.prepared import PreparedSelect, connection

TOKEN_BYTES = 16
# ca belongs to the installation; the others to a setting.
PURPOSES = ("ca", "seal", "inbox", "declarations", "hmac")


class Key(Identified, Made, Base):
    """A wrapped private (or secret) key with its public part and certificate, where it has one."""

    __tablename__ = "keys"
    __table_args__ = (
        sa.CheckConstraint(
            "purpose IN ('ca', 'seal', 'inbox', 'declarations', 'hmac')", name="purpose_known"
        ),
        sa.CheckConstraint("(purpose = 'ca') = (setting_id IS NULL)", name="owner_fits"),
        sa.Index("ix_keys_setting_id_purpose", "setting_id", "purpose"),
    )

    setting_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("settings.id"))
    purpose: Mapped[str]
    public: Mapped[bytes | None]
    certificate: Mapped[bytes | None]
    wrapped_private: Mapped[bytes]
    retired_at: Mapped[datetime | None]

    def private(self) -> bytes:
        """The opened private key; kept in memory, because opening it costs a signing time."""
        return _opened(self.id, self.purpose, self.wrapped_private)


def keep_key(
    purpose: str,
    private: bytes,
    *,
    setting_id: UUID | None = None,
    public: bytes | None = None,
    certificate: bytes | None = None,
) -> Key:
    """Wrap and add a key, inside writing()."""
    key_id = new_id()
    key = Key(
        id=key_id,
        setting_id=setting_id,
        purpose=purpose,
        public=public,
        certificate=certificate,
        wrapped_private=vault.wrap(private, _about(key_id, purpose)),
    )
    db.session.add(key)
    db.session.flush()
    return key


def new_secret() -> bytes:
    """256 random bits, for the symmetric purposes."""
    return os.urandom(32)


def current_key(purpose: str, setting_id: UUID | None = None) -> Key:
    """The key in use for a purpose: the newest that is not retired."""
    asked = {"purpose": purpose, "setting": setting_id}
    return db.session.scalars(_CURRENT if setting_id else _CURRENT_CA, asked).one()


def keys_in_use(setting_id: UUID) -> dict[str, Key]:
    """Every key in use for a setting by its purpose.

    For reading only, and also after the transaction: a key's bytes never change, so each is
    loaded once; which of them are in use is asked every time.
    """
    rows = _IN_USE.all(setting=setting_id)
    return {purpose: _loaded(key_id) for key_id, purpose in rows}


@lru_cache(maxsize=256)
def _loaded(key_id: UUID) -> Key:
    of_key = sa.select(Key.__table__).where(Key.id == key_id)
    return Key(**connection().execute(of_key).one()._mapping)


def keys_for(purpose: str, setting_id: UUID | None = None) -> sa.Select[Key]:
    """All keys of a purpose, retired ones included and the newest first.

    Old letters still have to be opened, and old seals to be checked.
    """
    return (
        sa.select(Key)
        .where(Key.purpose == purpose, Key.setting_id == setting_id)
        .order_by(Key.made_at.desc(), Key.id.desc())
    )


def certificates(purpose: str, setting_id: UUID | None = None) -> tuple[bytes, ...]:
    """The certificates (DER) of all keys of a purpose, retired ones included, newest first."""
    keys = db.session.scalars(keys_for(purpose, setting_id))
    return tuple(key.certificate for key in keys if key.certificate is not None)


def token_for(setting_id: UUID, about: bytes) -> str:
    """The token of a link that is sent: made from the setting's key each time, so that a letter
    which is sent again holds the same link, and the database alone opens none."""
    made = hmac.new(current_key("hmac", setting_id).private(), about, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:TOKEN_BYTES]).rstrip(b"=").decode()


def opens_our_keys(master_key: bytes) -> bool:
    """Whether this is the master key that wraps the keys in this database."""
    trial = Vault()
    trial.unlock(master_key)
    authority = current_key("ca")
    try:
        trial.unwrap(authority.wrapped_private, _about(authority.id, "ca"))
    except MasterKeyDoesNotFit:
        return False
    return True


# Built once: a signing asks for its keys each time.
_IN_USE = PreparedSelect(
    sa.select(Key.id, Key.purpose)
    .where(Key.setting_id == sa.bindparam("setting", type_=sa.Uuid()), Key.retired_at.is_(None))
    .order_by(Key.made_at, Key.id)
)
_NEWEST = (
    sa.select(Key)
    .where(Key.purpose == sa.bindparam("purpose"), Key.retired_at.is_(None))
    .order_by(Key.made_at.desc(), Key.id.desc())
    .limit(1)
)
_CURRENT = _NEWEST.where(Key.setting_id == sa.bindparam("setting", type_=sa.Uuid()))
_CURRENT_CA = _NEWEST.where(Key.setting_id.is_(None))


def _about(key_id: UUID, purpose: str) -> bytes:
    return f"fingerpost-key:{purpose}:{key_id}".encode()


@lru_cache(maxsize=256)
def _opened(key_id: UUID, purpose: str, wrapped: bytes) -> bytes:
    return vault.unwrap(wrapped, _about(key_id, purpose))
