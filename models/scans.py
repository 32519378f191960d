"""Papers that were photographed and wait for a manager's yes, for a day at most."""

from datetime import date, timedelta
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


class Scan(Identified, Made, OfSetting, Base):
    """A paper that somebody signed, not filed yet. Its id becomes the record's."""

    __tablename__ = "scans"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("versions.id"))
    signed_on: Mapped[date]
    # Who saw it being signed, as the manager says it.
    seen_by: Mapped[str | None]
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))


class Photograph(Identified, OfSetting, Base):
    """One page of a scan as JPEG; `sent_sha256` is the hash of the file that was chosen for it."""

    __tablename__ = "photographs"
    __table_args__ = (sa.UniqueConstraint("scan_id", "number"),)

    scan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("scans.id", ondelete="CASCADE"))
    number: Mapped[int]
    jpeg: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    sent_sha256: Mapped[str]


def scan_of(setting_id: UUID, scan_id: UUID) -> Scan | None:
    """One scan of this setting that is not too old and not filed."""
    return db.session.scalar(_fresh(setting_id).where(Scan.id == scan_id))


def photographs_of(setting_id: UUID, scan_id: UUID) -> list[Photograph]:
    """The pages of a scan in their order, without their bytes until they are asked for."""
    rows = of(setting_id, Photograph).where(Photograph.scan_id == scan_id)
    return list(db.session.scalars(rows.order_by(Photograph.number)))


def photograph_of(setting_id: UUID, photograph_id: UUID) -> Photograph | None:
    """One page of a scan of this setting that is not too old."""
    fresh = _fresh(setting_id).with_only_columns(Scan.id)
    rows = of(setting_id, Photograph).where(Photograph.scan_id.in_(fresh))
    return db.session.scalar(rows.where(Photograph.id == photograph_id))


def forget_scan(setting_id: UUID, scan_id: UUID) -> None:
    """Let a scan go with its photographs, inside writing()."""
    db.session.execute(sa.delete(Scan).where(Scan.setting_id == setting_id, Scan.id == scan_id))


def drop_old_scans() -> None:
    """The chore: a paper that nobody filed is gone after a day, and its photographs with it."""
    too_old = Scan.made_at <= clock.now() - LIVES
    if db.session.scalar(sa.select(sa.exists().where(too_old))):
        with writing():
            db.session.execute(sa.delete(Scan).where(too_old))
    end_reading()


def _fresh(setting_id: UUID) -> sa.Select[Scan]:
    return of(setting_id, Scan).where(Scan.made_at > clock.now() - LIVES)
