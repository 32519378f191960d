"""The demo setting: three years of a believable pre-school, played through in a minute."""

from settings.demo.cast import CAST, Part
from settings.demo.playing import EMAIL, play
from settings.demo.story import Act, story

__all__ = ["CAST", "EMAIL", "Act", "Part", "play", "story"]
