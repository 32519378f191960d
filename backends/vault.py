"""The master key wraps every other key; nothing else is ever done with it."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class MasterKeyDoesNotFit(Exception):
    """The master key does not open the keys in this database. Put the right one back."""


class Vault:
    """Wraps and opens private keys with AES-256-GCM; `about` ties a wrapping to its owner."""

    def __init__(self) -> None:
        self._cipher: AESGCM | None = None

    def unlock(self, master_key: bytes) -> None:
        """Take the installation's 32-byte master key; called once when the app is made."""
        self._cipher = AESGCM(master_key)

    def wrap(self, secret: bytes, about: bytes) -> bytes:
        """Give nonce ‖ ciphertext for a secret."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._opened().encrypt(nonce, secret, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Give the secret back, or raise MasterKeyDoesNotFit."""
        try:
            return self._opened().decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)
        except InvalidTag as error:
            raise MasterKeyDoesNotFit from error

    def _opened(self) -> AESGCM:
        if self._cipher is None:
            raise RuntimeError("The vault is still locked: create_app() unlocks it.")
        return self._cipher
