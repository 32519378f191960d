"""How each group of people stands: a category, and for agencies and colleges each of them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.categories import CATEGORIES
from models.people import Organisation
from renewals.coverage import STAGES, placed
from renewals.schedule import Stage


@dataclass(frozen=True)
class Group:
    """How many of a group are in each stage."""

    category: str
    organisation: str | None
    stages: Mapping[str, int]

    @property
    def people(self) -> int:
        """How many they are."""
        return sum(self.stages.values())


def groups(setting_id: UUID, today: date) -> list[Group]:
    """The groups that have somebody with something to sign, in the order a form shows them.

    The database counts: no person is loaded.
    """
    where = placed(setting_id, today)
    rows = (
        sa.select(where.c.category, Organisation.name, where.c.rank, sa.func.count())
        .select_from(where)
        .outerjoin(Organisation, Organisation.id == where.c.organisation_id)
        .group_by(where.c.category, Organisation.name, where.c.rank)
    )
    found: dict[tuple[str, str | None], Counter[str]] = {}
    for category, organisation, rank, people in db.session.execute(rows):
        found.setdefault((category, organisation), Counter())[STAGES[rank]] += people
    order = list(CATEGORIES)
    return [
        Group(category, organisation, found[category, organisation])
        for category, organisation in sorted(
            found, key=lambda group: (order.index(group[0]), group[1] or "")
        )
    ]


def by_category(found: Collection[Group]) -> list[Group]:
    """The same with the people of all agencies, and of all colleges, counted together."""
    categories: dict[str, Counter[str]] = {}
    for group in found:
        categories.setdefault(group.category, Counter()).update(group.stages)
    return [Group(category, None, stages) for category, stages in categories.items()]


def counts(found: Collection[Group]) -> dict[Stage, int]:
    """How many people are in each stage, the most pressing first."""
    return {name: sum(group.stages[name] for group in found) for name in reversed(STAGES)}
