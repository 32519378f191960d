"""Whatever dies or is lost on the way: a confirmed signing is on the server exactly once.

CYCLES sets how many people sign (10 by default, in a minute), SEED repeats a run.
"""

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Error, Page, Playwright, expect

from config import Config
from extensions import db
from models.events import check_history
from models.signings import Record, Signing
from tests.browser.faults import MortalServer, Wire
from tests.browser.offline import Closable
from tests.browser.tablet import AtTheTablet
from tests.cast import Cast

CYCLES = int(os.environ.get("CYCLES", "10"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
FAULTS = ["none", "cut", "lost request", "lost reply", "server killed", "browser killed"]
CONFIRMED = ("Saved", "Kept safely")

pytestmark = pytest.mark.slow


class Morning:
    """A tablet, a server and the wire between them, and who was told "saved" or "kept"."""

    def __init__(self, tablet: Closable, server: MortalServer, wire: Wire) -> None:
        self.tablet, self.server, self.wire = tablet, server, wire
        self.confirmed: list[str] = []
        self.page = tablet.open()
        self.chance = random.Random(SEED)

    def one_signs(self, name: str, fault: str) -> None:
        """One person, and what goes wrong while their signing is under way."""
        # What one fault broke often stays broken for the next person.
        if self.wire.fault != "none" and self.chance.random() < 0.6:
            self.wire.fault = "none"
        if fault in {"cut", "lost request", "lost reply"}:
            self.wire.fault = fault
        AtTheTablet(self.page).signs_by_typing(name)
        moment = self.chance.uniform(0, 1.5)
        if fault == "browser killed":
            self._browser_dies(name, moment)
            return
        if fault == "server killed":
            threading.Timer(moment, self.server.kill).start()
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile("|".join(CONFIRMED)), timeout=30_000)
        self.confirmed.append(name)
        if fault == "server killed":
            time.sleep(moment)
            self.server.kill()
            self.server.start()
        AtTheTablet(self.page).press("Done")

    def _browser_dies(self, name: str, moment: float) -> None:
        self.page.wait_for_timeout(moment * 1000)
        said = _heading(self.page)
        self.tablet.kill()
        if said in CONFIRMED:
            self.confirmed.append(name)
        self.page = self.tablet.open()

    def ends_well(self) -> None:
        """The Wi-Fi is back, and everything is sent by itself."""
        self.wire.fault = "none"
        until = time.monotonic() + 120
        while AtTheTablet(self.page).letters_left():
            assert time.monotonic() < until, "something was never sent"
            AtTheTablet(self.page).has_wifi_again()
            self.page.wait_for_timeout(1000)


@pytest.fixture
def app_and_morning(
    quick_press: None,
    own_app: Callable[..., Flask],
    config: Config,
    playwright: Playwright,
    tmp_path: Path,
) -> Iterator[tuple[Flask, Morning]]:
    """A tablet that has been paired and has seen its page once."""
    app = own_app()
    server = MortalServer(app.config["SQLALCHEMY_DATABASE_URI"], str(config.instance))
    wire = Wire(server.port)
    tablet = Closable(playwright, tmp_path / "profile", f"http://127.0.0.1:{wire.port}")
    server.start()
    try:
        yield app, Morning(tablet, server, wire)
        tablet.close()
    finally:
        wire.close()
        server.kill()


def test_every_confirmed_signing_arrives_exactly_once(
    app_and_morning: tuple[Flask, Morning],
) -> None:
    app, morning = app_and_morning
    faults = (FAULTS * (CYCLES // len(FAULTS) + 1))[:CYCLES]
    random.Random(SEED).shuffle(faults)
    print(f"SEED={SEED}: {faults}")
    for number, fault in enumerate(faults):
        morning.one_signs(_name(number), fault)
    morning.ends_well()
    with app.app_context():
        arrived = Counter(db.session.scalars(sa.select(Signing.full_name)))
        records = db.session.scalar(sa.select(sa.func.count()).select_from(Record))
        history = check_history(Cast().bluebells.id)
    print(f"{len(morning.confirmed)} confirmed, {arrived.total()} arrived, {morning.wire.happened}")
    assert [name for name, times in arrived.items() if times > 1] == []
    assert [name for name in morning.confirmed if arrived[name] != 1] == []
    assert records == arrived.total()
    assert history.faults == []
    assert len(morning.confirmed) >= CYCLES - faults.count("browser killed")


def _name(number: int) -> str:
    """A name of its own for each: letters, because a name has no digits."""
    return "Anna " + "".join(chr(ord("b") + int(digit)) for digit in f"{number:03}").title()


def _heading(page: Page) -> str:
    try:
        return page.get_by_role("heading", level=1).inner_text(timeout=500)
    except Error:
        return ""
