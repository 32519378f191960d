"""Who put the signing off: to read at the break, or to talk with somebody first."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Made, OfSetting
from models.events import happened, wait_for_turn
from models.people import Person, PersonCategory
from models.prepared import PreparedChange
from models.settings import of
from models.writing import writing

KINDS = ("read_later", "talk_first")


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
    # None when it ended by the person's signing, or with their last day.
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


def open_pauses(setting_id: UUID) -> sa.Select[Pause, Person]:
    """What waits for a word or a signature of somebody who is here, the oldest first."""
    return (
        sa.select(Pause, Person)
        .join(Person, Person.id == Pause.person_id)
        # A tablet that was offline may bring the wish of somebody who left meanwhile.
        .join(PersonCategory, PersonCategory.person_id == Person.id)
        .where(
            Pause.setting_id == setting_id,
            Pause.ended_at.is_(None),
            PersonCategory.until.is_(None),
        )
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


def pause_of(setting_id: UUID, pause_id: UUID) -> Pause | None:
    """One wish of this setting, open or settled."""
    return db.session.scalar(of(setting_id, Pause).where(Pause.id == pause_id))


def end_pauses(setting_id: UUID, person_id: UUID) -> None:
    """Settle everything one person put off, because they have signed or left;
    inside writing()."""
    _END.run(setting=setting_id, person=person_id, ended_at=clock.now())


def settle(setting_id: UUID, pause_id: UUID, manager_id: UUID) -> None:
    """A manager has talked with them, or they have read: their wishes of this kind are over.

    Somebody may have asked twice. Settling what is settled changes nothing.
    """
    with writing():
        wait_for_turn(setting_id)
        pause = pause_of(setting_id, pause_id)
        if pause is not None:
            end_open(setting_id, pause, manager_id)


def end_open(setting_id: UUID, pause: Pause, manager_id: UUID) -> None:
    """Settle one wish and those like it of the same person, if it is open; inside writing()."""
    if pause.ended_at is not None:
        return
    happened(
        setting_id,
        "pause.ended",
        {"pause": str(pause.id), "person": str(pause.person_id), "manager": str(manager_id)},
        {"kind": pause.kind},
    )
    db.session.execute(
        _open_of(setting_id, pause.person_id)
        .where(Pause.kind == pause.kind)
        .values(ended_at=clock.now(), ended_by_id=manager_id)
    )


def _open_of(setting_id: UUID, person_id: UUID) -> sa.Update:
    return sa.update(Pause).where(
        Pause.setting_id == setting_id, Pause.person_id == person_id, Pause.ended_at.is_(None)
    )


# Built once, because each signing settles what its person put off.
_END = PreparedChange(
    sa.update(Pause.__table__).where(  # type: ignore[arg-type]
        Pause.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
        Pause.person_id == sa.bindparam("person", type_=sa.Uuid()),
        Pause.ended_at.is_(None),
    ),
    ["ended_at"],
)
