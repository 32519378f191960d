"""The ways in for whoever is not signed in: the first page, set-up, one-time links."""

from blueprints.setup import (  # noqa: F401  (they add their views)
    front,
    invitation,
    opening,
    passkey,
    second_step,
    sign_in_link,
)
from blueprints.setup.blueprint import setup

__all__ = ["setup"]
