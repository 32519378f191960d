"""The ways in for whoever is not signed in: the first page, set-up, a one-time sign-in link."""

from blueprints.setup import front, opening, sign_in_link  # noqa: F401  (they add their views)
from blueprints.setup.blueprint import setup

__all__ = ["setup"]
