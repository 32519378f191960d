"""Writes down that the provider adopted a version."""

from datetime import date
from uuid import UUID

from extensions import db
from models.adoptions import Adoption
from models.events import happened
from models.writing import writing


def adopt(
    setting_id: UUID,
    version_id: UUID,
    manager_id: UUID,
    *,
    adopted_by: str,
    adopted_on: date,
    review_on: date,
    signed_name: str,
    signed_role: str,
) -> None:
    """Keep who adopted a published version, and the day by which to look at it again."""
    with writing():
        adoption = Adoption(
            setting_id=setting_id,
            version_id=version_id,
            by_id=manager_id,
            adopted_by=adopted_by,
            adopted_on=adopted_on,
            review_on=review_on,
            signed_name=signed_name,
            signed_role=signed_role,
        )
        db.session.add(adoption)
        happened(
            setting_id,
            "version.adopted",
            {"version": str(version_id), "manager": str(manager_id)},
            {
                "adopted_by": adopted_by,
                "adopted_on": adopted_on.isoformat(),
                "review_on": review_on.isoformat(),
                "signed_for_provider": f"{signed_name}, {signed_role}",
            },
        )
