"""Whether the tablet's page grows: its memory after many people, one after another, in one day."""

import os
import shutil
from typing import Any

from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from bench.server import Server
from tests.browser.tablet import AtTheTablet, loops

SITTINGS = int(os.environ.get("BENCH_SITTINGS", "20"))
# The first few fill what is filled once: compiled code, caches, fonts.
WARM = 5
SHAPE: dict[str, Any] = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}


def measure(server: Server) -> dict[str, Any]:
    """Heap, DOM nodes and listeners after the first sittings, half way, and at the end."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "Chromium cannot be found."}
    seen: dict[str, Any] = {"sittings": SITTINGS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(**SHAPE)
        name, value = server.cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": server.address}])
        page = context.new_page()
        page.goto(f"{server.address}/kiosk/")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        for number in range(1, SITTINGS + 1):
            _somebody_signs(page, session)
            if number in {WARM, SITTINGS // 2, SITTINGS}:
                seen[f"after_{number}"] = _held(session)
        browser.close()
    return seen


def _somebody_signs(page: Page, session: CDPSession) -> None:
    somebody = AtTheTablet(page).begins().is_new().starts_to_read().has_read()
    somebody.has_nothing_to_tell()
    box = page.locator("canvas").first.bounding_box()
    if box is None:
        raise RuntimeError("There is no sheet on the page.")
    for number, (x, y) in enumerate(loops(box, 0, 1)):
        kind = "touchMove" if number else "touchStart"
        touch = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", touch)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    somebody.goes_on().signs().press("Done")
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=30_000)


def _held(session: CDPSession) -> dict[str, float]:
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    values = {metric["name"]: metric["value"] for metric in metrics}
    return {
        "heap_mb": round(values["JSHeapUsedSize"] / 1e6, 2),
        "nodes": int(values["Nodes"]),
        "listeners": int(values["JSEventListeners"]),
    }
