"""The master key wraps every other key; nothing else is ever done with it."""

import base64
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class MasterKeyDoesNotFit(Exception):
    """The master key does not open this database. Put it back, or run `flask keys enter`."""


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


def put_in_place(file: Path, master_key: bytes, aside: str) -> None:
    """Write a master key where it is looked for, durably and for its owner only.

    What was there is kept beside it under the name `aside`: no key is ever destroyed.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(base64.urlsafe_b64encode(master_key) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    if file.exists():
        os.link(file, file.with_name(aside))
    os.replace(new, file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
