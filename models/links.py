"""One-time links: set-up while nothing is set up, sign-in when every other way is lost, and
invitations."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, token_hash

LIVES = {
    "setup": timedelta(days=7),
    "sign_in": timedelta(minutes=15),
    "invitation": timedelta(days=7),
}


class LinkNotUsable(Exception):
    """This link was used already or is too old. Ask whoever gave it to you for a new one."""


class Link(Identified, Made, Base):
    """A link that works once; only the hash of its 128-bit token is kept."""

    __tablename__ = "links"

    purpose: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    manager_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def new_link(purpose: str, manager_id: UUID | None = None) -> str:
    """Make a link inside writing(), and give the token that goes into the address.

    A new set-up link ends the older ones, so that only the newest printed one works.
    """
    token = secrets.token_urlsafe(16)
    if purpose == "setup":
        db.session.execute(
            sa.update(Link)
            .where(Link.purpose == purpose, Link.used_at.is_(None))
            .values(expires_at=clock.now())
        )
    keep_link(purpose, token, manager_id)
    return token


def keep_link(purpose: str, token: str, manager_id: UUID | None = None) -> Link:
    """Keep the hash of a link's token inside writing()."""
    link = Link(
        purpose=purpose,
        token_hash=token_hash(token),
        manager_id=manager_id,
        expires_at=clock.now() + LIVES[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link


def usable_link(purpose: str, token: str) -> Link:
    """The link with this token, or LinkNotUsable."""
    link = db.session.scalar(
        sa.select(Link)
        .where(Link.purpose == purpose, Link.token_hash == token_hash(token))
        .with_for_update()
    )
    if link is None or link.used_at is not None or link.expires_at <= clock.now():
        raise LinkNotUsable
    return link
