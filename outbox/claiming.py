"""One item, one worker: an item is leased, and whoever lost the lease changes nothing any more."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

import clock
from extensions import db
from models.outbox import OutboxItem
from models.writing import end_reading, writing
from outbox.errands import GIVEN_UP, SENT, SENT_MAYBE_TWICE, TRY_AGAIN, Errand, LeaseLost

# Longer than the slowest mail server may take, which is a dozen answers of twenty seconds each.
LEASE = timedelta(minutes=5)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
DAILY = timedelta(days=1)
DAYS_OF_TRYING = 7


def ready(now: datetime) -> sa.ColumnElement[bool]:
    """What may be done now: undone, its time has come, and nobody is at it.

    A lease or a wait that ends later than any can was written by a clock that ran ahead.
    """
    nobody = sa.or_(
        OutboxItem.leased_until.is_(None),
        OutboxItem.leased_until <= now,
        OutboxItem.leased_until > now + LEASE,
    )
    its_time = sa.or_(
        OutboxItem.not_before <= now,
        sa.and_(OutboxItem.last_fault.is_not(None), OutboxItem.not_before > now + DAILY),
    )
    return sa.and_(OutboxItem.done_at.is_(None), its_time, nobody)


def claim() -> Errand | None:
    """Lease the item that has waited longest; None when nothing waits. One read when idle."""
    waits = db.session.scalar(sa.select(OutboxItem.id).where(ready(clock.now())).limit(1))
    end_reading()
    if waits is None:
        return None
    with writing():
        now = clock.now()
        item = db.session.scalar(
            sa.select(OutboxItem)
            .where(ready(now))
            .order_by(OutboxItem.not_before, OutboxItem.id)
            .limit(1)
            # SQLite has one writer and needs no lock; PostgreSQL's workers pass each other by.
            .with_for_update(skip_locked=True)
        )
        if item is None:
            return None
        item.attempts += 1
        item.leased_until = now + LEASE
        return _errand(item)


def begin_sending(errand: Errand) -> None:
    """Note durably that sending begins, and lease afresh; raises LeaseLost.

    After a crash this note is how the next worker knows that the item may have left already.
    """
    now = clock.now()
    _mine(errand, leased_until=now + LEASE, sending_since=now)


def finish(errand: Errand, outcome: str, fault: str | None = None) -> str:
    """Mark an item done, and give its outcome: a letter that an earlier attempt may have sent
    already is counted as such."""
    if outcome == SENT and errand.maybe_sent:
        outcome = SENT_MAYBE_TWICE
    _mine(errand, leased_until=None, done_at=clock.now(), outcome=outcome, last_fault=fault)
    return outcome


def put_off(errand: Errand, until: datetime) -> None:
    """Leave an item for later; nothing is wrong with it."""
    _mine(errand, leased_until=None, not_before=until, last_fault=None)


def try_again(errand: Errand, fault: str, *, unsure: bool, for_ever: bool = False) -> str:
    """Keep the fault for the desk, and wait: 1, 5, 30 minutes, 2 and 6 hours, then days.

    After a week of days the item is given up, unless it is one `for_ever`. `unsure`: this attempt
    may have worked.
    """
    if errand.attempts > len(WAITS) + DAYS_OF_TRYING and not for_ever:
        return finish(errand, GIVEN_UP, fault)
    changes: dict[str, Any] = {} if unsure or errand.maybe_sent else {"sending_since": None}
    wait = WAITS[errand.attempts - 1] if errand.attempts <= len(WAITS) else DAILY
    until = clock.now() + wait
    _mine(errand, leased_until=None, not_before=until, last_fault=fault, **changes)
    return TRY_AGAIN


def _mine(errand: Errand, **values: Any) -> None:
    """Change an item while it is still ours to change; raises LeaseLost when it is not."""
    with writing():
        changed = db.session.scalar(
            sa.update(OutboxItem)
            .where(
                OutboxItem.id == errand.item_id,
                # Each claim counts up, so a worker that was overtaken does not find its number.
                OutboxItem.attempts == errand.attempts,
                OutboxItem.done_at.is_(None),
                OutboxItem.leased_until.is_not(None),
            )
            .values(**values)
            .returning(OutboxItem.id)
            .execution_options(synchronize_session=False)
        )
        if changed is None:
            raise LeaseLost


def _errand(item: OutboxItem) -> Errand:
    return Errand(
        item_id=item.id,
        setting_id=item.setting_id,
        kind=item.kind,
        about=item.about,
        payload=item.payload,
        attempts=item.attempts,
        maybe_sent=item.sending_since is not None,
    )
