"""The tablet's door: pairing, who are you, read, sign, done."""

from blueprints.kiosk import (  # noqa: F401  (they add their views)
    changes,
    document,
    pauses,
    people,
    signings,
)
from blueprints.kiosk.blueprint import kiosk

__all__ = ["kiosk"]
