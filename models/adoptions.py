"""The provider's own sign-off of a version: adopted by whom, when, and when to look again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.agreements import Version, current_versions
from models.base import Identified, Made, OfSetting
from models.managers import CALLED, Manager
from models.settings import of


class Adoption(Identified, Made, OfSetting, Base):
    """What was written down about a version; a correction is a new row, and the newest counts."""

    __tablename__ = "adoptions"
    __table_args__ = (sa.Index("ix_adoptions_version_id_made_at", "version_id", "made_at"),)

    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("versions.id"))
    adopted_by: Mapped[str]
    adopted_on: Mapped[date]
    review_on: Mapped[date]
    signed_name: Mapped[str]
    signed_role: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


@dataclass(frozen=True)
class Review:
    """An agreement and the day by which its text is to be looked at again."""

    version_id: UUID
    title: str
    review_on: date


def adoption_of(setting_id: UUID, version_id: UUID) -> Adoption | None:
    """What is written down about a version, newest first."""
    return db.session.scalar(
        of(setting_id, Adoption)
        .where(Adoption.version_id == version_id)
        .order_by(Adoption.made_at.desc(), Adoption.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Past:
    """A version in its agreement's history: what it changed, who published it, who adopted it."""

    version_id: UUID
    number: int
    title: str
    published_at: datetime
    change: str
    reason: str | None
    effective_on: date
    days_to_sign: int
    published_by: str | None
    adoption: Adoption | None


def history_of(setting_id: UUID, agreement_id: UUID) -> list[Past]:
    """How an agreement came to be what it is, the newest version first; without the texts."""
    rows = db.session.execute(
        sa.select(
            Version.id,
            Version.number,
            Version.title,
            Version.published_at,
            Version.change,
            Version.change_reason,
            Version.effective_on,
            Version.days_to_sign,
            CALLED,
        )
        .outerjoin(Manager, Manager.id == Version.published_by_id)
        .where(Version.setting_id == setting_id, Version.agreement_id == agreement_id)
        .order_by(Version.number.desc())
    )
    return [Past(*row, adoption_of(setting_id, row[0])) for row in rows.all()]


def reviews_of(setting_id: UUID) -> list[Review]:
    """The review days of the agreements in use, the nearest first."""
    found = []
    for version in current_versions(setting_id):
        adoption = adoption_of(setting_id, version.id)
        if adoption is not None:
            found.append(Review(version.id, version.title, adoption.review_on))
    return sorted(found, key=lambda review: (review.review_on, review.title))
