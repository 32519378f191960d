"""The versions that changed something that matters, as the schedule counts them."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from extensions import db
from models.agreements import Version
from models.prepared import PreparedSelect
from renewals.schedule import Material

_COLUMNS = (Version.number, Version.effective_on, Version.days_to_sign)
_SIGNED = aliased(Version)
# Built once, because each signing asks.
_SINCE = PreparedSelect(
    sa.select(*_COLUMNS)
    .join(_SIGNED, _SIGNED.agreement_id == Version.agreement_id)
    .where(
        Version.agreement_id == sa.bindparam("agreement", type_=sa.Uuid()),
        Version.change == "material",
        _SIGNED.id == sa.bindparam("version", type_=sa.Uuid()),
        Version.number > _SIGNED.number,
    )
)


def material_since(agreement_id: UUID, version_id: UUID) -> list[Material]:
    """The material versions of an agreement that came after one of its versions."""
    return [Material(*row) for row in _SINCE.all(agreement=agreement_id, version=version_id)]


def material_versions(setting_id: UUID) -> dict[UUID, list[Material]]:
    """Every material version of a setting, by its agreement."""
    every = sa.select(Version.agreement_id, *_COLUMNS).where(
        Version.setting_id == setting_id, Version.change == "material"
    )
    found: dict[UUID, list[Material]] = {}
    for agreement_id, number, effective_on, days in db.session.execute(every):
        found.setdefault(agreement_id, []).append(Material(number, effective_on, days))
    return found
