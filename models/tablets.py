"""Tablets are paired by a code on their screen that a manager approves elsewhere (RFC 8628)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting, token_hash
from models.events import happened
from models.prepared import PreparedSelect
from models.settings import Setting, of
from models.writing import writing

# Without vowels no code spells a word; without look-alikes it is typed right the first time.
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 8
PAIRING_LIVES = timedelta(minutes=10)
POLL_SECONDS = 5
SEEN_EVERY = timedelta(minutes=1)


class PairingGone(Exception):
    """This code has expired or was used. The tablet shows a new one; use that."""


class PolledTooSoon(Exception):
    """The tablet asked again before the interval was over."""


class NameTaken(Exception):
    """Another tablet of this setting has this name. Choose a different one."""


class Tablet(Identified, Made, OfSetting, Base):
    """A paired device: it may read published agreements, look a name up and append signings."""

    __tablename__ = "tablets"

    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    paired_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    last_seen_at: Mapped[datetime | None]
    # How many signatures it said then that it keeps and could not hand over yet.
    holding: Mapped[int] = mapped_column(default=0, server_default="0")
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))

    setting: Mapped[Setting] = relationship()


class Pairing(Identified, Made, Base):
    """A code waiting on a tablet's screen; it has no setting until a manager approves it."""

    __tablename__ = "pairings"

    user_code: Mapped[str] = mapped_column(unique=True)
    device_code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    last_polled_at: Mapped[datetime | None]
    tablet_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("tablets.id"))
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class PairingCodes:
    """What a new pairing shows (user_code) and keeps to itself (device_code)."""

    user_code: str
    device_code: str


def new_pairing() -> PairingCodes:
    """Start a pairing; codes live ten minutes and work once."""
    now = clock.now()
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    device_code = secrets.token_urlsafe(32)
    with writing():
        db.session.execute(sa.delete(Pairing).where(Pairing.expires_at <= now))
        db.session.add(
            Pairing(
                user_code=code,
                device_code_hash=token_hash(device_code),
                expires_at=now + PAIRING_LIVES,
            )
        )
    return PairingCodes(user_code=code, device_code=device_code)


def approve_pairing(setting: Setting, code: str, name: str, manager_id: UUID | None) -> Tablet:
    """Give a waiting tablet a name and a setting. Raises PairingGone or NameTaken."""
    with writing():
        pairing = _waiting(code)
        if tablet_by_name(setting.id, name) is not None:
            raise NameTaken
        tablet = Tablet(
            setting_id=setting.id,
            name=name,
            # The token itself is made when the tablet comes to fetch it; until then nobody has it.
            token_hash=token_hash(secrets.token_urlsafe(32)),
            paired_by_id=manager_id,
        )
        db.session.add(tablet)
        db.session.flush()
        pairing.tablet_id = tablet.id
        happened(setting.id, "tablet.paired", {"tablet": str(tablet.id)}, {"name": name})
    return tablet


def collect_token(device_code: str) -> str | None:
    """The device token, once, when the pairing is approved; None while it waits.

    Raises PairingGone when the code is unknown, used or too old, PolledTooSoon when hurried.
    """
    now = clock.now()
    with writing():
        pairing = db.session.scalar(
            sa.select(Pairing)
            .where(Pairing.device_code_hash == token_hash(device_code))
            .with_for_update()
        )
        if pairing is None or pairing.used_at is not None or pairing.expires_at <= now:
            raise PairingGone
        too_soon = pairing.last_polled_at is not None and now < pairing.last_polled_at + timedelta(
            seconds=POLL_SECONDS - 1
        )
        if pairing.tablet_id is None:
            if too_soon:
                raise PolledTooSoon
            pairing.last_polled_at = now
            return None
        token = secrets.token_urlsafe(32)
        tablet = db.session.get_one(Tablet, pairing.tablet_id)
        tablet.token_hash, tablet.last_seen_at = token_hash(token), now
        pairing.used_at = now
    return token


class Paired(Protocol):
    """Which tablet it is, and whose: a Tablet, or what its token said."""

    @property
    def id(self) -> UUID:
        """The tablet's id."""

    @property
    def setting_id(self) -> UUID:
        """Its setting's id."""


class Holder(NamedTuple):
    """The tablet that holds a token, by its id, and its setting."""

    id: UUID
    setting_id: UUID


def holder_of(token: str) -> Holder | None:
    """The tablet that holds this token and was not revoked."""
    found = _HOLDER.first(token_hash=token_hash(token))
    return Holder(*found) if found else None


# Every request of a tablet begins with it.
_HOLDER = PreparedSelect(
    sa.select(Tablet.id, Tablet.setting_id).where(
        Tablet.token_hash == sa.bindparam("token_hash"), Tablet.revoked_at.is_(None)
    )
)


def tablets_of(setting_id: UUID) -> list[Tablet]:
    """A setting's tablets, the ones in use first."""
    return list(
        db.session.scalars(
            of(setting_id, Tablet).order_by(Tablet.revoked_at.is_not(None), Tablet.name)
        )
    )


def seen(tablet: Tablet, holding: int | None = None) -> None:
    """Remember that a tablet was here; once a minute is enough to know.

    holding: how many signatures it says it keeps; None when it does not say.
    """
    now = clock.now()
    told = holding is not None and holding != tablet.holding
    if told or tablet.last_seen_at is None or now - tablet.last_seen_at > SEEN_EVERY:
        with writing():
            tablet.last_seen_at = now
            if holding is not None:
                tablet.holding = holding


def revoke(tablet: Tablet, manager_id: UUID | None) -> None:
    """Take a tablet's access away, at once; revoking twice changes nothing."""
    with writing():
        if tablet.revoked_at is not None:
            return
        tablet.revoked_at, tablet.revoked_by_id = clock.now(), manager_id
        happened(tablet.setting_id, "tablet.revoked", {"tablet": str(tablet.id)})


def tidy_code(typed: str) -> str:
    """A code as the tablet shows it, whatever a person typed around the letters."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _waiting(code: str) -> Pairing:
    pairing = db.session.scalar(
        sa.select(Pairing).where(Pairing.user_code == tidy_code(code)).with_for_update()
    )
    if pairing is None or pairing.tablet_id is not None or pairing.expires_at <= clock.now():
        raise PairingGone
    return pairing


def tablet_by_name(setting_id: UUID, name: str) -> Tablet | None:
    """The tablet in use with this name."""
    return db.session.scalar(
        of(setting_id, Tablet).where(Tablet.name == name, Tablet.revoked_at.is_(None))
    )


def tablet_of(setting_id: UUID, tablet_id: UUID) -> Tablet | None:
    """One tablet of this setting, revoked ones included."""
    return db.session.scalar(of(setting_id, Tablet).where(Tablet.id == tablet_id))
