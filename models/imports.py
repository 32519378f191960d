"""Lists of people that were brought in and wait for a manager's yes, for a day at most."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of
from models.writing import end_reading, writing

LIVES = timedelta(days=1)


class Import(Identified, Made, OfSetting, Base):
    """One list: `rows` holds what the file says, and goes as soon as it is done.

    rows: {"cells": [[text, …], …], "numbers": [the row of the file of each]}.
    columns: {"kinds": [what each column holds, "" for nothing], "heading": whether the first row
    names the columns, "category": what those without one are here as, or "", "words": the
    category that a word of theirs means}.
    """

    __tablename__ = "imports"

    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    rows: Mapped[dict[str, Any] | None]
    columns: Mapped[dict[str, Any]]
    done_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)


def import_of(setting_id: UUID, import_id: UUID) -> Import | None:
    """One list of this setting that is not too old."""
    rows = of(setting_id, Import).where(Import.id == import_id)
    return db.session.scalar(rows.where(Import.made_at > clock.now() - LIVES))


def drop_old_imports() -> None:
    """The chore: a list that nobody said yes to is gone after a day, and its names with it."""
    too_old = Import.made_at <= clock.now() - LIVES
    if db.session.scalar(sa.select(sa.exists().where(too_old))):
        with writing():
            db.session.execute(sa.delete(Import).where(too_old))
    end_reading()
