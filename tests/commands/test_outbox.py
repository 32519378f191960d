"""flask outbox work: says what waits, sends it, and says what became of it."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from backends.mail import MemoryMailer
from backends.storage import MemoryStorage
from config import ROOT
from extensions import db
from models.settings import all_settings
from models.writing import end_reading, writing
from outbox.putting import put
from tests.commands.test_config import run_flask
from tests.mail.office import PASSWORD, USER, closed_port, open_office
from tests.outbox.conftest import Clock
from tests.outbox.conftest import time as time


@pytest.fixture
def app(own_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An app whose commits are real, with nothing of the outside world."""
    made = own_app()
    made.extensions["mailer"], made.extensions["storage"] = MemoryMailer(), MemoryStorage()
    yield made
    with made.app_context():
        db.engine.dispose()


def wait_in(app: Flask, *kinds: str) -> None:
    """Something of each kind that is about nothing any more, or that nobody knows."""
    with app.app_context():
        setting_id = all_settings()[0].id
        end_reading()
        with writing():
            for kind in kinds:
                put(setting_id, kind, "0197f3c2-0000-7000-8000-000000000000")


def test_dry_run_says_what_waits_and_does_nothing(app: Flask, time: Clock) -> None:
    wait_in(app, "copy", "archive")
    for _ in range(2):
        done = app.test_cli_runner().invoke(args=["outbox", "work", "--dry-run"])
        assert (done.exit_code, done.output) == (0, "archive\t1\ncopy\t1\n")


def test_once_does_it_and_says_what_became_of_it(app: Flask, time: Clock) -> None:
    wait_in(app, "copy", "archive")
    done = app.test_cli_runner().invoke(args=["outbox", "work", "--once"])
    # The records of both settings are checked as well: it is after two o'clock.
    assert (done.exit_code, done.output) == (0, "kept\t2\nnot needed any more\t2\n")
    again = app.test_cli_runner().invoke(args=["outbox", "work", "--once"])
    assert (again.exit_code, again.output) == (0, "")


def test_what_could_not_be_done_is_a_finding(app: Flask, time: Clock) -> None:
    wait_in(app, "pigeon")
    done = app.test_cli_runner().invoke(args=["outbox", "work", "--once"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "to be tried again\t1")


@pytest.mark.slow
def test_it_works_until_it_is_told_to_stop(app: Flask) -> None:
    config = app.config["FINGERPOST"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "outbox", "work"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "FINGERPOST_INSTANCE": str(config.instance),
            "DATABASE_URL": config.database_url,
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr is not None
    assert worker.stderr.readline().startswith("Sending what waits")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(120) == 0


@pytest.mark.slow
def test_config_check_asks_the_mail_server(tmp_path: object, app: Flask) -> None:
    config = app.config["FINGERPOST"]

    def check(mail_url: str) -> subprocess.CompletedProcess[str]:
        return run_flask(
            config.instance,
            "config",
            "check",
            DATABASE_URL=config.database_url,
            MAIL_URL=mail_url,
            MAIL_FROM="office@example.org",
        )

    with open_office(password=True) as office:
        right = check(f"smtp://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{office.port}")
        wrong = check(f"smtp://{USER}:hush@127.0.0.1:{office.port}")
    assert (right.returncode, right.stderr) == (0, "")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("The mail server does not accept our user name and password.")
    assert "hush" not in wrong.stderr
    away = check(f"smtp://127.0.0.1:{closed_port()}")
    assert (away.returncode, away.stderr.split(".")[0]) == (1, "The mail server cannot be reached")
