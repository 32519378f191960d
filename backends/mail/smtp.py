"""Letters by SMTP, one connection each, and every refusal as one sentence that says what to do."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cached_property
from urllib.parse import unquote, urlsplit

from backends.mail.letter import (
    Letter,
    MailLater,
    MailRefused,
    MailUnsure,
    ascii_address,
    message_of,
)
from config import is_loopback

# For each answer of the server; the outbox leases a letter for five minutes.
TIMEOUT_SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}
NOT_LET_IN = (
    "The mail server does not accept our user name and password. Please put the right ones into "
    "MAIL_URL and start again; letters wait until then."
)
AWAY = "The mail server cannot be reached. Letters wait, and are tried again by themselves."
NOT_PRIVATE = (
    "The mail server offers no encryption, so our password was not sent to it. Please use another "
    "port in MAIL_URL, or smtps://."
)
BROKE_OFF = "The mail server broke off before it said whether it took the letter."
NOT_FOR_US = (
    "The mail server will not send for us ({code}). Please ask whoever runs it whether MAIL_FROM "
    "and MAIL_URL are right."
)


class SmtpMailer:
    """One mail server. STARTTLS is used where it is offered, and demanded before a password."""

    sends = True

    def __init__(self, mail_url: str, mail_from: str) -> None:
        parts = urlsplit(mail_url)
        self._tls_from_start = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._from = mail_from
        # The name we greet with; asking DNS for this machine's own may take long and tells it.
        self._greeting = parseaddr(mail_from)[1].rpartition("@")[2]

    def send(self, letter: Letter) -> str:
        """Hand one letter over; the server's yes to the whole of it is what "sent" means."""
        message = message_of(letter, self._from)
        with self._connection() as server:
            self._hand_over(server, message, ascii_address(letter.to))
        return "sent"

    def check(self) -> None:
        """Connect and sign in, and send nothing."""
        with self._connection():
            pass

    @cached_property
    def _safe(self) -> ssl.SSLContext:
        """Whom to trust; reading that list takes longer than a letter does."""
        return ssl.create_default_context()

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """A connection that is ready to take letters; goodbye is said, and not waited for."""
        try:
            server = self._greet()
        except smtplib.SMTPAuthenticationError as error:
            # A server that is busy says so with a code below 500, even when asked for a password.
            raise MailLater(NOT_LET_IN if error.smtp_code >= 500 else AWAY) from None
        except ssl.SSLError:
            raise MailLater("The mail server's certificate does not fit its name.") from None
        except (OSError, smtplib.SMTPException):
            raise MailLater(AWAY) from None
        try:
            yield server
        finally:
            server.close()

    def _greet(self) -> smtplib.SMTP:
        server = self._connect()
        try:
            server.ehlo_or_helo_if_needed()
            private = self._tls_from_start
            if not private and server.has_extn("starttls"):
                server.starttls(context=self._safe)
                server.ehlo()
                private = True
            if self._user:
                if not private and not is_loopback(self._host):
                    raise MailLater(NOT_PRIVATE)
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _connect(self) -> smtplib.SMTP:
        where = (self._host, self._port, self._greeting)
        if self._tls_from_start:
            return smtplib.SMTP_SSL(*where, timeout=TIMEOUT_SECONDS, context=self._safe)
        return smtplib.SMTP(*where, timeout=TIMEOUT_SECONDS)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, to: str) -> None:
        try:
            _accepted(server.mail(parseaddr(self._from)[1]), about="sender")
            _accepted(server.rcpt(to), about="address")
        except (OSError, smtplib.SMTPServerDisconnected):
            raise MailLater(AWAY) from None
        try:
            answer = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            # The server refused the word DATA itself: not a letter of it has left.
            answer = (error.smtp_code, b"")
        except (OSError, smtplib.SMTPException):
            raise MailUnsure(BROKE_OFF) from None
        if answer[0] < 200:
            raise MailUnsure(BROKE_OFF)
        _accepted(answer, about="letter")
        # The answer that counts is here: a crash from now on, before the outbox knows, would send
        # the letter again. So goodbye is said, and not waited for.
        with suppress(OSError, smtplib.SMTPException):
            server.putcmd("quit")


def _accepted(answer: tuple[int, bytes], *, about: str) -> None:
    """Raise unless the server said yes. Its own words may hold the address: only codes are kept."""
    code, words = answer
    if 200 <= code < 300:
        return
    if code in {530, 534, 535}:
        raise MailLater(NOT_LET_IN)
    if 400 <= code < 500:
        raise MailLater(f"The mail server asks us to come back later ({code}).")
    if about == "sender" or words.startswith(b"5.7."):
        raise MailLater(NOT_FOR_US.format(code=code))
    raise MailRefused(f"The mail server refused this {about} ({code}).")
