"""Opens signings that a tablet sealed to the setting's public key (HPKE)."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_der_private_key

from extensions import db
from models.keys import Key, current_key, keys_for
from records.body import NotJson

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
INFO = b"fingerpost-signing-v1"


def open_letter(setting_id: UUID, signing_id: UUID, letter: bytes) -> bytes:
    """The JSON inside `enc ‖ ciphertext`; retired keys still open what arrives late.

    The id is part of HPKE's info, so a letter cannot be sent again under another id.
    Raises NotJson when no key of the setting opens it.
    """
    info = INFO + str(signing_id).encode()
    for key in _newest_first(setting_id):
        try:
            return SUITE.decrypt(letter, _loaded(key.private()), info=info)
        except InvalidTag:
            continue
    raise NotJson


def _newest_first(setting_id: UUID) -> Iterator[Key]:
    """The key in use, and only then the others: nearly every letter is sealed to it."""
    current = current_key("inbox", setting_id)
    yield current
    for key in db.session.scalars(keys_for("inbox", setting_id)):
        if key.id != current.id:
            yield key


@lru_cache(maxsize=64)
def _loaded(private_der: bytes) -> Any:
    return load_der_private_key(private_der, password=None)
