"""What is wrong, in one line each: letters, accounts nobody watches, cards nobody checked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import clock
from models.accounts import Watched, watched_accounts
from models.contacts import Contact, contacts_of
from models.reminders import Decision, held_decision, last_run
from models.settings import Setting
from outbox.watching import silent_since
from renewals.told import LETTERS, letters_that_failed

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Worries:
    """A held run with the day of the last one, a silent worker, letters that did not leave.

    `accounts` have too few people or were not looked at; `cards` were not checked.
    """

    held: Decision | None
    last_day: date | None
    silent_since: datetime | None
    failed: list[str]
    today: date
    accounts: list[Watched]
    cards: list[Contact]

    @property
    def days_away(self) -> int | None:
        """For how many days no run was made; None when the clock went back."""
        if self.held is None or self.last_day is None or self.held.day < self.last_day:
            return None
        return (self.held.day - self.last_day).days


def worries(setting: Setting) -> Worries:
    """All that somebody should look at."""
    last, today = last_run(setting.id), clock.today(setting.time_zone)
    accounts = watched_accounts(setting.id)
    return Worries(
        held=held_decision(setting.id),
        last_day=last.day if last else None,
        silent_since=silent_since(setting.id),
        failed=letters_that_failed(setting.id, LETTERS, clock.now() - SHOWN_FOR),
        today=today,
        accounts=[watch for watch in accounts if watch.too_few or watch.late(today)],
        cards=[card for card in contacts_of(setting.id) if card.check_on <= today],
    )
