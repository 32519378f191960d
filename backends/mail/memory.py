"""Letters in a list, for tests."""

from backends.mail.letter import Letter, message_of


class MemoryMailer:
    """Keeps each letter; it becomes a message first, so that what no message can hold is found."""

    sends = True

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> str:
        """Keep it."""
        message_of(letter, "office@example.org").as_bytes()
        self.letters.append(letter)
        return "sent"

    def check(self) -> None:
        """A list is always there."""
