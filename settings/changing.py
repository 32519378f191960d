"""Changes what a setting says about itself, and remembers what it said before."""

from typing import Any
from uuid import UUID

from extensions import db
from models.base import new_id
from models.events import happened
from models.settings import Setting
from models.writing import writing
from outbox.putting import put


def change_setting(setting_id: UUID, manager_id: UUID, answers: dict[str, Any]) -> bool:
    """Save new answers and one event with the old and the new; False when nothing differs.

    `answers` may hold name, charity_number, ofsted_urn, address, and logo (PNG bytes or None).
    """
    with writing():
        setting = db.session.get_one(Setting, setting_id)
        changes = {
            name: (getattr(setting, name), answer)
            for name, answer in answers.items()
            if getattr(setting, name) != answer
        }
        if not changes:
            return False
        for name, (_, new) in changes.items():
            setattr(setting, name, new)
        happened(
            setting_id,
            "setting.changed",
            {"manager": str(manager_id)},
            {name: {"old": _told(old), "new": _told(new)} for name, (old, new) in changes.items()},
        )
        # What stands on the letterhead is part of the pages.
        put(setting_id, "layout", str(new_id()))
    return True


def _told(value: str | bytes | None) -> str | None:
    """History keeps words; a picture is told by whether there is one."""
    return "a picture" if isinstance(value, bytes) else value
