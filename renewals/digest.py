"""The weekly digest for managers: on Monday morning, and only when there is something to say."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

import clock
from extensions import db
from models.categories import CATEGORIES
from models.events import current_head
from models.feeds import DigestWish, digest_wishes
from models.holidays import closed_on, holidays_of
from models.managers import Manager
from models.outbox import OutboxItem
from models.reviews import Declared, declared
from models.settings import Setting, all_settings, of
from models.writing import CannotSave, end_reading, writing
from outbox.errands import NOT_NEEDED, Errand
from outbox.links import link
from outbox.posting import post
from outbox.putting import put
from renewals.chasing import Asked, asked, one_each
from renewals.told import LETTERS, letters_that_failed

KIND = "digest"
FIRST_MOMENT, LAST_MOMENT = time(7, 30), time(20)
MOST_NAMES = 30
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Digest:
    """What a week's digest says; the lists are cut at 30, the counts are not."""

    overdue: list[Asked]
    soon: list[Asked]
    failed: list[str]
    declared: Declared
    sequence: int
    hash: str

    @property
    def says_something(self) -> bool:
        """The chain head alone is no reason for a letter."""
        return bool(self.overdue or self.soon or self.failed or self.declared.pressing)

    def values(self) -> dict[str, Any]:
        """For templates/mail/digest: plain, so that it is written with no transaction open."""
        return {
            "overdue_count": len(self.overdue),
            "overdue": [_line(one) for one in self.overdue[:MOST_NAMES]],
            "soon_count": len(self.soon),
            "soon": [_line(one) for one in self.soon[:MOST_NAMES]],
            "failed_count": len(self.failed),
            "failed_because": self.failed[0] if self.failed else None,
            # Numbers: what was told stays where only the safeguarding lead reads it.
            "waiting_count": self.declared.waiting,
            "again_count": self.declared.again,
            "sequence": self.sequence,
            "hash": self.hash,
            "desk_link": link("manager.reminders"),
        }


def digest(setting: Setting) -> Digest:
    """What there is to say today."""
    today = clock.today(setting.time_zone)
    people = one_each(asked(setting.id, today))
    head = current_head(setting.id)
    return Digest(
        overdue=[one for one in people if one.stage == "overdue"],
        soon=[one for one in people if one.stage != "overdue"],
        failed=letters_that_failed(setting.id, LETTERS, clock.now() - A_WEEK),
        declared=declared(setting.id, today),
        sequence=head.sequence,
        hash=head.hash,
    )


def digest_where_due(mail: bool) -> None:
    """The chore: from Monday 07:30 on by each setting's clock, one digest for each who wants it.

    A worker that was away catches up by day in the same week; the holidays stay quiet.
    """
    if not mail:
        return
    for setting in all_settings():
        wanted = [wish.manager_id for wish in _due_wishes(setting)]
        week = _week(clock.today(setting.time_zone))
        try:
            _put(setting.id, wanted, week)
        except CannotSave:
            # The next round asks again, and the other settings need not wait for it.
            continue
    end_reading()


def digest_letter(errand: Errand) -> str:
    """Send one digest, unless it is not wanted any more or there is nothing to say."""
    setting = db.session.get_one(Setting, errand.setting_id)
    manager_id = UUID(errand.payload["manager"])
    if manager_id not in {wish.manager_id for wish in digest_wishes(setting.id)}:
        return NOT_NEEDED
    says = digest(setting)
    if not says.says_something:
        return NOT_NEEDED
    email = db.session.get_one(Manager, manager_id).email
    return post(errand, email, KIND, says.values())


def _due_wishes(setting: Setting) -> list[DigestWish]:
    """The wishes to be answered now: made before this week's Monday morning."""
    here = clock.now().astimezone(ZoneInfo(setting.time_zone))
    begins = _begins(here)
    if here < begins or not FIRST_MOMENT <= here.time() < LAST_MOMENT:
        return []
    if closed_on(here.date(), holidays_of(setting.id)):
        return []
    return [wish for wish in digest_wishes(setting.id) if wish.made_at <= begins]


def _put(setting_id: UUID, managers: list[UUID], week: str) -> None:
    new = [manager_id for manager_id in managers if not _there(setting_id, manager_id, week)]
    if not new:
        return
    with writing():
        for manager_id in new:
            put(setting_id, KIND, f"{manager_id}:{week}", {"manager": str(manager_id)})


def _there(setting_id: UUID, manager_id: UUID, week: str) -> bool:
    """Asked without a write: the chore comes every few minutes, all week."""
    row = of(setting_id, OutboxItem).where(
        OutboxItem.kind == KIND, OutboxItem.about == f"{manager_id}:{week}"
    )
    return db.session.scalar(sa.select(row.exists())) or False


def _begins(here: datetime) -> datetime:
    """This week's Monday at 07:30."""
    monday = here.date() - timedelta(days=here.weekday())
    return datetime.combine(monday, FIRST_MOMENT, here.tzinfo)


def _week(day: date) -> str:
    """2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _line(one: Asked) -> dict[str, Any]:
    return {
        "full_name": one.full_name,
        "category": CATEGORIES[one.category],
        "organisation": one.organisation,
        "due_on": one.due_on,
        "first": not one.ever_signed,
    }
