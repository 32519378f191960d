"""A letter as every mailer takes it, the message it becomes, and what can go wrong with it."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol


class MailLater(Exception):
    """It did not leave, and may leave another time; str() is a sentence without names."""


class MailUnsure(MailLater):
    """The connection broke after the words were handed over: it may have left."""


class MailRefused(Exception):
    """It will never leave like this; str() is a sentence without names."""


@dataclass(frozen=True)
class Letter:
    """One letter to one address. `key` is the same for the same letter sent again."""

    key: str
    sender_name: str
    to: str
    subject: str
    text: str
    html: str
    written_at: datetime
    pdf: bytes | None = None
    pdf_name: str = "record.pdf"


class Mailer(Protocol):
    """What is chosen by MAIL_URL."""

    sends: bool

    def send(self, letter: Letter) -> str:
        """Give "sent" or "printed", or raise MailRefused, MailLater, MailUnsure."""
        ...

    def check(self) -> None:
        """Look whether letters could leave now; raises MailLater with the reason."""
        ...


def message_of(letter: Letter, mail_from: str) -> EmailMessage:
    """The letter as a message: text and HTML, and nothing that asks for an answer.

    Its Message-ID comes from `key`, so that a mailbox can drop the second of two. Raises
    MailRefused when the address cannot stand in a message.
    """
    _, sender = parseaddr(mail_from)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(letter.sender_name, addr_spec=sender)
    message["To"] = _address(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    # RFC 3834: holiday answers and other programs leave such a letter alone.
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable passes every server, also the ones that know seven bits only.
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.pdf is not None:
        message.add_attachment(
            letter.pdf, maintype="application", subtype="pdf", filename=letter.pdf_name
        )
    return message


def ascii_address(address: str) -> str:
    """The address with its domain as DNS writes it; raises MailRefused for what has none."""
    local, _, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise MailRefused("The address has letters that mail cannot be sent to.") from None


def _address(to: str) -> Address:
    try:
        return Address(addr_spec=ascii_address(to))
    except (ValueError, IndexError, MessageError):
        raise MailRefused("This cannot be an e-mail address.") from None
