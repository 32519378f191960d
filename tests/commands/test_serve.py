"""Starting: what is missing is prepared, what is there is left alone, and then gunicorn serves."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from bin.serve import gunicorn_arguments, is_ready, newest_migration
from config import ROOT, Config, read_config
from tests.guards.test_migrations import HEAD

PATIENCE_SECONDS = 120


def config_with(tmp_path: Path, **environment: str) -> Config:
    """A Config on an instance of its own."""
    return read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | environment)


def test_an_empty_folder_is_not_ready_and_asking_leaves_no_tables(tmp_path: Path) -> None:
    config = config_with(tmp_path)
    assert not is_ready(config)
    assert not is_ready(config)


def test_an_installation_that_is_set_up_is_ready(own_app: Callable[..., Flask]) -> None:
    assert is_ready(own_app().config["FINGERPOST"])


def test_the_newest_migration_is_the_head() -> None:
    assert newest_migration() == HEAD


def test_gunicorn_listens_where_config_says(tmp_path: Path) -> None:
    assert "127.0.0.1:8000" in gunicorn_arguments(config_with(tmp_path))
    six = {"HOST": "::1", "PORT": "9000", "BASE_URL": "http://[::1]:9000"}
    assert "[::1]:9000" in gunicorn_arguments(config_with(tmp_path, **six))
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    certificate.touch()
    key.touch()
    files = {"TLS_CERT_FILE": str(certificate), "TLS_KEY_FILE": str(key)}
    arguments = gunicorn_arguments(config_with(tmp_path, HOST="0.0.0.0", **files))
    assert arguments[-4:] == ["--certfile", str(certificate), "--keyfile", str(key)]


@pytest.mark.slow
def test_a_first_start_prints_one_link_that_opens(tmp_path: Path) -> None:
    port = _free_port()
    own = {
        "FINGERPOST_INSTANCE": str(tmp_path / "instance"),
        "PORT": str(port),
        "HOME": str(tmp_path),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "bin.serve"],
        cwd=ROOT,
        env=os.environ | own | {"DATABASE_URL": "", "HOST": "", "BASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        lines = [server.stdout.readline().strip() for _ in range(3)]
        assert lines[2].startswith(f"http://127.0.0.1:{port}/setup/")
        assert _answer(lines[2]) == 200
        assert not list(tmp_path.rglob("*.ctl")), "gunicorn opened a control socket"
        database = tmp_path / "instance" / "fingerpost.db"
        assert database.stat().st_mode & 0o077 == 0, "others can read the database"
    finally:
        server.terminate()
        assert server.wait(PATIENCE_SECONDS) == 0


def _answer(address: str) -> int:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status)
        except urllib.error.URLError:
            time.sleep(0.05)
    raise TimeoutError(address)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
