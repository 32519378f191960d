"""The ways in for whoever is not signed in: the first page, set-up, a one-time sign-in link."""

from blueprints.setup import (  # noqa: F401  (they add their views)
    front,
    opening,
    passkey,
    second_step,
    sign_in_link,
)
from blueprints.setup.blueprint import setup

__all__ = ["setup"]
