"""How long the tablet's page makes a person wait: its start without Wi-Fi, and each touch.

A page with one button, started and touched in the same way between the others, shows how much of
it is the browser's and the machine's own.
"""

import functools
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bench.ink import served
from bench.server import Server
from tests.browser.offline import WORKER_IS_READY
from tests.browser.tablet import AtTheTablet

ROUNDS = int(os.environ.get("BENCH_TABLET_ROUNDS", "5"))
START_THROTTLE, TOUCH_THROTTLE = 6, 4
SHAPE: dict[str, Any] = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]

# The moments of the first frames that show "Tap to begin" and that answer it, in milliseconds from
# the start: the page shows it by itself, and a tap is remembered until its script is there.
READY = """(() => {
  const seen = (name) =>
    requestAnimationFrame(() => setTimeout(() => { window[name] = performance.now(); }));
  const wanted = {shown: '#main .button.main', ready: '#main button.main'};
  const watch = new MutationObserver(() => {
    for (const [name, selector] of Object.entries(wanted)) {
      if (!document.querySelector(selector)) continue;
      delete wanted[name];
      seen(name);
    }
  });
  watch.observe(document, {subtree: true, childList: true});
})()"""
WHEN_READY = """async () => {
  while (!window.ready) await new Promise((done) => setTimeout(done, 20));
  return [window.shown, window.ready]; }"""
# Each interaction as the browser itself counts it: from the touch to the frame that answers it.
TOUCHES = """(() => {
  window.touches = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (entry.interactionId)
      window.touches.push([entry.duration, entry.name, document.body.dataset.step ?? 'bare']);
  })).observe({type: 'event', durationThreshold: 16, buffered: true});
})()"""


def measure(server: Server) -> dict[str, Any]:
    """Medians of several starts and of the worst touch of several sittings."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "Chromium cannot be found."}
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as profile,
        served() as root,
    ):
        opener = functools.partial(_open, playwright, chromium, Path(profile))
        starts = _starts(opener, server, f"{root}/bench/bare.html")
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        sittings = [_sitting(browser, server) for _ in range(ROUNDS)]
        bare = [_bare_touch(browser, f"{root}/bench/bare.html") for _ in range(ROUNDS)]
        browser.close()
    worst = [max(sitting) for sitting in sittings]
    return {
        "rounds": ROUNDS,
        "offline_start_6x_ms": round(statistics.median(starts["ours"])),
        "offline_start_taken_over_6x_ms": round(statistics.median(starts["ours_taken_over"])),
        "bare_start_6x_ms": round(statistics.median(starts["bare"])),
        "offline_start_cpu_ms": round(statistics.median(starts["ours_cpu"])),
        "bare_start_cpu_ms": round(statistics.median(starts["bare_cpu"])),
        "worst_touch_4x_ms": round(statistics.median(one[0] for one in worst)),
        "worst_touch_was": " ".join(str(part) for part in max(worst)[1:3]),
        "median_touch_4x_ms": round(
            statistics.median(one[0] for sitting in sittings for one in sitting)
        ),
        "bare_touch_4x_ms": round(statistics.median(bare)),
    }


def _open(playwright: Playwright, chromium: str, profile: Path, *, offline: bool) -> BrowserContext:
    """A browser started anew, with what it kept the last time."""
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=QUIET, offline=offline, **SHAPE
    )


def _starts(
    opener: Callable[..., BrowserContext], server: Server, bare: str
) -> dict[str, list[float]]:
    """Ours without a network and the bare page with one, in turn."""
    with opener(offline=False) as context:
        _paired(context, server).evaluate(WORKER_IS_READY)
    kinds = ("", "_taken_over", "_cpu")
    starts: dict[str, list[float]] = {who + kind: [] for who in ("ours", "bare") for kind in kinds}
    for _ in range(ROUNDS):
        for name, address in (("ours", f"{server.address}/kiosk/"), ("bare", bare)):
            with opener(offline=name == "ours") as context:
                shown, ready = _start(context.pages[0], address)
                starts[name].append(shown)
                starts[f"{name}_taken_over"].append(ready)
            with opener(offline=name == "ours") as context:
                starts[f"{name}_cpu"].append(_start_cpu(context.pages[0], address))
    return starts


def _start(page: Page, address: str) -> tuple[float, float]:
    """When the button is seen, and when it answers."""
    page.add_init_script(READY)
    _slow(page, START_THROTTLE)
    page.goto(address)
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=30_000)
    shown, ready = page.evaluate(WHEN_READY)
    return float(shown), float(ready)


def _start_cpu(page: Page, address: str) -> float:
    """What a start costs the page's own main thread, not slowed down: load matters less here."""
    page.add_init_script(READY)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.evaluate(WHEN_READY)
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def _sitting(browser: Browser, server: Server) -> list[list[Any]]:
    """Every touch of one sitting: milliseconds, event, the step it led to."""
    context = browser.new_context(**SHAPE)
    context.add_init_script(TOUCHES)
    page = _paired(context, server)
    _slow(page, TOUCH_THROTTLE)
    somebody = AtTheTablet(page).begins().is_new().starts_to_read().has_read()
    somebody.has_nothing_to_tell().draws().goes_on().signs().press("Done").is_asked("Bluebells")
    return _touches(context, page)


def _bare_touch(browser: Browser, address: str) -> float:
    context = browser.new_context(**SHAPE)
    context.add_init_script(TOUCHES)
    page = context.new_page()
    page.goto(address)
    _slow(page, TOUCH_THROTTLE)
    page.get_by_role("button").tap()
    expect(page.get_by_role("button", name="Begun")).to_be_visible()
    return float(max(_touches(context, page))[0])


def _touches(context: BrowserContext, page: Page) -> list[list[Any]]:
    # The browser tells of a touch some time after the frame that answered it.
    page.wait_for_timeout(1000)
    touches: list[list[Any]] = page.evaluate("window.touches")
    context.close()
    return touches


def _paired(context: BrowserContext, server: Server) -> Page:
    name, value = server.cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"{server.address}/kiosk/")
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=30_000)
    return page


def _slow(page: Page, rate: int) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
