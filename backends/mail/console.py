"""Letters on the terminal, for development."""

import sys

from backends.mail.letter import Letter, message_of


class ConsoleMailer:
    """Prints each letter; its outcome is "printed", because nobody got it."""

    sends = True

    def __init__(self, mail_from: str) -> None:
        self._from = mail_from or "fingerpost@localhost"

    def send(self, letter: Letter) -> str:
        """Print who would get it, the subject, and the words."""
        message = message_of(letter, self._from)
        rows = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Message-ID")]
        more = [f"[{letter.pdf_name}, {len(letter.pdf)} bytes]"] if letter.pdf else []
        sys.stdout.write("\n".join([*rows, "", letter.text, *more, "-" * 60, ""]))
        sys.stdout.flush()
        return "printed"

    def check(self) -> None:
        """A terminal is always there."""
