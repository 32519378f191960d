"""The tablet's door: pairing, who are you, read, sign, done."""

from blueprints.kiosk import document, pauses, people, signings  # noqa: F401  (they add their views)
from blueprints.kiosk.blueprint import kiosk

__all__ = ["kiosk"]
