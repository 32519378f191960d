"""Invitations: somebody is asked by a link to come to the desk, with these roles."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.links import Link, LinkNotUsable, usable_link
from models.managers import ROLES
from models.settings import of


class Invitation(Identified, Made, OfSetting, Base):
    """Who is asked, for which roles, until which day; it ends by a yes, or is withdrawn.

    `made_by_id` is None where whoever hosts made it.
    """

    __tablename__ = "invitations"

    link_id: Mapped[UUID] = mapped_column(sa.ForeignKey("links.id"), unique=True)
    email: Mapped[str]
    roles: Mapped[list[Any]] = mapped_column(sa.JSON(none_as_null=True))
    until: Mapped[date | None]
    made_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    withdrawn_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))

    @property
    def roles_words(self) -> str:
        """The roles as people say them: "Owner and Chair"."""
        return " and ".join(ROLES[role] for role in self.roles)


def invitation_of(setting_id: UUID, invitation_id: UUID) -> Invitation | None:
    """One invitation of this setting, whatever became of it."""
    return db.session.scalar(of(setting_id, Invitation).where(Invitation.id == invitation_id))


def open_invitations(setting_id: UUID) -> list[tuple[Invitation, datetime]]:
    """What still waits for a yes, and until when its link works; the newest first."""
    rows = db.session.execute(
        _open(of(setting_id, Invitation))
        .where(Link.expires_at > clock.now())
        .order_by(Invitation.made_at.desc(), Invitation.id.desc())
        .add_columns(Link.expires_at)
    )
    return [(row[0], row[1]) for row in rows]


def invitation_by_token(token: str) -> Invitation:
    """The invitation whose link this is; raises LinkNotUsable when it was used, withdrawn or is
    too old."""
    link = usable_link("invitation", token)
    found = db.session.scalar(_open(sa.select(Invitation)).where(Link.id == link.id))
    if found is None:
        raise LinkNotUsable
    return found


def _open(rows: sa.Select[Invitation]) -> sa.Select[Invitation]:
    return rows.join(Link, Link.id == Invitation.link_id).where(
        Invitation.withdrawn_at.is_(None), Invitation.accepted_at.is_(None)
    )
