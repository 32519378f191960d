"""Reads static/css/tokens.css: named colours, and what each meaning points at by day and night."""

import re
from dataclasses import dataclass
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
MEANING = re.compile(r"--([\w-]+): var\(--([\w-]+)\);(?: /\* (.*?) \*/)?")
NIGHT = "@media screen and (prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Pair:
    """A meaning, a ground it is read on, and the least contrast between them."""

    above: str
    ground: str
    least: float


def colours() -> dict[str, str]:
    """Each named colour as #rrggbb."""
    return dict(COLOUR.findall(TOKENS.read_text(encoding="utf-8")))


def meanings() -> dict[str, dict[str, str]]:
    """Each meaning's colour, by "day" and by "night"."""
    day, night = _halves()
    names = colours()
    by_day = {name: names[colour] for name, colour, _ in MEANING.findall(day)}
    changed = {name: names[colour] for name, colour, _ in MEANING.findall(night)}
    return {"day": by_day, "night": by_day | changed}


def comments() -> dict[str, str]:
    """What each meaning says about itself."""
    return {name: comment for name, _, comment in MEANING.findall(_halves()[0])}


def pairs() -> list[Pair]:
    """Every pair that a meaning's comment declares: "on surface sheet: 7"."""
    found = []
    for name, comment in comments().items():
        if match := re.fullmatch(r"on ([\w\- ]+): ([\d.]+)", comment):
            found += [Pair(name, ground, float(match[2])) for ground in match[1].split()]
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two #rrggbb colours: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _halves() -> tuple[str, str]:
    day, night = TOKENS.read_text(encoding="utf-8").split(NIGHT)
    return day, night
