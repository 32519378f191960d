"""The list of people, narrowed down by category, by who sends them, and by stage."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.people import Organisation, Person, PersonCategory, people_now
from models.settings import of
from renewals.coverage import ids_in
from renewals.schedule import Stage


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed down to; None for everything."""

    category: str | None = None
    organisation: UUID | None = None
    stage: Stage | None = None

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return self != Filters()


def listed(setting_id: UUID, filters: Filters, today: date) -> sa.Select[Person, str, str | None]:
    """The current people that the filters leave, by name."""
    rows = people_now(setting_id)
    if filters.category:
        rows = rows.where(PersonCategory.category == filters.category)
    if filters.organisation:
        rows = rows.where(PersonCategory.organisation_id == filters.organisation)
    if filters.stage:
        rows = rows.where(Person.id.in_(ids_in(setting_id, today, filters.stage)))
    return rows


def how_many(rows: sa.Select[Person, str, str | None]) -> int:
    """How many people a list has on all its pages."""
    everybody = rows.with_only_columns(Person.id).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(everybody)) or 0


def organisations_in_use(setting_id: UUID) -> list[Organisation]:
    """The agencies and colleges that are not ended, by name."""
    rows = of(setting_id, Organisation).where(Organisation.ended_at.is_(None))
    return list(db.session.scalars(rows.order_by(Organisation.name_key)))
