"""Signatures for people who do not exist."""

import math
from typing import Any

STROKES, SAMPLES = 3, 54


def scribble(seed: int) -> dict[str, Any]:
    """Loops that look like handwriting, different for each person, as signature_pad gives them."""
    groups = []
    for stroke in range(STROKES):
        left, tall = 60 + stroke * 170, 26 + (seed * 7 + stroke * 11) % 24
        points = [
            {
                "x": left + i * 2.4 + 12 * math.cos(i / 2.6),
                "y": 110 + tall * math.sin(i / (2.2 + seed % 3 / 5)),
                "time": stroke * 900 + i * 16,
            }
            for i in range(SAMPLES)
        ]
        groups.append({"minWidth": 0.5, "maxWidth": 2.5, "dotSize": 0, "points": points})
    return {"width": 600, "height": 220, "groups": groups}
