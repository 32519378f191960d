"""Every reminder that was decided, once per person, agreement, due day and step."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class Reminder(Identified, Made, OfSetting, Base):
    """One step of one person's reminding; what became of a letter is in its outbox row."""

    __tablename__ = "reminders"
    __table_args__ = (
        # In person and by slip there is no step, and nothing to keep from doubling.
        sa.UniqueConstraint("person_id", "agreement_id", "due_on", "step"),
        sa.CheckConstraint("channel IN ('letter', 'in_person', 'slip')", name="channel_known"),
        sa.Index("ix_reminders_setting_id_made_at", "setting_id", "made_at"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    due_on: Mapped[date]
    channel: Mapped[str]
    # Days after the due day (before it: negative); only letters go by steps.
    step: Mapped[int | None]
    # One letter speaks of everything that is due for a person that day.
    outbox_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("outbox.id"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


class Decision(Identified, Made, OfSetting, Base):
    """One run of the decider; a held one waits for a manager's yes, because the clock jumped."""

    __tablename__ = "decisions"
    __table_args__ = (sa.Index("ix_decisions_setting_id_day", "setting_id", "day"),)

    # Counts the runs of a setting: the clock cannot put them in order, it is what may have jumped.
    number: Mapped[int] = mapped_column(default=0)
    day: Mapped[date]
    letters: Mapped[int] = mapped_column(default=0)
    held: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def last_run(setting_id: UUID) -> Decision | None:
    """The newest run of a setting that was not held, or was and has had its yes."""
    return db.session.scalar(
        _newest_first(setting_id)
        .where(sa.or_(~Decision.held, Decision.released_at.is_not(None)))
        .limit(1)
    )


def held_decision(setting_id: UUID) -> Decision | None:
    """The run of a setting that waits for a manager's yes."""
    return db.session.scalar(
        _newest_first(setting_id).where(Decision.held, Decision.released_at.is_(None)).limit(1)
    )


def next_number(setting_id: UUID) -> int:
    """The number of a setting's next run; ask while it is your turn (models.events)."""
    newest = sa.select(sa.func.max(Decision.number)).where(Decision.setting_id == setting_id)
    return (db.session.scalar(newest) or 0) + 1


def _newest_first(setting_id: UUID) -> sa.Select[Decision]:
    return of(setting_id, Decision).order_by(Decision.number.desc(), Decision.id.desc())
