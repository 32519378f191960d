"""The worker: claims an item, lets its handler act, and marks what became of it."""

import os
import secrets
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

import clock
from models.workers import seen
from models.writing import CannotSave, end_reading, writing
from outbox.claiming import claim, finish, put_off, try_again
from outbox.errands import (
    LEFT,
    PUT_OFF,
    REFUSED,
    Errand,
    Handler,
    Hopeless,
    LeaseLost,
    NotNow,
    TryForEver,
    TryLater,
    Unsure,
)

log = structlog.get_logger()

Chore = Callable[[], object]

# How long an idle worker sleeps, and how often it does its chores and says that it is alive.
PAUSE_SECONDS = 3.0
AFTER_TROUBLE_SECONDS = 30.0
# Inside the web process people at the tablet come first: a twentieth of one processor is enough.
RESTS = 19
CHORES_EVERY = timedelta(minutes=5)
TRIES_TO_MARK_SECONDS = (1.0, 5.0, 20.0)


def init_outbox(app: Flask, handlers: Mapping[str, Handler], chores: tuple[Chore, ...]) -> None:
    """Keep what belongs to each kind of item; app.py lists it."""
    app.extensions["outbox"] = (handlers, chores)


def worker_of(app: Flask, *, gentle: bool = False) -> "Worker":
    """A worker for this app, not yet at work; a gentle one leaves the processor to others."""
    handlers, chores = app.extensions["outbox"]
    return Worker(app, handlers, chores, gentle=gentle)


class Worker:
    """Works off the outbox of one app; any number of them may run at once, here or elsewhere."""

    def __init__(
        self,
        app: Flask,
        handlers: Mapping[str, Handler],
        chores: tuple[Chore, ...] = (),
        *,
        gentle: bool = False,
    ) -> None:
        self.app = app
        self.gentle = gentle
        self.handlers = handlers
        self.chores = chores
        # Two containers may agree on host and process; their notes must not fall on each other.
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self._next_chores = clock.now()

    def run(self) -> None:
        """Work until told to stop; an item that was begun is finished first."""
        while not self.stopping.is_set():
            began = time.thread_time()
            try:
                self.do_chores_in_time()
                if self.one():
                    self._rest(time.thread_time() - began)
                    continue
                pause = PAUSE_SECONDS
            except (CannotSave, SQLAlchemyError) as error:
                log.error("outbox_waits", cause=type(error).__name__)
                pause = AFTER_TROUBLE_SECONDS
            self.stopping.wait(pause)

    def _rest(self, worked: float) -> None:
        """After seconds of processor time, leave it to whoever stands at the tablet."""
        if self.gentle:
            self.stopping.wait(min(RESTS * worked, PAUSE_SECONDS))

    def work_off(self) -> Counter[str]:
        """Do the chores and everything that waits now; how often each outcome came."""
        self.do_chores_in_time()
        came: Counter[str] = Counter()
        while not self.stopping.is_set() and (outcome := self.one()):
            came[outcome] += 1
        return came

    def one(self) -> str | None:
        """Do the item that has waited longest; its outcome, or None when nothing waits."""
        with self.app.app_context():
            errand = claim()
            return None if errand is None else self._do(errand)

    def do_chores_in_time(self) -> None:
        """Say that we are alive and do what is due by the day, every few minutes.

        A clock that was put back must not silence the chores until the old time comes again.
        """
        now = clock.now()
        if not self._next_chores - CHORES_EVERY <= now < self._next_chores:
            self._next_chores = now + CHORES_EVERY
            with self.app.app_context():
                with writing():
                    seen(self.name, now)
                for chore in self.chores:
                    self._chore(chore)

    def _chore(self, chore: Chore) -> None:
        try:
            chore()
        except Exception as error:  # noqa: BLE001  (one broken chore must not stop the letters)
            log.error("chore_failed", cause=type(error).__name__)
        end_reading()

    def _do(self, errand: Errand) -> str:
        try:
            return self._outcome(errand)
        except LeaseLost:
            return LEFT

    def _outcome(self, errand: Errand) -> str:
        try:
            outcome = self.handlers[errand.kind](errand)
        except NotNow as not_now:
            put_off(errand, not_now.until)
            return PUT_OFF
        except Hopeless as error:
            return finish(errand, REFUSED, str(error))
        except TryLater as error:
            unsure, for_ever = isinstance(error, Unsure), isinstance(error, TryForEver)
            return try_again(errand, str(error), unsure=unsure, for_ever=for_ever)
        except (LeaseLost, CannotSave, SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001  (an item that no code can do must not stop the rest)
            log.error("errand_failed", cause=type(error).__name__)
            return try_again(
                errand, f"Something went wrong here ({type(error).__name__}).", unsure=True
            )
        return self._surely(lambda: finish(errand, outcome))

    def _surely(self, mark: Callable[[], str]) -> str:
        """Mark what has left already, and be stubborn: unmarked, it would leave once more."""
        for seconds in TRIES_TO_MARK_SECONDS:
            try:
                return mark()
            except CannotSave:
                self.stopping.wait(seconds)
        return mark()
