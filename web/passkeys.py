"""Passkeys in a browser: for which host they are, and the challenge that this browser was asked."""

import base64
from urllib.parse import urlsplit

from flask import current_app, request, session

from backends.passkeys import Party, PasskeyNotRight
from config import Config, is_loopback
from models.managers import Manager
from settings.passkeys import whose_passkey


def party() -> Party | None:
    """Who asks for passkeys at this address; None where browsers allow none.

    They are tied to a host with a name: BASE_URL's, or "localhost" on this very machine.
    """
    config: Config = current_app.config["FINGERPOST"]
    if config.public:
        there = urlsplit(config.base_url)
        here = f"{request.scheme}://{request.host}"
        return Party(str(there.hostname), here) if here == _origin(config.base_url) else None
    name = urlsplit(request.host_url).hostname or ""
    named = is_loopback(name) and name.endswith("localhost")
    return Party(name, request.host_url.rstrip("/")) if named else None


def local_name() -> str | None:
    """Where passkeys would work, when this page was opened by a number on this very machine."""
    config: Config = current_app.config["FINGERPOST"]
    parts = urlsplit(request.host_url)
    if config.public or parts.hostname == "localhost":
        return None
    return f"{parts.scheme}://localhost:{parts.port or 80}"


def remember_challenge(challenge: bytes) -> None:
    """Tie a challenge to this browser."""
    session["challenge"] = base64.b64encode(challenge).decode()


def asked_challenge() -> bytes:
    """The challenge that this browser was asked; b"" fits no answer."""
    return base64.b64decode(session.pop("challenge", ""))


def manager_by_passkey(answer: str | None) -> Manager:
    """Whose passkey answered the challenge of this browser; raises PasskeyNotRight."""
    here, challenge = party(), asked_challenge()
    if here is None or not answer:
        raise PasskeyNotRight
    return whose_passkey(answer, challenge, here)


def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"
