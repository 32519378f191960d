"""The public's door: what anybody may read, and where the links in letters lead."""

from blueprints.public import agreements, letters  # noqa: F401  (they add their views)
from blueprints.public.blueprint import public

__all__ = ["public"]
