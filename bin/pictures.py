"""Make the README's pictures and the two that a tablet shows before it installs the page."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.server import ROOT, Server, installation
from tests.browser.tablet import AtTheTablet

PICTURES = ROOT / "docs" / "pictures"
SCREENSHOTS = ROOT / "static" / "screenshots"
NAME = "Siân Llewellyn"
TABLET: dict[str, Any] = {"viewport": {"width": 800, "height": 1000}, "has_touch": True}
NARROW: dict[str, Any] = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
# Enough for flat colours and the edges of letters, at a third of the bytes.
COLOURS = 64
DESK: dict[str, Any] = {"viewport": {"width": 1100, "height": 760}}
# A signature as a finger makes it: each stroke's corners, as fractions of the pad.
STROKES = (
    ((0.20, 0.30), (0.14, 0.24), (0.11, 0.38), (0.18, 0.50), (0.19, 0.66), (0.10, 0.68)),
    ((0.24, 0.48), (0.25, 0.66), (0.30, 0.50), (0.33, 0.52), (0.33, 0.66), (0.37, 0.50),
     (0.41, 0.50), (0.41, 0.66), (0.46, 0.60)),
    ((0.54, 0.22), (0.51, 0.50), (0.52, 0.68), (0.58, 0.60), (0.62, 0.48), (0.64, 0.66),
     (0.69, 0.46), (0.71, 0.68), (0.78, 0.52), (0.90, 0.58)),
)  # fmt: skip


def main() -> int:
    """Walk the journey once and keep what it looks like."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or shutil.which("pdftoppm") is None:
        print("The pictures need Chromium and pdftoppm (poppler-utils).", file=sys.stderr)
        return 2
    with installation(demo=True) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _at_the_tablet(browser, server)
        _before_installing(browser, server)
        pdf = _at_the_desk(browser, server)
        browser.close()
    _pages(pdf)
    return 0


def _at_the_tablet(browser: Browser, server: Server) -> None:
    context = browser.new_context(**TABLET)
    person = _begins(context, server)
    _keep(context, "tablet-read.png")
    person.has_read().has_nothing_to_tell()
    _draw(context)
    _keep(context, "tablet-sign.png")
    person.goes_on().signs()
    _keep(context, "tablet-saved.png")


def _before_installing(browser: Browser, server: Server) -> None:
    """What the manifest shows of the page: reading on a wide screen, signing on a narrow one."""
    wide = browser.new_context(**WIDE)
    _begins(wide, server)
    _keep(wide, "read-wide.png", SCREENSHOTS)
    narrow = browser.new_context(**NARROW)
    _begins(narrow, server).has_read().has_nothing_to_tell()
    _draw(narrow)
    _keep(narrow, "sign-narrow.png", SCREENSHOTS)
    for file in SCREENSHOTS.glob("*.png"):
        Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)


def _begins(context: BrowserContext, server: Server) -> AtTheTablet:
    name, value = server.cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    page = context.new_page()
    page.goto(f"{server.address}/kiosk/")
    return AtTheTablet(page).begins().is_new(NAME, "Volunteer").starts_to_read()


def _at_the_desk(browser: Browser, server: Server) -> bytes:
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.goto(f"{server.address}/login")
    email, password = server.sign_in
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/manager/")
    _keep(context, "desk.png")
    newest = server.flask("records", "list").splitlines()[0]
    record = newest.split("\t")[0]
    return context.request.get(f"{server.address}/manager/records/{record}.pdf").body()


def _draw(context: BrowserContext) -> None:
    """Sign on the pad with real touches."""
    page = context.pages[0]
    box = page.locator("canvas").first.bounding_box()
    if box is None:
        raise RuntimeError("There is no pad on the page.")
    touch = context.new_cdp_session(page)
    for stroke in STROKES:
        for number, (x, y) in enumerate(smooth(stroke)):
            point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
            kind = "touchMove" if number else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            page.wait_for_timeout(8)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def smooth(corners: tuple[tuple[float, float], ...], steps: int = 8) -> list[tuple[float, float]]:
    """A curve through the corners (Catmull and Rom's)."""
    padded = [corners[0], *corners, corners[-1]]
    curve = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            part = step / steps
            across = _between(before[0], start[0], end[0], after[0], part)
            down = _between(before[1], start[1], end[1], after[1], part)
            curve.append((across, down))
    return [*curve, corners[-1]]


def _between(before: float, start: float, end: float, after: float, part: float) -> float:
    bend = (2 * before - 5 * start + 4 * end - after) * part**2
    twist = (3 * start - before - 3 * end + after) * part**3
    return (2 * start + (end - before) * part + bend + twist) / 2


def _keep(context: BrowserContext, name: str, folder: Path = PICTURES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    context.pages[0].screenshot(path=folder / name, animations="disabled")
    print((folder / name).relative_to(ROOT))


def _pages(pdf: bytes) -> None:
    """The two pages that a signature fills: the agreement page and the evidence page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record.pdf"
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "80", "-png", file, Path(folder) / "page"], check=True)
        signed, evidence = sorted(Path(folder).glob("page-*.png"))[-2:]
        for page, name in ((signed, "record-signed.png"), (evidence, "record-evidence.png")):
            shutil.copyfile(page, PICTURES / name)
            print(f"docs/pictures/{name}")


if __name__ == "__main__":
    sys.exit(main())
