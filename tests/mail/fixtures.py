"""Letters that leave into a list, from an installation that the whole world can reach."""

from dataclasses import replace

import pytest
from flask import Flask

from backends.mail import Letter, MemoryMailer
from backends.storage import MemoryStorage
from outbox.worker import Worker
from tests.cast import Cast

ADDRESS = "https://sign.example.org"


class Mail:
    """What left, and how to let more of it leave."""

    def __init__(self, app: Flask, mailer: MemoryMailer) -> None:
        self.app = app
        self.mailer = mailer

    @property
    def letters(self) -> list[Letter]:
        """What left so far, oldest first."""
        return self.mailer.letters

    @property
    def newest(self) -> Letter:
        """What left last."""
        return self.letters[-1]

    def leaves(self) -> dict[str, int]:
        """Work off what waits, without the daily chores; how often each outcome came."""
        handlers, _chores = self.app.extensions["outbox"]
        return dict(Worker(self.app, handlers).work_off())

    def unplug(self, monkeypatch: pytest.MonkeyPatch, config: object) -> None:
        """BASE_URL is this machine itself again."""
        monkeypatch.setitem(self.app.config, "FINGERPOST", config)


@pytest.fixture
def mail(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Mail:
    """An installation with a mail server and an address of its own; copies stay in memory."""
    mailer = MemoryMailer()
    public = replace(app.config["FINGERPOST"], base_url=ADDRESS)
    monkeypatch.setitem(app.config, "FINGERPOST", public)
    monkeypatch.setitem(app.extensions, "mailer", mailer)
    monkeypatch.setitem(app.extensions, "storage", MemoryStorage())
    return Mail(app, mailer)
