"""A tablet in the house: it knows a name and a root certificate, and tells what it is answered."""

import json
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Outside:
    """Asks one HTTPS server on this machine, which must prove `name` by `root`."""

    name: str
    port: int
    root: Path

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
        address: str = "127.0.0.1",
    ) -> Answer:
        """One request from one of this machine's own addresses."""
        with closing(HTTPConnection(self.name)) as connection:
            connection.sock = self._safe_line(address)
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, self._own_page() | (headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def wait(self) -> None:
        """Until the server is up."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._is_up():
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.1)

    def _own_page(self) -> dict[str, str]:
        """What an old Safari says of a request from the tablet's own page: its origin."""
        page = {"Fingerpost-Tablet": "1", "Origin": f"https://{self.name}"}
        return page | {"Content-Type": "application/json"}

    def _is_up(self) -> bool:
        try:
            return self.ask("GET", "/up").status == 200
        except ssl.SSLCertVerificationError:
            raise
        except OSError:
            return False

    def _safe_line(self, address: str) -> ssl.SSLSocket:
        trusting = ssl.create_default_context(cafile=str(self.root))
        line = socket.create_connection(
            ("127.0.0.1", self.port), PATIENCE_SECONDS, source_address=(address, 0)
        )
        return trusting.wrap_socket(line, server_hostname=self.name)
