"""The versions that changed something that matters, as the schedule counts them."""

from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import Version
from renewals.schedule import Material

_COLUMNS = (Version.number, Version.effective_on, Version.days_to_sign)


def material_since(agreement_id: UUID, version_id: UUID) -> list[Material]:
    """The material versions of an agreement that came after one of its versions."""
    signed = sa.select(Version.number).where(Version.id == version_id).scalar_subquery()
    newer = sa.select(*_COLUMNS).where(
        Version.agreement_id == agreement_id, Version.change == "material", Version.number > signed
    )
    return [Material(*row) for row in db.session.execute(newer)]


def material_versions(setting_id: UUID) -> dict[UUID, list[Material]]:
    """Every material version of a setting, by its agreement."""
    every = sa.select(Version.agreement_id, *_COLUMNS).where(
        Version.setting_id == setting_id, Version.change == "material"
    )
    found: dict[UUID, list[Material]] = {}
    for agreement_id, number, effective_on, days in db.session.execute(every):
        found.setdefault(agreement_id, []).append(Material(number, effective_on, days))
    return found
