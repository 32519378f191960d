"""A real mail server in a thread, which can be slow, refuse, greylist and break off."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PATIENCE_SECONDS = 120
USER, PASSWORD = "fingerpost", "the right password"


class PostOffice:
    """Takes letters and keeps them; what it does beside that is set by the test."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.port = 0
        self.answer_rcpt: dict[str, str] = {}
        self.answer_sender = ""
        self.answer_data: Callable[[], str | None] = lambda: "250 Taken"
        self.before_answer: Callable[[SMTP], None] = lambda server: None
        self.news = threading.Condition()

    @property
    def url(self) -> str:
        """What MAIL_URL is for this server."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, count: int) -> None:
        """Wait until it has taken so many letters in all."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.taken) >= count, PATIENCE_SECONDS)

    # Methods and no properties: the server looks at every property for each connection.
    def keys(self) -> list[str]:
        """The Message-ID of each letter taken, without its domain: the outbox row's id."""
        return [str(letter["Message-ID"])[1:].split("@")[0] for letter in self.letters()]

    def letters(self) -> list[EmailMessage]:
        """The letters taken, parsed."""
        return [message_from_bytes(data, policy=default) for _, data in self.taken]  # type: ignore[misc]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        if self.answer_sender:
            return self.answer_sender
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if to in self.answer_rcpt:
            return self.answer_rcpt[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answer_data()
        if answer is None or answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            with self.news:
                self.taken.append((envelope.rcpt_tos[0], envelope.content))
                self.news.notify_all()
        self.before_answer(server)
        if answer is None:
            # Dies with the letter in its hands, before it says so.
            server.transport.abort()
            return "421 Gone"
        return answer


class Held:
    """Keeps a server's answer back until the test lets go."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def hold(self, _server: SMTP) -> None:
        """Wait, as a server that is very slow."""
        self._event.wait(PATIENCE_SECONDS)

    def let_go(self) -> None:
        """Answer now."""
        self._event.set()


class _Server(Controller):
    """A server on a free port of this machine."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self._factory_invoked.set()


@contextmanager
def open_office(
    *,
    password: bool = False,
    tls: ssl.SSLContext | None = None,
    tls_from_start: ssl.SSLContext | None = None,
) -> Iterator[PostOffice]:
    """A mail server for a while; with `password` it wants one, with `tls` it offers STARTTLS."""
    office = PostOffice()
    more: dict[str, Any] = {}
    if password:
        more = {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": False}
    if tls:
        more |= {"tls_context": tls, "require_starttls": True}
    if tls_from_start:
        more |= {"ssl_context": tls_from_start}
    server = _Server(
        office, "127.0.0.1", 0, ready_timeout=PATIENCE_SECONDS, server_hostname="office", **more
    )
    server._factory_invoked.set()
    server.smtpd = True  # type: ignore[assignment]
    server.start()
    office.port = server.port
    try:
        yield office
    finally:
        server.stop()


def closed_port() -> int:
    """A port of this machine at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
