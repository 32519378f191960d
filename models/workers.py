"""When each outbox worker was last at work, so that a silent one is noticed."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db

# A process that stopped is of no interest after this.
REMEMBERED = timedelta(days=7)


class Worker(Base):
    """A thread or process that sends what waits; it belongs to the installation."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


def seen(name: str, now: datetime) -> None:
    """Note inside writing() that a worker is alive, and forget the ones that are long gone."""
    db.session.merge(Worker(name=name, seen_at=now))
    db.session.flush()
    db.session.execute(
        sa.delete(Worker).where(Worker.name != name, Worker.seen_at < now - REMEMBERED)
    )


def last_seen() -> datetime | None:
    """When any worker was last at work; None when none ever was."""
    return db.session.scalar(sa.select(sa.func.max(Worker.seen_at)))
