"""The public's door: is this record genuine?"""

from blueprints.verify import codes  # noqa: F401  (it adds its views)
from blueprints.verify.blueprint import verify

__all__ = ["verify"]
