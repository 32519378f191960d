"""Words that only some may read: encrypted with the setting's declarations key."""

import os
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from extensions import db
from models.keys import Key, current_key

NONCE_BYTES = 12


@dataclass(frozen=True)
class Noted:
    """What is noted of a conversation: with whom it was, on which day, and what came of it."""

    discussed_with: str
    discussed_on: date
    outcome: str


def sealed(key: Key, words: dict[str, Any], about: bytes) -> bytes:
    """Encrypt (AES-256-GCM); `about` ties the words to one row, so that they open nowhere else."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.private()).encrypt(nonce, orjson.dumps(words), about)


def opened(key_id: UUID, kept: bytes, about: bytes) -> dict[str, Any]:
    """Give the words back; what was changed, or is another row's, raises InvalidTag."""
    key = db.session.get_one(Key, key_id)
    plain = AESGCM(key.private()).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], about)
    words: dict[str, Any] = orjson.loads(plain)
    return words


def sealed_note(setting_id: UUID, noted: Noted, about: bytes) -> tuple[bytes, UUID]:
    """Encrypt a note with the key in use; gives the bytes and the key's id."""
    key = current_key("declarations", setting_id)
    words = {
        "discussed_with": noted.discussed_with,
        "discussed_on": noted.discussed_on.isoformat(),
        "outcome": noted.outcome,
    }
    return sealed(key, words, about), key.id


def opened_note(key_id: UUID, kept: bytes, about: bytes) -> Noted:
    """Give a note back."""
    words = opened(key_id, kept, about)
    return Noted(
        discussed_with=words["discussed_with"],
        discussed_on=date.fromisoformat(words["discussed_on"]),
        outcome=words["outcome"],
    )
