"""What a manager can show besides a password, and until when a setting waits for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.authenticators import Authenticator, authenticator_of
from models.events import happened
from models.managers import Membership, memberships_now
from models.passkeys import Passkey, passkeys_of
from models.recovery_codes import codes_left
from models.settings import Setting

DAYS_TO_SET_UP = 14


@dataclass(frozen=True)
class Ways:
    """A manager's second steps: whether an app counts, the passkeys, how many codes are left."""

    app: bool
    passkeys: tuple[Passkey, ...]
    codes: int

    @property
    def any(self) -> bool:
        """Whether a password alone is not enough for this manager."""
        return self.app or bool(self.passkeys)


def ways_of(manager_id: UUID) -> Ways:
    """What a manager has set up."""
    return Ways(
        app=authenticator_of(manager_id) is not None,
        passkeys=tuple(passkeys_of(manager_id)),
        codes=codes_left(manager_id),
    )


def has_second_step(manager_id: UUID) -> bool:
    """Whether a password alone is not enough for this manager; one question for every page."""
    app = sa.exists().where(
        Authenticator.manager_id == manager_id, Authenticator.confirmed_at.is_not(None)
    )
    passkey = sa.exists().where(Passkey.manager_id == manager_id)
    return bool(db.session.scalar(sa.select(sa.or_(app, passkey))))


def second_step_by(setting: Setting, manager_id: UUID) -> date | None:
    """The last day without one: None where the setting only offers it, or they have it already."""
    asked_since = setting.second_step_since
    if asked_since is None or has_second_step(manager_id):
        return None
    first = db.session.scalar(
        sa.select(sa.func.min(Membership.since)).where(
            Membership.setting_id == setting.id, Membership.manager_id == manager_id
        )
    )
    return max(first or asked_since, asked_since) + timedelta(days=DAYS_TO_SET_UP)


def noted(manager_id: UUID, kind: str, **ids: str) -> None:
    """Write into the history of each setting the manager belongs to, inside writing()."""
    for setting_id in sorted({held.setting_id for held in memberships_now(manager_id)}):
        happened(setting_id, kind, {"manager": str(manager_id), **ids})
