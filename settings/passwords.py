"""Passwords: how they are hashed and compared, and what else ends when one is changed."""

import unicodedata
from uuid import UUID

from flask_security.utils import hash_password

from extensions import db
from models.base import new_id
from models.managers import Manager
from models.second_steps import noted
from models.sessions import end_sessions, live_sessions
from models.writing import writing

# NCSC and Cyber Essentials: twelve characters of any kind, no upper limit to speak of, no expiry.
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000


def hashed(password: str) -> str:
    """The hash to keep."""
    return str(hash_password(_same_letters(password)))


def fits(manager: Manager, password: str) -> bool:
    """Whether it is this manager's password."""
    return manager.verify_and_update_password(_same_letters(password))


def change_password(manager_id: UUID, password: str, here: UUID) -> str:
    """Save a new password and sign every other device out; gives the login's new session name."""
    password_hash = hashed(password)
    with writing():
        manager = db.session.get_one(Manager, manager_id)
        manager.password, manager.fs_uniquifier = password_hash, new_id().hex
        end_sessions([one for one in live_sessions(manager_id) if one.id != here])
        noted(manager_id, "password.changed")
        return manager.fs_uniquifier


def _same_letters(password: str) -> str:
    # Sign-in compares in this form, so that "ŵ" is the same letter from every keyboard.
    return unicodedata.normalize("NFKD", password)
