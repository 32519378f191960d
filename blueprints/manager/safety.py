"""Is everything safe: tablets that hold signatures or were not seen, and missing copies."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import clock
from models.tablets import Tablet
from renewals.told import letters_that_failed

# A setting that opens once a week still sees its tablet; a longer silence is a holiday or a fault.
NOT_SEEN_FOR = timedelta(days=8)
# The archive copies of records, and of the pages that many of them begin with.
COPIES = ("archive", "pages")
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Safety:
    """Tablets that hold signatures, or may, and what the archive said of each fault.

    holding: those that said so when they were last seen; unseen: those that said nothing for long.
    """

    holding: list[Tablet]
    unseen: list[Tablet]
    copies: list[str]


def safety(setting_id: UUID, tablets: Collection[Tablet]) -> Safety:
    """What of it somebody should look at; `tablets` are those in use."""
    long_ago = clock.now() - NOT_SEEN_FOR
    quiet = [one for one in tablets if not one.holding]
    return Safety(
        holding=[one for one in tablets if one.holding],
        unseen=[one for one in quiet if (one.last_seen_at or one.made_at) < long_ago],
        copies=letters_that_failed(setting_id, COPIES, clock.now() - SHOWN_FOR),
    )
