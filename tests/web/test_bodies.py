"""Whoever sends too much is told so: over a real connection, where that is not a given."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import new_id

ROOT = Path(__file__).resolve().parents[2]
TEN_MEGABYTES = 10_000_000


@pytest.fixture
def gunicorn(tmp_path: Path) -> Iterator[str]:
    """The server that `make run` starts, on a socket of its own: a host for http.client."""
    path = tmp_path / "socket"
    config = ["--config", str(ROOT / "gunicorn.conf.py"), "--bind", f"unix:{path}"]
    environment = os.environ | {"FINGERPOST_INSTANCE": str(tmp_path), "DATABASE_URL": ""}
    subprocess.run(
        [sys.executable, "-m", "flask", "db", "upgrade"], cwd=ROOT, env=environment, check=True
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *config], cwd=ROOT, env=environment
    )
    while not path.exists():
        assert server.poll() is None, "the server did not start"
        time.sleep(0.05)
    yield str(path)
    server.terminate()
    server.wait()


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        """Connect to the path instead of to a host."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


@pytest.mark.slow
def test_ten_megabytes_are_refused_in_words(gunicorn: str) -> None:
    connection = OverSocket(gunicorn)
    connection.request(
        "PUT",
        f"/kiosk/signings/{new_id()}",
        body=b"x" * TEN_MEGABYTES,
        headers={"Content-Type": "application/json", "Origin": "http://localhost"},
    )
    answer = connection.getresponse()
    assert answer.status == 403
    assert b"error" in answer.read()
