"""How letters leave: a mail server, the terminal, a list in memory, or not at all."""

from urllib.parse import urlsplit

from backends.mail.console import ConsoleMailer
from backends.mail.letter import Letter, Mailer, MailLater, MailRefused, MailUnsure
from backends.mail.memory import MemoryMailer
from backends.mail.none import NoMailer
from backends.mail.smtp import SmtpMailer

__all__ = [
    "Letter",
    "MailLater",
    "MailRefused",
    "MailUnsure",
    "Mailer",
    "MemoryMailer",
    "mailer_for",
]


def mailer_for(mail_url: str, mail_from: str) -> Mailer:
    """The mailer that MAIL_URL names; Config has checked it."""
    scheme = urlsplit(mail_url).scheme
    if scheme in {"smtp", "smtps"}:
        return SmtpMailer(mail_url, mail_from)
    if scheme == "console":
        return ConsoleMailer(mail_from)
    return NoMailer()
