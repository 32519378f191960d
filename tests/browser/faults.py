"""A server that can be killed, and a wire to it that can be cut or lose what it carries."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from typing import Literal

from config import ROOT

Fault = Literal["none", "cut", "lost request", "lost reply"]
PATIENCE_SECONDS = 60
SIGNING = b"PUT /kiosk/signings/"


class MortalServer:
    """gunicorn as `make run` starts it, on one database and port for all its lives."""

    def __init__(self, database_url: str, instance: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        own = {"DATABASE_URL": database_url, "FINGERPOST_INSTANCE": instance}
        self.environment = os.environ | own | dict.fromkeys(("BASE_URL", "MAIL_URL"), "")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["-m", "gunicorn", "--config", "gunicorn.conf.py"]
        self.process = subprocess.Popen(
            [sys.executable, *command, "--bind", f"127.0.0.1:{self.port}"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.1)

    def kill(self) -> None:
        """End all of it in the middle of whatever it does."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/up")
            return connection.getresponse().status == 200
        return False


class Wire:
    """Carries bytes between the tablet and the server; `fault` is what befalls signings."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.fault: Fault = "none"
        self.happened: list[str] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                tablet, _address = self.listening.accept()
                threading.Thread(target=self._carry, args=[tablet], daemon=True).start()

    def _carry(self, tablet: socket.socket) -> None:
        with tablet, suppress(OSError):
            if self.fault == "cut":
                return
            with socket.create_connection(("127.0.0.1", self.to_port)) as server:
                back = threading.Thread(target=self._back, args=[server, tablet], daemon=True)
                back.start()
                self._forth(tablet, server)
                back.join()

    def _forth(self, tablet: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := tablet.recv(65536):
                signing = data.startswith(SIGNING)
                if self.fault == "cut" or (signing and self.fault == "lost request"):
                    self.happened.append(self.fault)
                    break
                server.sendall(data)
        _shut(server, tablet)

    def _back(self, server: socket.socket, tablet: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                saved = b'"record_id"' in data
                if self.fault == "cut" or (saved and self.fault == "lost reply"):
                    self.happened.append(self.fault)
                    break
                tablet.sendall(data)
        _shut(server, tablet)


def _shut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
