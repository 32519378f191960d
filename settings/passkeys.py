"""A manager's passkeys: adding one, taking one away, and finding out whose it is."""

from typing import Any
from uuid import UUID

import clock
from backends.passkeys import (
    Answer,
    Party,
    PasskeyNotRight,
    checked_answer,
    checked_passkey,
    options_to_make,
    options_to_use,
)
from extensions import db
from models.managers import Manager
from models.passkeys import (
    Passkey,
    keep_challenge,
    passkey_by_credential,
    passkeys_of,
    use_up,
)
from models.second_steps import noted
from models.writing import writing


def ask_for_new(manager: Manager, party: Party) -> tuple[bytes, dict[str, Any]]:
    """A challenge, and what the browser is asked so that it makes a passkey of this manager's."""
    known = [passkey.credential_id for passkey in passkeys_of(manager.id)]
    handle, email = manager.id.bytes, manager.email
    with writing():
        challenge = keep_challenge()
    return challenge, options_to_make(challenge, party, handle, email, known)


def ask_for_any(party: Party) -> tuple[bytes, dict[str, Any]]:
    """A challenge, and what the browser is asked so that it uses a passkey, whoever's it is."""
    with writing():
        challenge = keep_challenge()
    return challenge, options_to_use(challenge, party)


def add_passkey(manager_id: UUID, name: str, answer: str, challenge: bytes, party: Party) -> None:
    """Keep what a device made as one more passkey; raises PasskeyNotRight."""
    _use_up(challenge)
    made = checked_passkey(answer, challenge, party)
    if passkey_by_credential(made.credential_id) is not None:
        raise PasskeyNotRight
    with writing():
        passkey = Passkey(
            manager_id=manager_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name,
        )
        db.session.add(passkey)
        db.session.flush()
        noted(manager_id, "passkey.added", passkey=str(passkey.id))


def remove_passkey(passkey: Passkey) -> None:
    """Let a passkey open nothing any more."""
    with writing():
        noted(passkey.manager_id, "passkey.removed", passkey=str(passkey.id))
        db.session.delete(passkey)


def whose_passkey(answer: str, challenge: bytes, party: Party) -> Manager:
    """Whose passkey signed the challenge; raises PasskeyNotRight.

    The device has made sure that it is them, by finger, face or PIN, so it is both steps at once.
    """
    _use_up(challenge)
    given = Answer.read(answer)
    passkey = passkey_by_credential(given.credential_id)
    if passkey is None or given.user_handle not in {None, passkey.manager_id.bytes}:
        raise PasskeyNotRight
    count = checked_answer(given, challenge, party, passkey.public_key, passkey.sign_count)
    with writing():
        passkey.sign_count, passkey.last_used_at = count, clock.now()
        manager = db.session.get_one(Manager, passkey.manager_id)
    if not manager.active:
        raise PasskeyNotRight
    return manager


def _use_up(challenge: bytes) -> None:
    """Whether it is answered rightly or not, a challenge is asked once."""
    with writing():
        there = use_up(challenge)
    if not there:
        raise PasskeyNotRight
