"""What the tablet's page weighs on the wire, as Chromium counts it."""

import shutil
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.server import Server

# The setting's own text is as long as it is; everything else is the page.
BUNDLE = "/kiosk/bundle"


def measure(server: Server) -> dict[str, Any]:
    """Open the paired kiosk in an empty browser, in either way that files are packed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "Chromium cannot be found."}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        seen = {way: _visit(browser, server, way) for way in ("gzip", "br")}
        browser.close()
    return seen


def _visit(browser: Browser, server: Server, way: str) -> dict[str, Any]:
    name, value = server.cookie.split("=", 1)
    context = browser.new_context(
        viewport={"width": 800, "height": 1280}, extra_http_headers={"Accept-Encoding": way}
    )
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    page = context.new_page()
    listener = context.new_cdp_session(page)
    bundles: set[str] = set()
    headers: dict[str, float] = {}
    whole: dict[str, float] = {}

    def answered(told: dict[str, Any]) -> None:
        headers[told["requestId"]] = told["response"]["encodedDataLength"]
        if told["response"]["url"].endswith(BUNDLE):
            bundles.add(told["requestId"])

    listener.on("Network.responseReceived", answered)
    listener.on(
        "Network.loadingFinished",
        lambda done: whole.update({done["requestId"]: done["encodedDataLength"]}),
    )
    listener.send("Network.enable")
    page.goto(f"{server.address}/kiosk/", wait_until="networkidle")
    step = page.evaluate("document.body.dataset.step")
    context.close()
    bodies = {number: size - headers[number] for number, size in whole.items()}
    return {
        "page_kilobytes": _kilobytes(bodies[number] for number in bodies.keys() - bundles),
        "bundle_kilobytes": _kilobytes(bodies[number] for number in bodies.keys() & bundles),
        "headers_kilobytes": _kilobytes(headers[number] for number in whole),
        "requests": len(whole),
        "arrived_at": step,
    }


def _kilobytes(sizes: Iterable[float]) -> float:
    return round(sum(sizes) / 1000, 1)
