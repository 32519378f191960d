"""A real server and a real Chromium: one in the tablet's shape, one at the desk's."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from app import create_app
from config import Config, read_config
from extensions import db, vault
from models.links import new_link
from models.writing import writing
from tests.browser.axe import Axe
from tests.cast import TABLET_TOKEN, Cast
from tests.conftest import lay_out_its_agreement
from tests.databases import copy_of
from tests.needs import needs

# One line for every file served would bury what a failed test has to say.
logging.getLogger("werkzeug").setLevel(logging.ERROR)

# A machine that is busy with everything else may take its time; a test that fails still ends.
expect.set_options(timeout=30_000)

CHROMIUM = "/usr/bin/chromium"
TABLET = {"viewport": {"width": 800, "height": 1280}, "has_touch": True, "device_scale_factor": 2}
LANDSCAPE = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# A browser that phones home would trip over a closed network, and tests want none anyway.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Server:
    """A running Fingerpost."""

    app: Flask
    address: str

    def lays_out(self) -> None:
        """Lay out what was just published: whoever signs next would wait for it, and on a busy
        machine the page that says "Saved" may be gone by then."""
        with self.app.app_context():
            lay_out_its_agreement(Cast().bluebells)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this room needs Chromium."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(needs("chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; Playwright's own is not to be had everywhere."""
    return {"executable_path": CHROMIUM, "args": QUIET, "headless": True}


@pytest.fixture
def empty_server(config: Config, migrated: str, tmp_path: Path, worker_id: str) -> Iterator[Server]:
    """An installation nobody has set up, as `make run` would serve it."""
    instance = str(tmp_path / "instance")
    with copy_of(migrated, f"{worker_id}_empty", tmp_path) as url:
        app = create_app(read_config({"FINGERPOST_INSTANCE": instance, "DATABASE_URL": url}))
        with Serving(app) as server:
            yield server
    # It had a master key of its own.
    vault.unlock(config.master_key)


@pytest.fixture
def server(quick_press: None, own_app: Callable[..., Flask]) -> Iterator[Server]:
    """The cast's installation, with forms guarded as in life."""
    with Serving(own_app(WTF_CSRF_ENABLED=True)) as server:
        yield server


@pytest.fixture
def setup_link(empty_server: Server) -> str:
    """The one-time link that `make run` prints."""
    with empty_server.app.app_context(), writing():
        token = new_link("setup")
    return f"{empty_server.address}/setup/{token}"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own in a shape; every error in its console fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_(shape: dict[str, Any], **more: Any) -> Page:
        context = browser.new_context(locale="en-GB", **(shape | more))
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if _bad(line) else None)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not problems, problems


@pytest.fixture
def paired(open_page: Callable[..., Page], server: Server) -> Callable[..., Page]:
    """A tablet that the manager paired before."""

    def open_(shape: dict[str, Any] = TABLET, **more: Any) -> Page:
        page = open_page(shape, **more)
        page.context.add_cookies(
            [
                {
                    "name": "fingerpost-tablet",
                    "value": TABLET_TOKEN,
                    "url": server.address,
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
            ]
        )
        page.goto(f"{server.address}/kiosk/")
        return page

    return open_


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The accessibility checker."""
    return Axe()


class Serving:
    """Serves an app from a thread on a free port of this machine."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = make_server("127.0.0.1", 0, app, threaded=True)
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)

    def __enter__(self) -> Server:
        self.thread.start()
        return Server(self.app, f"http://127.0.0.1:{self.http.server_port}")

    def __exit__(self, *_error: object) -> None:
        self.http.shutdown()
        self.thread.join()
        with self.app.app_context():
            db.engine.dispose()


def _bad(line: Any) -> bool:
    # A refused request is logged by the browser as an error; tests that provoke one say so.
    # And an unsafe address makes it say that our header is ignored there.
    expected = ("Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored")
    return line.type == "error" and not line.text.startswith(expected)
