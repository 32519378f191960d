"""Writes down that the provider adopted a version."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from extensions import db
from models.adoptions import Adoption
from models.events import happened
from models.writing import writing


@dataclass(frozen=True)
class Adopted:
    """Who adopted a text and when, by when to look again, and who signed for the provider."""

    adopted_by: str
    adopted_on: date
    review_on: date
    signed_name: str
    signed_role: str

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Adopted":
        """From what told() gave."""
        days = {name: date.fromisoformat(told[name]) for name in ("adopted_on", "review_on")}
        return cls(**{**told, **days})

    def told(self) -> dict[str, Any]:
        """As JSON can keep it."""
        days = {"adopted_on": self.adopted_on, "review_on": self.review_on}
        return vars(self) | {name: day.isoformat() for name, day in days.items()}


def adopt(
    setting_id: UUID,
    version_id: UUID,
    manager_id: UUID,
    adopted: Adopted,
) -> None:
    """Keep who adopted a published version, and the day by which to look at it again."""
    with writing():
        note_adoption(setting_id, version_id, manager_id, adopted)


def note_adoption(
    setting_id: UUID, version_id: UUID, manager_id: UUID | None, adopted: Adopted
) -> None:
    """The same inside writing()."""
    db.session.add(
        Adoption(setting_id=setting_id, version_id=version_id, by_id=manager_id, **vars(adopted))
    )
    ids = {"version": str(version_id)}
    happened(
        setting_id,
        "version.adopted",
        ids | ({"manager": str(manager_id)} if manager_id else {}),
        {
            "adopted_by": adopted.adopted_by,
            "adopted_on": adopted.adopted_on.isoformat(),
            "review_on": adopted.review_on.isoformat(),
            "signed_for_provider": f"{adopted.signed_name}, {adopted.signed_role}",
        },
    )
