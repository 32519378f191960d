"""What a handler is given, what it may answer, and how it says that it did not work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

# What became of an item; its row keeps the word, and the desk shows it.
SENT = "sent"
SENT_MAYBE_TWICE = "sent, maybe twice"
KEPT = "kept"
NOT_NEEDED = "not needed any more"
REFUSED = "refused"
GIVEN_UP = "given up"
FAILED = (REFUSED, GIVEN_UP)
# What a worker reports of an item that is not done yet.
TRY_AGAIN = "to be tried again"
PUT_OFF = "put off"
LEFT = "left to another worker"


@dataclass(frozen=True)
class Errand:
    """One claimed outbox item as plain values; `attempts` counts this one too.

    `maybe_sent`: an earlier attempt began to send and never said how it ended.
    """

    item_id: UUID
    setting_id: UUID
    kind: str
    about: str
    payload: dict[str, Any]
    attempts: int
    maybe_sent: bool


# Does the errand outside any transaction and gives its outcome, or raises one of the below.
Handler = Callable[[Errand], str]


class TryLater(Exception):
    """It did not work this time; str() is the sentence for the desk."""


class TryForEver(TryLater):
    """The same of something that nobody can do by hand: after the first hours it is tried once a
    day, and never given up."""


class Unsure(TryLater):
    """It may have worked, and nobody can know: the next attempt may be a second one."""


class Hopeless(Exception):
    """It can never work; str() is the sentence for the desk."""


class NotNow(Exception):
    """It is the wrong hour or day; nothing is wrong, and it is done from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class LeaseLost(Exception):
    """The lease ran out and another worker has the item: whatever was about to happen must not."""
