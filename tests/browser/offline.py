"""A tablet whose browser can be closed, killed and opened again with everything it keeps."""

import os
import signal
import time
from pathlib import Path
from types import TracebackType

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, QUIET, TABLET
from tests.cast import TABLET_TOKEN

# Resolves when the page is kept on the tablet, so that it starts without a network.
WORKER_IS_READY = "() => navigator.serviceWorker.ready.then(() => true)"


class Closable:
    """A browser with a profile on disk; opened by `with` or open(), as often as wanted."""

    def __init__(self, playwright: Playwright, profile: Path, address: str) -> None:
        self.playwright, self.profile, self.address = playwright, profile, address
        self.offline = False
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        """Start the browser and wait for the resting page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=CHROMIUM, args=QUIET, headless=True, locale="en-GB",
            offline=self.offline, **TABLET,
        )  # fmt: skip
        cookie = {"name": "fingerpost-tablet", "value": TABLET_TOKEN, "url": self.address}
        self.context.add_cookies([cookie | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
        page = self.context.pages[0]
        page.goto(f"{self.address}/kiosk/")
        expect(page.get_by_role("button", name="Tap to begin")).to_be_visible(timeout=30_000)
        if not self.offline:
            assert page.evaluate(WORKER_IS_READY)
        return page

    def close(self) -> None:
        """Close the browser as a person does."""
        assert self.context is not None
        self.context.close()

    def kill(self) -> None:
        """End the browser as a flat battery does."""
        assert self.context is not None
        (main,) = [process for process in self._processes() if b"--type=" not in _command(process)]
        os.kill(main, signal.SIGKILL)
        while self._processes():
            time.sleep(0.05)
        try:
            self.context.close()
        except Error:
            # There is nothing left to close; Playwright only learns it here.
            return

    def files_with(self, words: str) -> list[Path]:
        """Every file of the profile that holds these words, as bytes of UTF-8 or UTF-16."""
        forms = [words.encode(), words.encode("utf-16-le")]
        files = [file for file in self.profile.rglob("*") if file.is_file()]
        return [file for file in files if any(form in file.read_bytes() for form in forms)]

    def _processes(self) -> list[int]:
        """The browser's own processes: nobody else has this profile."""
        ours = f"--user-data-dir={self.profile}".encode()
        numbers = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
        return [number for number in numbers if ours in _command(number)]

    def __enter__(self) -> Page:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
