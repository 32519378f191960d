"""Which records the list shows: words and ids in the address, and never a name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import clock
from models.categories import CATEGORIES
from models.choices import Choice
from models.standings import STANDS
from records.rows import METHODS


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked of the records of the list; whatever is None leaves every record in."""

    agreement: UUID | None = None
    version: UUID | None = None
    category: str | None = None
    method: str | None = None
    standing: str | None = None
    person: UUID | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Filter":
        """From an address or a form; what cannot be understood asks for nothing."""
        return cls(**{name: _read(kind, said.get(name, "")) for name, kind in KINDS.items()})

    @property
    def arguments(self) -> dict[str, Any]:
        """For an address, or for the hidden fields of a form."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}

    def choice(self, time_zone: str) -> Choice:
        """The same for the database; days are days of the setting."""
        following = self.last + timedelta(days=1) if self.last else None
        return Choice(
            agreement_id=self.agreement,
            version_id=self.version,
            category=self.category,
            method=self.method,
            standing=self.standing,
            person_id=self.person,
            signed_from=clock.day_begins(self.first, time_zone) if self.first else None,
            signed_until=clock.day_begins(following, time_zone) if following else None,
        )


KINDS: dict[str, Any] = {
    "agreement": UUID,
    "version": UUID,
    "category": CATEGORIES,
    "method": METHODS,
    "standing": STANDS,
    "person": UUID,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
}
# A day of the year 9999 has no day after it.
LAST_DAY = date(9999, 12, 30)


def _read(kind: Any, said: str) -> Any:
    if isinstance(kind, dict):
        return said if said in kind else None
    try:
        found = kind(said)
    except ValueError:
        return None
    return min(found, LAST_DAY) if isinstance(found, date) else found
