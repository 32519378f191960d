"""The handover after the annual meeting: who comes, who goes, and until when it is underway."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.invitations import Invitation
from models.links import Link
from models.managers import Manager, Membership
from models.settings import of


class Handover(Identified, Made, OfSetting, Base):
    """One change of the committee, underway until an owner says that it is done.

    `invitations` and `leaving` are lists of ids: of invitations, and of memberships that end.
    """

    __tablename__ = "handovers"

    meeting_on: Mapped[date]
    last_day: Mapped[date]
    invitations: Mapped[list[Any]] = mapped_column(sa.JSON(none_as_null=True))
    leaving: Mapped[list[Any]] = mapped_column(sa.JSON(none_as_null=True))
    begun_by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def open_handover(setting_id: UUID) -> Handover | None:
    """The handover that is underway."""
    rows = of(setting_id, Handover).where(Handover.finished_at.is_(None))
    return db.session.scalars(rows.order_by(Handover.made_at)).first()


def who_comes(handover: Handover) -> list[tuple[Invitation, datetime]]:
    """Whom it invited, and until when each link works."""
    rows = db.session.execute(
        of(handover.setting_id, Invitation)
        .join(Link, Link.id == Invitation.link_id)
        .where(Invitation.id.in_([UUID(one) for one in handover.invitations]))
        .order_by(Invitation.id)
        .add_columns(Link.expires_at)
    )
    return [(row[0], row[1]) for row in rows]


def who_goes(handover: Handover) -> list[tuple[Membership, Manager]]:
    """Whose roles it ends."""
    rows = db.session.execute(
        of(handover.setting_id, Membership)
        .join(Manager, Manager.id == Membership.manager_id)
        .where(Membership.id.in_([UUID(one) for one in handover.leaving]))
        .order_by(Membership.made_at, Membership.id)
        .add_columns(Manager)
    )
    return [(row[0], row[1]) for row in rows]
