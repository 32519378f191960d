"""What the tablet's page weighs on the wire, as Chromium counts it."""

import shutil
from typing import Any

from playwright.sync_api import sync_playwright

from bench.server import Server


def measure(server: Server) -> dict[str, Any]:
    """Open the paired kiosk in an empty browser; gzip is on."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "Chromium cannot be found."}
    name, value = server.cookie.split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 800, "height": 1280})
        context.add_cookies([{"name": name, "value": value, "url": server.address}])
        page = context.new_page()
        listener = context.new_cdp_session(page)
        whole: list[float] = []
        bodies: list[float] = []
        listener.on("Network.loadingFinished", lambda done: whole.append(done["encodedDataLength"]))
        listener.on("Network.dataReceived", lambda part: bodies.append(part["encodedDataLength"]))
        listener.send("Network.enable")
        page.goto(f"{server.address}/kiosk/", wait_until="networkidle")
        step = page.evaluate("document.body.dataset.step")
        browser.close()
    return {
        "kilobytes": round(sum(whole) / 1000, 1),
        "kilobytes_without_headers": round(sum(bodies) / 1000, 1),
        "requests": len(whole),
        "arrived_at": step,
    }
