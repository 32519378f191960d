"""Signings that count no more: who said so and when. The record itself stays as it was."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Made, OfSetting
from models.settings import of


class Void(Made, OfSetting, Base):
    """Who voided a signing, and when. Why is in the event's details, which can be erased."""

    __tablename__ = "voids"

    signing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("signings.id"), primary_key=True)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("events.id"))


def not_voided(signing_id: InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Whether a signing counts, for where(): every question about who signed what asks it."""
    return ~sa.exists().where(Void.signing_id == signing_id)


def voided_at(setting_id: UUID, signing_id: UUID) -> datetime | None:
    """When a signing of this setting was voided; None for one that counts."""
    return db.session.scalar(
        sa.select(Void.made_at).where(Void.setting_id == setting_id, Void.signing_id == signing_id)
    )


def voided_times(setting_id: UUID) -> dict[UUID, datetime]:
    """When each voided signing of a setting was voided."""
    return {void.signing_id: void.made_at for void in db.session.scalars(of(setting_id, Void))}
