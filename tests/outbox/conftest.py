"""An app of its own with an outbox that a test fills, and a clock that it moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from extensions import db
from models.outbox import OutboxItem
from models.settings import all_settings
from models.writing import end_reading, writing
from outbox.errands import Handler
from outbox.putting import put
from outbox.worker import Worker

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock on the wall of the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOON
        monkeypatch.setattr("clock.now", lambda: self.now)

    def later(self, **more: float) -> None:
        """Let time pass, or go back."""
        self.now += timedelta(**more)


class Outbox:
    """The outbox of one app, with workers that do what the test says."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.setting_id = all_settings()[0].id

    def put(self, kind: str = "letter", about: str = "one", **more: Any) -> UUID:
        """Something to do."""
        with self.app.app_context(), writing():
            return put(self.setting_id, kind, about, **more).id

    def worker(self, handler: Handler, kind: str = "letter") -> Worker:
        """A worker that has this handler and no chores."""
        return Worker(self.app, {kind: handler})

    def row(self, item_id: UUID) -> OutboxItem:
        """An item as it is now."""
        with self.app.app_context():
            row = db.session.get_one(OutboxItem, item_id)
            end_reading()
            db.session.refresh(row)
            db.session.expunge(row)
            return row


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is noon on Tuesday 24 November 2026."""
    return Clock(monkeypatch)


@pytest.fixture
def outbox(own_app: Callable[..., Flask]) -> Iterator[Outbox]:
    """An empty outbox whose commits are real."""
    app = own_app()
    yield Outbox(app)
    with app.app_context():
        db.engine.dispose()
