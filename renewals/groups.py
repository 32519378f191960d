"""How each group of people stands: a category, and for agencies and colleges each of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.categories import CATEGORIES
from models.people import Organisation, PersonCategory
from renewals.coverage import Place


@dataclass(frozen=True)
class Group:
    """How many of a group are in each stage."""

    category: str
    organisation: str | None
    stages: Mapping[str, int]


def groups(setting_id: UUID, everybody: Mapping[UUID, Place]) -> list[Group]:
    """The groups that have somebody with something to sign, in the order a form shows them."""
    rows = db.session.execute(
        sa.select(PersonCategory.person_id, PersonCategory.category, Organisation.name)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(PersonCategory.setting_id == setting_id, PersonCategory.until.is_(None))
    )
    found: dict[tuple[str, str | None], Counter[str]] = {}
    for person_id, category, organisation in rows:
        if person_id in everybody:
            stages = found.setdefault((category, organisation), Counter())
            stages[everybody[person_id].stage] += 1
    order = list(CATEGORIES)
    return [
        Group(category, organisation, found[category, organisation])
        for category, organisation in sorted(
            found, key=lambda group: (order.index(group[0]), group[1] or "")
        )
    ]
