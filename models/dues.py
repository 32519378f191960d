"""When each person is asked to sign each agreement again: one row per person and agreement."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.agreements import Version, Wording, newest_versions
from models.base import Identified, OfSetting
from models.people import PersonCategory


class Due(Identified, OfSetting, Base):
    """The day somebody is due, why, and from which signing (none before the first)."""

    __tablename__ = "dues"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "agreement_id"),
        # All that is asked to say where everybody stands: their rows are not opened.
        sa.Index(
            "ix_dues_setting_id_due_on",
            *("setting_id", "due_on", "signing_id", "person_id", "agreement_id"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    due_on: Mapped[date]
    reason: Mapped[str]
    rule: Mapped[str]
    signing_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("signings.id"))


_DUE = sa.select(Due).where(
    Due.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
    Due.person_id == sa.bindparam("person", type_=sa.Uuid()),
    Due.agreement_id == sa.bindparam("agreement", type_=sa.Uuid()),
)


def due_of(setting_id: UUID, person_id: UUID, agreement_id: UUID) -> Due | None:
    """When one person is due for one agreement."""
    asked = {"setting": setting_id, "person": person_id, "agreement": agreement_id}
    return db.session.scalar(_DUE, asked)


def dues_asked(setting_id: UUID, people: Collection[UUID] | None = None) -> sa.Select[Due]:
    """The due days that count: of current people, for what their category signs today.

    Of all of a setting, or of some of its people. The days of those who left, and of agreements
    their category signs no more, are kept but ask nobody. Joined to PersonCategory, for the
    category.
    """
    owned: sa.ColumnElement[bool] = Due.setting_id == setting_id
    if people is not None:
        # Inside CASE no index helps: SQLite would go through everybody's days instead of theirs.
        owned = sa.and_(Due.person_id.in_(people), sa.case((owned, True), else_=False))
    newest = newest_versions(setting_id).subquery()
    return (
        sa.select(Due)
        .join(PersonCategory, PersonCategory.person_id == Due.person_id)
        .join(newest, newest.c.agreement_id == Due.agreement_id)
        .join(
            Version,
            sa.and_(Version.agreement_id == Due.agreement_id, Version.number == newest.c.number),
        )
        .join(
            Wording,
            sa.and_(Wording.version_id == Version.id, Wording.category == PersonCategory.category),
        )
        .where(owned, PersonCategory.until.is_(None))
    )
