"""How often something was tried lately, kept in the database so that a restart forgets nothing."""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped

import clock
from backends.database import Base
from extensions import db
from models.base import Identified
from models.writing import writing

# what → (tries, within)
LIMITS: dict[str, tuple[int, timedelta]] = {
    "sign_in_account": (10, timedelta(minutes=5)),
    "sign_in_address": (30, timedelta(minutes=5)),
    "second_step": (10, timedelta(minutes=5)),
    "passkey_address": (30, timedelta(minutes=5)),
    "setup_link": (20, timedelta(minutes=5)),
    "sign_in_link": (20, timedelta(minutes=5)),
    "invitation_link": (20, timedelta(minutes=5)),
    "letter_link": (40, timedelta(minutes=5)),
    "pairing_address": (30, timedelta(minutes=5)),
    "pairing_approval": (20, timedelta(minutes=5)),
    "people_search": (40, timedelta(minutes=1)),
    "pauses": (40, timedelta(minutes=1)),
    "code_lookup": (30, timedelta(minutes=5)),
    "file_check": (20, timedelta(minutes=5)),
}


class TooMany(Exception):
    """That was tried too often. Please wait a little and try again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def words(self) -> str:
        """For beside the field in which it was tried."""
        minutes = -(-self.retry_after // 60)
        return f"Too many tries. Please wait {minutes} minute{'s' if minutes > 1 else ''}."


class Throttle(Identified, Base):
    """Tries of one kind by one subject in one window. The subject is hashed: it may be personal."""

    __tablename__ = "throttles"
    __table_args__ = (sa.UniqueConstraint("what", "subject_hash"),)

    what: Mapped[str]
    subject_hash: Mapped[str]
    window_ends_at: Mapped[datetime]
    tries: Mapped[int]


def count_try(what: str, subject: str) -> None:
    """Count one try, durably; raise TooMany (with whole seconds to wait) above the limit."""
    limit, window = LIMITS[what]
    now = clock.now()
    try:
        tries, ends = _one_more(what, subject, now, window)
    except IntegrityError:
        # Another process made the first row of this window in the same instant; now it is there.
        tries, ends = _one_more(what, subject, now, window)
    if tries > limit:
        raise TooMany(max(1, int((ends - now).total_seconds()) + 1))


def _one_more(what: str, subject: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    with writing():
        row = _row(what, subject, now, window)
        row.tries += 1
        db.session.flush()
        return row.tries, row.window_ends_at


def forget_tries(what: str, subject: str) -> None:
    """Start again from nothing, after a sign-in that worked."""
    with writing():
        db.session.execute(
            sa.delete(Throttle).where(
                Throttle.what == what, Throttle.subject_hash == _hash(subject)
            )
        )


def _row(what: str, subject: str, now: datetime, window: timedelta) -> Throttle:
    row = db.session.scalar(
        sa.select(Throttle)
        .where(Throttle.what == what, Throttle.subject_hash == _hash(subject))
        .with_for_update()
    )
    if row is None:
        # Nobody needs the counts of windows that are over; this keeps the table small.
        db.session.execute(sa.delete(Throttle).where(Throttle.window_ends_at <= now))
        row = Throttle(what=what, subject_hash=_hash(subject), window_ends_at=now + window, tries=0)
        db.session.add(row)
    elif row.window_ends_at <= now:
        row.window_ends_at, row.tries = now + window, 0
    return row


def _hash(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()
