"""The public's door: is this record genuine?"""

from blueprints.verify import codes, files  # noqa: F401  (they add their views)
from blueprints.verify.blueprint import verify

__all__ = ["verify"]
