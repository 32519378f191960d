"""Opens signings that a tablet sealed to the setting's public key (HPKE)."""

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
    for key in db.session.scalars(keys_for("inbox", setting_id)):
        private = load_der_private_key(key.private(), password=None)
        try:
            return SUITE.decrypt(letter, private, info=info)  # type: ignore[arg-type]
        except InvalidTag:
            continue
    raise NotJson
