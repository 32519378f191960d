"""A phone with passkeys, made of software: answers as WebAuthn says, or wrongly when asked to."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey for one host. Every field may be wrong, to see who notices."""

    host: str = "localhost"
    origin: str = "http://localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    handle: bytes | None = None

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def makes(self, options: dict[str, Any]) -> str:
        """The answer to being asked to make a passkey."""
        self.handle = bytes_of(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps(
            {
                1: 2, 3: -7, -1: 1,
                -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big"),
            }
        )  # fmt: skip
        about = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        whole = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._said(ATTESTED) + about + public,
        }
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(whole))

    def uses(self, options: dict[str, Any]) -> str:
        """The answer to being asked to use it."""
        client = self._client("webauthn.get", options["challenge"])
        said = self._said(0)
        signed = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        handle = {"userHandle": self.handle} if self.handle else {}
        return self._answer(
            clientDataJSON=client, authenticatorData=said, signature=signed, **handle
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _said(self, more: int) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        name = text_of(self.credential_id)
        said = {key: text_of(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said})


def bytes_of(text: str) -> bytes:
    """base64url to bytes."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text_of(raw: bytes) -> str:
    """Bytes to base64url."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
