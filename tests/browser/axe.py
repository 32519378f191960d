"""axe-core on a page as it stands: no violation, and nothing left for a person to judge."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours in the middle of a fade are nobody's colours; what pulses for ever is not waited for.
SETTLE = """() => Promise.allSettled(document.getAnimations()
  .filter(a => a.effect.getComputedTiming().endTime < Infinity).map(a => a.finished))"""
# Text half under the bar with the main button, or written over the sheet that is signed on, has
# no background that a program can judge;
# tests/look judges every pair of colours there is.
RUN = """async rules => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}});
  const say = rule => rule.id + ': ' + rule.nodes
    .map(n => [n.target.join(' '), ...n.any.map(a => a.data?.messageKey)].join(' ')).join(', ');
  const unsure = /obscur|overlap|imgNode/i;
  const behind = node => node.any.some(check => unsure.test(check.data?.messageKey));
  const open = found.incomplete
    .map(rule => ({...rule, nodes: rule.nodes.filter(node => !behind(node))}))
    .filter(rule => rule.nodes.length);
  return {violations: found.violations.map(say), incomplete: open.map(say),
          passes: found.passes.length};
}"""


class Axe:
    """Reads axe's source once; it is evaluated from outside, past the page's own policy."""

    def __init__(self) -> None:
        self.source = SOURCE.read_text(encoding="utf-8")

    def check(self, page: Page) -> None:
        """Fail with the rule and the element for every finding."""
        page.evaluate(SETTLE)
        page.evaluate(self.source)
        found = page.evaluate(RUN, RULES)
        assert found["passes"] > 5, "axe looked at nothing"
        assert found["violations"] == [], (page.url, found["violations"])
        assert found["incomplete"] == [], (page.url, found["incomplete"])
