"""No mail at all, which is how an installation starts."""

from backends.mail.letter import Letter, MailLater


class NoMailer:
    """Nothing leaves; rows from a time when there was a mail server wait for the next one."""

    sends = False

    def send(self, letter: Letter) -> str:
        """Never."""
        raise MailLater("No mail server is set, so no letter can leave. MAIL_URL names one.")

    def check(self) -> None:
        """Nothing can be wrong with nothing."""
