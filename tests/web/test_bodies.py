"""Whoever sends too much is told so: over a real connection, where that is not a given."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from models.base import new_id
from tests.cast import TABLET_TOKEN

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


@pytest.mark.slow
def test_a_body_that_was_read_is_not_waited_for(own_app: Callable[..., Flask]) -> None:
    """Werkzeug hands over the bare connection, where reading on would wait for ever."""
    server = make_server("127.0.0.1", 0, own_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request(
        "PUT",
        f"/kiosk/signings/{new_id()}",
        body=b"{",
        headers={
            "Content-Type": "application/json",
            "Cookie": f"fingerpost-tablet={TABLET_TOKEN}",
            "Fingerpost-Tablet": "1",
            "Origin": f"http://127.0.0.1:{server.server_port}",
        },
    )
    assert connection.getresponse().status == 400
    server.shutdown()
