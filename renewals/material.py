"""The versions that changed something that matters, as the schedule counts them."""

from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import Version
from renewals.schedule import Material

By = dict[UUID, list[Material]]


def material_versions(setting_id: UUID) -> By:
    """Every material version of a setting, by its agreement."""
    rows = db.session.execute(
        sa.select(
            Version.agreement_id, Version.number, Version.effective_on, Version.days_to_sign
        ).where(Version.setting_id == setting_id, Version.change == "material")
    )
    found: By = {}
    for agreement_id, number, effective_on, days in rows:
        found.setdefault(agreement_id, []).append(Material(number, effective_on, days))
    return found
