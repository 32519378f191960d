"""axe-core on a page as it stands: no violation, and nothing left for a person to judge."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
LOOK = Path(__file__).with_name("axe_look.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours in the middle of a fade are nobody's colours; what pulses for ever is not waited for.
SETTLE = """() => Promise.allSettled(document.getAnimations()
  .filter(a => a.effect.getComputedTiming().endTime < Infinity).map(a => a.finished))"""


class Axe:
    """Reads axe's source once; it is evaluated from outside, past the page's own policy."""

    def __init__(self) -> None:
        self.source = SOURCE.read_text(encoding="utf-8")
        self.look = LOOK.read_text(encoding="utf-8")

    def check(self, page: Page, *, loaded: bool = True) -> None:
        """Fail with the rule and the element for every finding.

        loaded: once all that the page asks for is there; not while a test holds some of it back.
        """
        if loaded:
            page.wait_for_load_state()
        page.evaluate(SETTLE)
        # A step of the tablet is shown by the same page as the step before it.
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.source)
        found = page.evaluate(self.look, RULES)
        assert found["passes"] > 5, "axe looked at nothing"
        assert found["violations"] == [], (page.url, found["violations"])
        assert found["incomplete"] == [], (page.url, found["incomplete"])
