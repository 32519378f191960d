"""Second steps that somebody of the cast has set up, for tests of what comes after."""

from passlib.totp import TOTP

import clock
from backends.passkeys import Party
from models.authenticators import begin_authenticator
from models.managers import Manager
from models.writing import writing
from settings.passkeys import add_passkey, ask_for_new
from tests.device import Device

HERE = Party("localhost", "http://localhost")


def with_app(manager: Manager) -> bytes:
    """Let a manager have an app that counts and none of whose codes was used; gives its secret."""
    manager_id = manager.id
    with writing():
        app = begin_authenticator(manager_id)
        app.confirmed_at = clock.now()
    return app.secret


def code_of(secret: bytes, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return str(TOTP(key=secret, format="raw").generate(clock.now().timestamp() + 30 * steps).token)


def with_passkey(manager: Manager, name: str = "My phone") -> Device:
    """Let a manager have a passkey; gives the device that holds it."""
    device, manager_id = Device(), manager.id
    challenge, options = ask_for_new(manager, HERE)
    add_passkey(manager_id, name, device.makes(options), challenge, HERE)
    return device
