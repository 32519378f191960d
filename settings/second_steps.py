"""A manager's second step: an app with codes, codes on paper, and devices signed out."""

from datetime import date
from uuid import UUID

import clock
from extensions import db
from models.authenticators import (
    Authenticator,
    CodeNotRight,
    authenticator_of,
    begin_authenticator,
    take_code,
    waiting_authenticator,
)
from models.events import happened
from models.recovery_codes import new_codes, take_recovery_code
from models.second_steps import noted
from models.sessions import DeskSession, end_sessions
from models.settings import Setting
from models.writing import writing


def begin_app(manager_id: UUID) -> None:
    """Make a secret for an app to be set up with; one that was never confirmed is forgotten."""
    with writing():
        older = waiting_authenticator(manager_id)
        if older is not None:
            db.session.delete(older)
            db.session.flush()
        if authenticator_of(manager_id) is None:
            begin_authenticator(manager_id)


def confirm_app(authenticator: Authenticator, code: str) -> None:
    """Let the app count from now on, when it gives the right code; raises CodeNotRight."""
    with writing():
        take_code(authenticator, code)
        authenticator.confirmed_at = clock.now()
        noted(authenticator.manager_id, "second_step.added")


def remove_app(authenticator: Authenticator) -> None:
    """Let its codes open nothing any more."""
    with writing():
        noted(authenticator.manager_id, "second_step.removed")
        db.session.delete(authenticator)


def code_fits(manager_id: UUID, code: str) -> None:
    """Use up a code of the app; raises CodeNotRight."""
    with writing():
        authenticator = authenticator_of(manager_id)
        if authenticator is None:
            raise CodeNotRight
        take_code(authenticator, code)


def recovery_code_fits(manager_id: UUID, code: str) -> None:
    """Use up a code from paper; raises CodeNotRight."""
    with writing():
        take_recovery_code(manager_id, code)
        noted(manager_id, "recovery_codes.used")


def make_recovery_codes(manager_id: UUID) -> list[str]:
    """Ten new codes, to be shown once; the older ones stop working."""
    with writing():
        codes = new_codes(manager_id)
        noted(manager_id, "recovery_codes.made")
    return codes


def sign_out(manager_id: UUID, sessions: list[DeskSession]) -> None:
    """Sign devices out from elsewhere."""
    with writing():
        end_sessions(sessions)
        ids = " ".join(str(session.id) for session in sessions)
        noted(manager_id, "sessions.ended", sessions=ids)


def ask_for_second_step(setting_id: UUID, manager_id: UUID, since: date | None) -> None:
    """Let a setting ask its managers for a second step from a day, or only offer it (None)."""
    with writing():
        setting = db.session.get_one(Setting, setting_id)
        setting.second_step_since = since
        happened(
            setting_id,
            "second_step.asked" if since else "second_step.offered",
            {"manager": str(manager_id)},
        )
