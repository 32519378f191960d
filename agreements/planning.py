"""What the next version of an agreement will be called, settled before its pages are laid out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Version, agreement_by_slug, agreement_of
from models.base import new_id
from models.names import in_address


@dataclass(frozen=True)
class Planned:
    """What a version will be called."""

    agreement_id: UUID
    version_id: UUID
    number: int
    published_at: datetime


def plan_next(
    setting_id: UUID,
    title: str,
    *,
    agreement_id: UUID | None = None,
    version_id: UUID | None = None,
) -> Planned:
    """Settle what the next version of an agreement is called: the named one, or the title's."""
    if agreement_id is not None:
        agreement = agreement_of(setting_id, agreement_id)
    else:
        agreement = agreement_by_slug(setting_id, slug_of(title))
    number = next_number(agreement.id) if agreement else 1
    known_id = agreement.id if agreement else new_id()
    return Planned(known_id, version_id or new_id(), number, clock.now())


def next_number(agreement_id: UUID) -> int:
    """The number of the version that comes next."""
    newest = db.session.scalar(
        sa.select(sa.func.max(Version.number)).where(Version.agreement_id == agreement_id)
    )
    return (newest or 0) + 1


def slug_of(title: str) -> str:
    """What stands in an agreement's public address; a later title does not change it."""
    return in_address(title) or "agreement"
