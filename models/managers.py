"""Managers sign in; memberships say what they may do where, and since when."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_security.core import UserMixin
from flask_security.utils import verify_password
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import Setting, of

ROLES: dict[str, str] = {
    "owner": "Owner",
    "manager": "Manager",
    "dsl": "Safeguarding lead",
    "chair": "Chair",
    "auditor": "Auditor",
}


class Manager(Identified, Made, UserMixin, Base):  # type: ignore[misc]
    """A login. It belongs to no setting by itself; memberships give it its roles."""

    __tablename__ = "managers"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Flask-Security puts this into the session; changing it signs the manager out everywhere.
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)

    @property
    def words(self) -> str:
        """What to call them: their name, or their address while nobody has asked for a name."""
        return self.name or self.email

    def verify_and_update_password(self, password: str) -> bool:
        """Check a password and leave the hash as it is: signing in reads and never writes."""
        return bool(self.password and verify_password(password, self.password))


class Membership(Identified, Made, OfSetting, Base):
    """One role of one manager in one setting, from a day until a day."""

    __tablename__ = "memberships"
    __table_args__ = (
        sa.Index("ix_memberships_manager_id_setting_id", "manager_id", "setting_id"),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'dsl', 'chair', 'auditor')", name="role_known"
        ),
    )

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    role: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    # The last owner is to go on this day: `until` is dated as soon as another owner has come.
    leaving_on: Mapped[date | None]
    given_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return ROLES[self.role]

    @property
    def last_day(self) -> date | None:
        """The last day it counts; a role that was given and taken on one day counted that day."""
        return self.until and max(self.until, self.since)


# What to call a manager, for a query; Manager.words says the same of one that was loaded.
CALLED = sa.func.coalesce(Manager.name, Manager.email)


def names_of(managers: Collection[UUID]) -> dict[UUID, str]:
    """What to call these managers, by id."""
    rows = db.session.execute(sa.select(Manager.id, CALLED).where(Manager.id.in_(managers)))
    return {row[0]: row[1] for row in rows}


def manager_by_email(email: str) -> Manager | None:
    """The login with this address, however it was typed."""
    return db.session.scalar(sa.select(Manager).where(Manager.email == email.strip().lower()))


def memberships_now(manager_id: UUID) -> list[Membership]:
    """What a manager may do today, by each setting's own calendar, oldest membership first."""
    rows = db.session.execute(
        sa.select(Membership, Setting.time_zone)
        .join(Setting, Setting.id == Membership.setting_id)
        .where(Membership.manager_id == manager_id)
        .order_by(Membership.made_at, Membership.id)
    )
    return [held for held, zone in rows if held.in_force(clock.today(zone))]


def membership_of(setting_id: UUID, membership_id: UUID) -> Membership | None:
    """One membership of this setting, whether it counts or not."""
    return db.session.scalar(of(setting_id, Membership).where(Membership.id == membership_id))


def team_of(setting_id: UUID) -> list[tuple[Membership, Manager]]:
    """Every role that was ever given in a setting, and to whom, in the order of giving."""
    rows = db.session.execute(
        of(setting_id, Membership)
        .join(Manager, Manager.id == Membership.manager_id)
        .order_by(Membership.made_at, Membership.id)
        .add_columns(Manager)
    )
    return [(row[0], row[1]) for row in rows]


def holders(setting: Setting, role: str) -> list[Manager]:
    """Who holds a role in a setting today."""
    rows = db.session.execute(
        sa.select(Manager, Membership)
        .join(Membership, Membership.manager_id == Manager.id)
        .where(Membership.setting_id == setting.id, Membership.role == role)
        .order_by(Membership.made_at, Membership.id)
    )
    today = clock.today(setting.time_zone)
    return [manager for manager, held in rows if held.in_force(today)]
