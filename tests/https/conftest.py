"""Fingerpost as `make run` starts it, on the cast's database, in a given environment."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from config import ROOT, Config

PATIENCE_SECONDS = 60
Start = Callable[..., subprocess.Popen[bytes]]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Start]:
    """Start programs that are ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start_(*command: str, **more: Any) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(command, **more))
        return started[-1]

    yield start_
    for process in reversed(started):
        process.terminate()
        process.wait(PATIENCE_SECONDS)


@pytest.fixture
def own(own_app: Callable[..., Flask]) -> Flask:
    """The app in the test's own process, on the database that is served."""
    return own_app()


@pytest.fixture
def serve(own: Flask, config: Config, start: Start) -> Callable[[dict[str, str]], None]:
    """Serve that database with these variables; nothing else of this machine's `.env` counts."""

    def serve_(variables: dict[str, str]) -> None:
        nothing = ("BASE_URL", "HOST", "MAIL_URL", "STORAGE_URL", "TRUSTED_HOSTS")
        database = {
            "DATABASE_URL": own.config["SQLALCHEMY_DATABASE_URI"],
            "FINGERPOST_INSTANCE": str(config.instance),
        }
        environment = os.environ | dict.fromkeys(nothing, "") | database | variables
        start(sys.executable, "-m", "bin.serve", cwd=ROOT, env=environment)

    return serve_
