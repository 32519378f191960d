"""What is wrong with the letters, in one line each: on the first page and with the reminders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import clock
from models.reminders import Decision, held_decision, last_run
from models.settings import Setting
from outbox.watching import silent_since
from renewals.told import LETTERS, letters_that_failed

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Worries:
    """A held run with the day of the last one, a silent worker, letters that did not leave."""

    held: Decision | None
    last_day: date | None
    silent_since: datetime | None
    failed: list[str]

    @property
    def days_away(self) -> int | None:
        """For how many days no run was made; None when the clock went back."""
        if self.held is None or self.last_day is None or self.held.day < self.last_day:
            return None
        return (self.held.day - self.last_day).days


def worries(setting: Setting) -> Worries:
    """All that somebody should look at."""
    last = last_run(setting.id)
    return Worries(
        held=held_decision(setting.id),
        last_day=last.day if last else None,
        silent_since=silent_since(setting.id),
        failed=letters_that_failed(setting.id, LETTERS, clock.now() - SHOWN_FOR),
    )
