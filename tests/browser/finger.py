"""Fingers on the glass: touches as the browser gets them from a real panel."""

import math
import time
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page

Spot = tuple[float, float]
PANEL_HZ = 120


@dataclass
class Fingers:
    """Puts down, moves and lifts fingers by their number; what they do is one list of touches."""

    page: Page
    down: dict[int, Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session: CDPSession = self.page.context.new_cdp_session(self.page)

    def touch(self, spot: Spot, finger: int = 1) -> "Fingers":
        """Put a finger down."""
        self.down[finger] = spot
        return self._send("touchStart")

    def move(self, *spots: Spot, finger: int = 1) -> "Fingers":
        """Move a finger through these spots, as fast as a panel reports them."""
        began = time.perf_counter()
        for number, spot in enumerate(spots, start=1):
            time.sleep(max(0.0, began + number / PANEL_HZ - time.perf_counter()))
            self.down[finger] = spot
            self._send("touchMove")
        return self

    def lift(self, finger: int = 1) -> "Fingers":
        """Take a finger away."""
        del self.down[finger]
        return self._send("touchEnd")

    def cancel(self) -> "Fingers":
        """The system takes the touches for something of its own."""
        self.down.clear()
        return self._send("touchCancel")

    def draw(self, spots: list[Spot]) -> "Fingers":
        """One stroke with one finger."""
        return self.touch(spots[0]).move(*spots[1:]).lift()

    def tap(self, spot: Spot) -> "Fingers":
        """A short touch."""
        return self.touch(spot).lift()

    def _send(self, kind: str) -> "Fingers":
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in self.down.items()]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        return self


def middle(page: Page, button: str) -> Spot:
    """Where to tap a button."""
    box = page.get_by_role("button", name=button, exact=True).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def scroll(box: dict[str, float], samples: int) -> list[Spot]:
    """A row of loops across the middle of a box, evenly sampled."""
    spots = []
    for i in range(samples):
        along = i / (samples - 1)
        turn = 6 * math.pi * along
        x = box["x"] + box["width"] * (0.1 + 0.8 * along) + 45 * math.cos(turn)
        y = box["y"] + box["height"] * (0.5 + 0.25 * math.sin(turn))
        spots.append((x, y))
    return spots
