"""Policy health: hints about a text, each with its source; the text itself is never rewritten."""

from agreements.health.hint import WEIGHTS, Hint, Where
from agreements.health.looking import hints
from agreements.health.standing import Health, dismiss, health_of, open_counts, take_back

__all__ = [
    "WEIGHTS",
    "Health",
    "Hint",
    "Where",
    "dismiss",
    "health_of",
    "hints",
    "open_counts",
    "take_back",
]
