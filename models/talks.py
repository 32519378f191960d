"""Talks with those who wanted to talk first: who noted one and when; what it says is encrypted."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.pauses import Pause
from models.people import Person
from models.settings import of


class Talk(Identified, Made, OfSetting, Base):
    """One note about a talk; a correction is a note of its own."""

    __tablename__ = "talks"
    __table_args__ = (sa.Index("ix_talks_pause_id_made_at", "pause_id", "made_at"),)

    pause_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pauses.id"))
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    # With whom, when and what came of it: records/talking.py.
    sealed_words: Mapped[bytes]
    key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("keys.id"))


def talk_first_of(setting_id: UUID) -> sa.Select[Pause, str, int]:
    """Everybody who wanted to talk first, with the number of notes: open ones first, then the
    newest."""
    notes = (
        sa.select(sa.func.count())
        .select_from(Talk)
        .where(Talk.pause_id == Pause.id)
        .scalar_subquery()
    )
    return (
        of(setting_id, Pause)
        .add_columns(Person.full_name, notes)
        .join(Person, Person.id == Pause.person_id)
        .where(Pause.kind == "talk_first")
        .order_by(Pause.ended_at.is_not(None), Pause.made_at.desc(), Pause.id.desc())
    )


def talks_of(setting_id: UUID, pause_id: UUID) -> list[Talk]:
    """The notes about one wish to talk, still sealed, the newest first."""
    return list(
        db.session.scalars(
            of(setting_id, Talk)
            .where(Talk.pause_id == pause_id)
            .order_by(Talk.made_at.desc(), Talk.id.desc())
        )
    )
