"""What the demo's acts need at hand: a letter that has left, and a signing as it is sent."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import clock
from models.base import new_id
from models.categories import CATEGORIES
from models.outbox import OutboxItem
from outbox.errands import REFUSED, SENT
from settings.demo.cast import Part
from settings.demo.ink import scribble


def sent(setting_id: UUID, about: str, *, works: bool) -> OutboxItem:
    """A letter of long ago, as the post office left it."""
    now = clock.now()
    return OutboxItem(
        setting_id=setting_id,
        kind="reminder",
        about=about,
        payload={},
        not_before=now,
        attempts=1,
        done_at=now + timedelta(seconds=20),
        outcome=SENT if works else REFUSED,
        last_fault=None if works else "The mail server does not know this address.",
    )


def body_of(version_id: UUID, person_id: UUID, part: Part, turn: int) -> dict[str, Any]:
    """What the tablet sends when somebody signs."""
    now = clock.now()
    tells = part.tells if turn == 0 else None
    seed = list(CATEGORIES).index(part.category) + len(part.full_name)
    return {
        "format": 1,
        "sitting_id": str(new_id()),
        "version_id": str(version_id),
        "person_id": str(person_id),
        "person": None,
        "method": "drawn",
        "drawing": scribble(seed + turn),
        "declaration": {"kind": "relationship" if tells else "none", "note": tells},
        "reading": {
            "opened_at": (now - timedelta(minutes=4)).isoformat(),
            "furthest": 1.0,
            "text_size": "normal",
        },
        "signed_at": now.isoformat(),
    }
