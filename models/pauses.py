"""Who put the signing off: to read at the break, or to talk with somebody first."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Made, OfSetting
from models.people import Person
from models.settings import of

READ_LATER, TALK_FIRST = "read_later", "talk_first"


class Pause(Made, OfSetting, Base):
    """One person's wish at the tablet, open until they sign or a manager says it is settled."""

    __tablename__ = "pauses"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('read_later', 'talk_first')", name="kind_known"),
        sa.Index("ix_pauses_setting_id_ended_at", "setting_id", "ended_at"),
    )

    # The tablet mints it, as it does for a signing, so that asking twice is asking once.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"), index=True)
    tablet_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tablets.id"))
    ended_at: Mapped[datetime | None]
    # None when it ended by the person's signing.
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def open_pauses(setting_id: UUID) -> sa.Select[Pause, Person]:
    """What waits for a word or a signature, the oldest first."""
    return (
        sa.select(Pause, Person)
        .join(Person, Person.id == Pause.person_id)
        .where(Pause.setting_id == setting_id, Pause.ended_at.is_(None))
        .order_by(Pause.made_at, Pause.id)
    )


def open_pause_of(setting_id: UUID, person_id: UUID) -> Pause | None:
    """The newest wish of one person that nobody has settled."""
    return db.session.scalar(
        of(setting_id, Pause)
        .where(Pause.person_id == person_id, Pause.ended_at.is_(None))
        .order_by(Pause.made_at.desc(), Pause.id.desc())
        .limit(1)
    )


def end_pauses(setting_id: UUID, person_id: UUID, ended_by_id: UUID | None = None) -> None:
    """Settle everything one person put off, inside writing()."""
    db.session.execute(
        sa.update(Pause)
        .where(
            Pause.setting_id == setting_id,
            Pause.person_id == person_id,
            Pause.ended_at.is_(None),
        )
        .values(ended_at=clock.now(), ended_by_id=ended_by_id)
    )
