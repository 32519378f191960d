"""No test reaches a network: a connection that leaves this machine fails the test."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from config import is_loopback


def refuse_elsewhere(address: Any) -> None:
    """Fail the running test unless an address is this machine's own."""
    host = address[0] if isinstance(address, tuple) else "localhost"
    if isinstance(host, bytes):
        host = host.decode()
    if host and not is_loopback(host):
        # A failure of pytest's own, because product code may well survive an OSError.
        pytest.fail(f"The test tried to reach {host}, and no test may use the network.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let sockets connect to loopback only, and resolve no other name."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _resolving(socket.getaddrinfo))
        yield


def _guarded(method: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        refuse_elsewhere(address)
        return method(self, address)

    return connect


def _resolving(function: Any) -> Any:
    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_elsewhere((host,))
        return function(host, *arguments, **options)

    return getaddrinfo
