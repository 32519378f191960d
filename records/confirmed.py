"""What somebody else has confirmed, in words: of a record, and of a setting's days."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.manifests import Manifest, how_many_unstamped, newest_stamped, oldest_unstamped
from records.manifest import KIND
from renewals.told import letters_that_failed


@dataclass(frozen=True, slots=True)
class Waiting:
    """Manifests that the timestamp server did not confirm: the oldest one's day, and its words."""

    count: int
    day: date
    fault: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A manifest's day, when it was confirmed, and by whom."""

    day: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Stamps:
    """What waits although it was tried, and the newest that is confirmed."""

    waiting: Waiting | None
    newest: Confirmed | None


def stamps_of(setting_id: UUID) -> Stamps:
    """How far a setting's days are confirmed."""
    newest = newest_stamped(setting_id)
    return Stamps(_waiting(setting_id), confirmed_by(newest) if newest else None)


def confirmed_by(manifest: Manifest) -> Confirmed | None:
    """What a manifest's timestamp says; None while it has none."""
    if manifest.stamped_at is None:
        return None
    return Confirmed(manifest.day, manifest.stamped_at, manifest.stamped_by or "")


def _waiting(setting_id: UUID) -> Waiting | None:
    oldest = oldest_unstamped(setting_id)
    if oldest is None:
        return None
    faults = letters_that_failed(setting_id, (KIND,), oldest.made_at)
    # One that nobody came to yet is no trouble; a worker that never comes is said elsewhere.
    return Waiting(how_many_unstamped(setting_id), oldest.day, faults[0]) if faults else None
