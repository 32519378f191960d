"""The worker is killed while it publishes: no half version, and the next worker does it once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from agreements.drafting import begin_draft
from agreements.publishing import Change, Edition
from agreements.underway import Decision, ask_to_publish
from config import ROOT
from extensions import db
from models.agreements import Version, Wording
from models.drafts import Draft
from models.events import Event, check_history
from models.outbox import OutboxItem
from models.templates import Template
from models.writing import end_reading, writing
from outbox.errands import KEPT
from tests.cast import Cast

PATIENCE_SECONDS = 120
WORK = [sys.executable, "-m", "flask", "outbox", "work", "--once"]
# Seconds after the worker took it up: in the first pages, and in the second or just after them.
LATER = (0.2, 4.0)


def two_wordings() -> Edition:
    """Short, and with two sentences to lay out."""
    wordings = {"volunteer": "I will ask first.", "employee": "I will see to it."}
    return Edition("Camera Policy", "# Cameras\n\nAsk first.", "", None, "Name:", wordings)


def environment(app: Flask) -> dict[str, str]:
    config = app.config["FINGERPOST"]
    own = {"FINGERPOST_INSTANCE": str(config.instance), "DATABASE_URL": config.database_url}
    return {**os.environ, **own, "OUTBOX_THREAD": "off"}


def everything() -> list[int]:
    tables = (Version, Wording, Template, Event, Draft)
    return [db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables]


def the_item() -> OutboxItem:
    end_reading()
    return db.session.scalars(sa.select(OutboxItem).where(OutboxItem.kind == "publish")).one()


def killed_after(seconds: float, app: Flask) -> None:
    """Start a worker, let it take the draft up, and kill it with all it started."""
    worker = subprocess.Popen(WORK, cwd=ROOT, env=environment(app), start_new_session=True)
    before, until = the_item().attempts, time.monotonic() + PATIENCE_SECONDS
    while the_item().attempts == before:
        assert time.monotonic() < until, "nobody took it up"
        time.sleep(0.02)
    time.sleep(seconds)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def lease_ends() -> None:
    """Five minutes pass."""
    with writing():
        past = clock.now() - timedelta(minutes=1)
        db.session.execute(sa.update(OutboxItem).values(leased_until=past))


@pytest.mark.pdf
def test_a_killed_worker_leaves_no_half_version(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        setting_id = Cast().bluebells.id
        draft = begin_draft(setting_id, two_wordings(), None)
        change = Change("minor", clock.today("Europe/London"))
        version_id = ask_to_publish(draft, Decision(change), began_from=1)
        before = everything()
        for seconds in LATER:
            killed_after(seconds, app)
            if the_item().done_at is None and everything() != before:
                assert db.session.get(Version, version_id), "all of it, or nothing"
                break
            assert everything() == before
            lease_ends()
        lease_ends()
        subprocess.run(WORK, cwd=ROOT, env=environment(app), check=True)
        item = the_item()
        assert item.outcome == KEPT
        titles = sa.select(Version.id, Version.number).where(Version.title == "Camera Policy")
        assert db.session.execute(titles).all() == [(version_id, 1)]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0
        made = sa.select(sa.func.count()).where(Template.version_id == version_id)
        assert db.session.scalar(made) == 2
        assert check_history(setting_id).faults == []
