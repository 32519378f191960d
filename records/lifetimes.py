"""How long a setting's seal still lasts: for the desk's first page and for `flask config check`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from extensions import db
from models.keys import Key, certificates, current_key, keys_for
from records.keys import certificate_of
from records.seal import in_force, issuer_of, lifetime

WARNED_AHEAD = timedelta(days=90)
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class SealLife:
    """Until when the seal in use is in force, and what somebody should know about that."""

    ends_at: datetime
    has_ended: bool
    ends_soon: bool
    # What to renew: "ca" where the authority ends soon too, because no seal outlives it.
    purpose: str
    # Within the last 30 days a seal that was not in force was replaced, at this time.
    replaced_at: datetime | None
    # The one that replaced it hangs on another authority: programs that check must learn it.
    other_authority: bool


def seal_life(setting_id: UUID, now: datetime) -> SealLife:
    """How a setting's seal is doing at a moment."""
    key = current_key("seal", setting_id)
    issuer = _issuer(key)
    ends_at, authority_ends_at = (lifetime(one)[1] for one in (certificate_of(key), issuer))
    every = db.session.scalars(keys_for("seal", setting_id))
    replaced = next((one for one in every if _replaced_late(one, now)), None)
    return SealLife(
        ends_at=ends_at,
        has_ended=ends_at < now,
        ends_soon=now <= ends_at <= now + WARNED_AHEAD,
        purpose="ca" if authority_ends_at <= now + WARNED_AHEAD else "seal",
        replaced_at=replaced.retired_at if replaced else None,
        other_authority=replaced is not None and _issuer(replaced) != issuer,
    )


def _replaced_late(key: Key, now: datetime) -> bool:
    """Whether a key was retired lately, and at a time when it could not be used any more."""
    retired_at = key.retired_at
    if retired_at is None or not now - TOLD_FOR <= retired_at <= now:
        return False
    return not in_force(certificate_of(key), retired_at)


def _issuer(key: Key) -> bytes:
    return issuer_of(certificate_of(key), certificates("ca"))
