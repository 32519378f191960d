"""Opens signings that a tablet sealed to the setting's public key (HPKE)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_der_private_key

from extensions import db
from models.keys import keys_for
from records.body import NotJson

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
INFO = b"fingerpost-signing-v1"


def open_letter(setting_id: UUID, signing_id: UUID, letter: bytes) -> bytes:
    """The JSON inside `enc ‖ ciphertext`; retired keys still open what arrives late.

    The id is part of HPKE's info, so a letter cannot be sent again under another id.
    Raises NotJson when no key of the setting opens it.
    """
    info = INFO + str(signing_id).encode()
    for private in _newest_first(setting_id):
        try:
            return SUITE.decrypt(letter, private, info=info)
        except InvalidTag:
            continue
    raise NotJson


# The private keys that letters to a setting are sealed to, as this process knows them.
_known: dict[UUID, list[Any]] = {}


def _newest_first(setting_id: UUID) -> Iterator[Any]:
    """The keys that are known here, and where none of them fits those of the database."""
    yield from _known.get(setting_id, [])
    keys = db.session.scalars(keys_for("inbox", setting_id))
    _known[setting_id] = [load_der_private_key(key.private(), password=None) for key in keys]
    yield from _known[setting_id]
