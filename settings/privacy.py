"""What people may know of their data: whom to ask, and what this program keeps in a browser."""

from dataclasses import dataclass
from uuid import UUID

from extensions import db
from models.events import happened, wait_for_turn
from models.settings import Setting
from models.writing import writing


@dataclass(frozen=True)
class Stored:
    """One thing that stays in a browser: what it is called there, what for, and for how long."""

    name: str
    kind: str
    whose: str
    purpose: str
    life: str


# tests/guards/test_browser_storage.py compares this with what the code really sets.
STORED = (
    Stored(
        "fingerpost-desk",
        "Cookie",
        "Managers, and whoever opens a form",
        "Keeps managers signed in, and makes sure that a form was sent from our own page.",
        "Until the browser is closed, or 30 days where you ticked “Keep me signed in”",
    ),
    Stored(
        "fingerpost-tablet",
        "Cookie",
        "The tablet",
        "Shows that the tablet is one of yours. With HTTPS its name begins with __Host-.",
        "400 days from its last use, or until you disconnect the tablet",
    ),
    Stored(
        "fingerpost",
        "IndexedDB",
        "The tablet",
        "Holds the agreements, and signings that wait to be sent, sealed so that only the server "
        "can read them.",
        "A signing: until the server has it. The agreements: until newer ones come",
    ),
    Stored(
        "fingerpost-",
        "Cache",
        "The tablet",
        "Holds the program’s own files, so that the tablet starts without Wi-Fi. No name is in it.",
        "Until the next edition of the program",
    ),
)


def change_contact(setting_id: UUID, manager_id: UUID, contact: str | None) -> bool:
    """Save whom people ask about their data; False when nothing differs."""
    with writing():
        wait_for_turn(setting_id)
        setting = db.session.get_one(Setting, setting_id, populate_existing=True)
        old = setting.privacy_contact
        if old == contact:
            return False
        setting.privacy_contact = contact
        details = {"old": old, "new": contact}
        happened(setting_id, "privacy_contact.changed", {"manager": str(manager_id)}, details)
    return True
