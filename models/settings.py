"""The setting: the pre-school that everything belongs to."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.names import in_address

Owned = TypeVar("Owned", bound=OfSetting)


class Setting(Identified, Made, Base):
    """Name, registrations, logo (PNG) and time zone of one pre-school."""

    __tablename__ = "settings"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str | None]
    charity_number: Mapped[str | None]
    ofsted_urn: Mapped[str | None]
    logo: Mapped[bytes | None]
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    # Whom people ask about what is kept of them, as the privacy notice says it.
    privacy_contact: Mapped[str | None]
    # When people sign again; renewals/schedule.py gives it its meaning.
    renewal_rule: Mapped[dict[str, Any]] = mapped_column(
        default=lambda: {"kind": "anniversary"}, server_default='{"kind": "anniversary"}'
    )
    # From this day its managers need a second step to sign in; None: it is only offered.
    second_step_since: Mapped[date | None]


def of(setting_id: UUID, table: type[Owned]) -> sa.Select[Owned]:
    """The rows of one table that belong to one setting: the start of every load."""
    return sa.select(table).where(table.setting_id == setting_id)


def any_setting() -> bool:
    """Whether set-up has happened."""
    return db.session.scalar(sa.select(Setting.id).limit(1)) is not None


def all_settings() -> list[Setting]:
    """Every setting of this installation, oldest first."""
    return list(db.session.scalars(sa.select(Setting).order_by(Setting.made_at)))


def settings_named(setting_ids: Collection[UUID]) -> list[Setting]:
    """These settings, by name."""
    rows = sa.select(Setting).where(Setting.id.in_(setting_ids))
    return list(db.session.scalars(rows.order_by(Setting.name, Setting.id)))


def setting_by_slug(slug: str) -> Setting | None:
    """The setting a command or an address names."""
    return db.session.scalar(sa.select(Setting).where(Setting.slug == slug))


def free_slug(name: str) -> str:
    """A short name for addresses that no other setting has: "bluebells", "bluebells-2"."""
    stem = in_address(name) or "setting"
    taken = set(db.session.scalars(sa.select(Setting.slug).where(Setting.slug.like(f"{stem}%"))))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
