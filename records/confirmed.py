"""What somebody else has confirmed, in words: of a record, and of a setting's days."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backends.timestamps import NoStamp
from models.manifests import (
    Manifest,
    answer_of,
    body_of,
    how_many_unstamped,
    manifest_with,
    newest_stamped,
    oldest_unstamped,
)
from outbox.watching import newest_fault
from records.manifest import KIND, line_of

# Reads a server's answer about a SHA-256: the time in it and whose it is; raises NoStamp.
Look = Callable[[bytes, str], tuple[datetime, str]]


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


def confirmed_record(signing_id: UUID, look: Look) -> Confirmed | None:
    """Which confirmed manifest a record's hash stands in, once both were looked at again.

    None where there is none, or where it does not hold: what is wrong with it, the check of the
    night says.
    """
    found = manifest_with(signing_id)
    if found is None:
        return None
    manifest, event = found
    manifest_id, sha256, day = manifest.id, manifest.sha256, manifest.day
    line = line_of(event.sequence, event.ids)
    body, answer = body_of(manifest_id), answer_of(manifest_id)
    if hashlib.sha256(body).hexdigest() != sha256 or line not in body:
        return None
    try:
        return Confirmed(day, *look(answer, sha256))
    except NoStamp:
        return None


def _waiting(setting_id: UUID) -> Waiting | None:
    oldest = oldest_unstamped(setting_id)
    if oldest is None:
        return None
    fault = newest_fault(setting_id, KIND)
    # One that nobody came to yet is no trouble; a worker that never comes is said elsewhere.
    return Waiting(how_many_unstamped(setting_id), oldest.day, fault) if fault else None
