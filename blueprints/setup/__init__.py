"""The ways in for whoever is not signed in: the first page, set-up, one-time links."""

from blueprints.setup import front, invitation, opening, sign_in_link  # noqa: F401  (they add their views)
from blueprints.setup.blueprint import setup

__all__ = ["setup"]
