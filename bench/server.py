"""A throw-away installation with its own server and a paired tablet, for measuring and pictures."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "only for this throw-away server"  # noqa: S105
EMAIL = "bench@example.org"
PATIENCE_SECONDS = 120
TICKS = os.sysconf("SC_CLK_TCK")
OWN_PAGE = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Server:
    """A running server: where it is, its process group, and the tablet's cookie."""

    instance: Path
    port: int
    process: subprocess.Popen[bytes]
    sign_in: tuple[str, str] = (EMAIL, PASSWORD)
    cookie: str = ""

    @property
    def address(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes, dict[str, str]]:
        """One request as the paired tablet sends it: status, body, headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = OWN_PAGE | {"Content-Type": "application/json", "Cookie": self.cookie}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        answer = response.status, response.read(), dict(response.getheaders())
        connection.close()
        return answer

    def flask(self, *arguments: str) -> str:
        """Run a command on this installation and give what it prints."""
        return _flask(self.instance, self.port, *arguments)

    def processes(self) -> list[int]:
        """Every process of the server, gunicorn's master first."""
        children = subprocess.run(
            ["pgrep", "-g", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        numbers = [int(line) for line in children.stdout.split()]
        return [number for number in numbers if b"gunicorn" in _command(number)]

    def cpu_seconds(self) -> float:
        """Seconds of processor time that its processes have used so far."""
        stats = [Path(f"/proc/{number}/stat").read_text("utf-8") for number in self.processes()]
        fields = [stat.rsplit(")", 1)[1].split() for stat in stats]
        return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS

    def pair(self) -> None:
        """Pair a tablet the way a person does, and keep its cookie."""
        _status, answer, _headers = self.ask("POST", "/kiosk/pairing", {})
        codes = json.loads(answer)
        self.flask("tablets", "pair", codes["user_code"], "--name", "By the coats")
        token = {"device_code": codes["device_code"]}
        status, _answer, headers = self.ask("POST", "/kiosk/pairing/token", token)
        if status != 200:
            raise RuntimeError(f"Pairing was answered with {status}.")
        self.cookie = headers["Set-Cookie"].split(";")[0]


@contextmanager
def installation(*, demo: bool = False) -> Iterator[Server]:
    """Set up an installation in a temporary folder, serve it, pair a tablet; then remove it all."""
    with tempfile.TemporaryDirectory() as folder:
        instance, port = Path(folder), free_port()
        _flask(instance, port, "db", "upgrade")
        sign_in = _load_demo(instance, port) if demo else _set_up(instance, port)
        with running(instance, port, [sys.executable, "-m", "bin.serve"]) as server:
            server.sign_in = sign_in
            server.pair()
            yield server


@contextmanager
def running(instance: Path, port: int, command: list[str]) -> Iterator[Server]:
    """Start a server in a process group of its own, wait for its first answer, stop it after."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(instance, port),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for_answer(port)
        yield Server(instance, port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=PATIENCE_SECONDS)


def letters(number: int) -> str:
    """A number as a name: there are no digits in a person's name."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}").title()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _set_up(instance: Path, port: int) -> tuple[str, str]:
    password = instance / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    _flask(
        instance, port, "setup", "create",
        "--setting", "Bluebells", "--manager", EMAIL, "--password-file", str(password),
    )  # fmt: skip
    return EMAIL, PASSWORD


def _load_demo(instance: Path, port: int) -> tuple[str, str]:
    """The demo's last line ends in "as EMAIL with the password PASSWORD"."""
    words = _flask(instance, port, "demo", "load").split()
    return words[-5], words[-1]


def _wait_for_answer(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/up")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("The server gave no answer.")


def _flask(instance: Path, port: int, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=_environment(instance, port),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _environment(instance: Path, port: int) -> dict[str, str]:
    own = {"FINGERPOST_INSTANCE": str(instance), "PORT": str(port), "HOST": "127.0.0.1"}
    empty = dict.fromkeys(("DATABASE_URL", "STORAGE_URL", "MAIL_URL", "BASE_URL"), "")
    return os.environ | own | empty


def _command(process: int) -> bytes:
    """What a process was started with; nothing for a child that is gone meanwhile."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""
