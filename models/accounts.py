"""The setting's own social media accounts: who watches each, and when somebody last looked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.people import Person, PersonCategory
from models.settings import of

# "There will always be at least two named people responsible for regularly monitoring these sites."
FEWEST_MONITORS = 2
DAYS_BETWEEN_CHECKS = 31
# What somebody saw. Never what it was: allegations have their own ways, outside of this program.
OUTCOMES: dict[str, str] = {
    "nothing": "Nothing to worry about",
    "told_dsl": "There was something, and the safeguarding lead knows",
}


class Account(Identified, Made, OfSetting, Base):
    """A page or account of the setting; it is ended, never deleted."""

    __tablename__ = "social_accounts"

    platform: Mapped[str]
    handle: Mapped[str]
    check_every_days: Mapped[int] = mapped_column(default=DAYS_BETWEEN_CHECKS)
    since: Mapped[date]
    ended_at: Mapped[datetime | None]

    @property
    def words(self) -> str:
        """What to call it: "Facebook, Bluebells Pre-School"."""
        return f"{self.platform}, {self.handle}"


class Monitor(Identified, Made, OfSetting, Base):
    """One person watches one account, from a day on until another."""

    __tablename__ = "account_monitors"
    __table_args__ = (sa.Index("ix_account_monitors_account_id_until", "account_id", "until"),)

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("social_accounts.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class Check(Identified, Made, OfSetting, Base):
    """On this day this person looked at an account; `by_id` is who wrote it down."""

    __tablename__ = "account_checks"
    __table_args__ = (
        sa.CheckConstraint("outcome IN ('nothing', 'told_dsl')", name="outcome_known"),
        sa.Index("ix_account_checks_account_id_checked_on", "account_id", "checked_on"),
    )

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("social_accounts.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    checked_on: Mapped[date]
    outcome: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))

    @property
    def outcome_words(self) -> str:
        """What somebody saw, as people say it."""
        return OUTCOMES[self.outcome]


@dataclass(frozen=True)
class Watched:
    """An account with the people who watch it today, those who left, and the newest check."""

    account: Account
    monitors: list[Person]
    left: list[Person]
    last: Check | None

    @property
    def too_few(self) -> bool:
        """Whether fewer than two people watch it."""
        return len(self.monitors) < FEWEST_MONITORS

    @property
    def check_on(self) -> date:
        """The last day on which somebody should look again."""
        seen = self.last.checked_on if self.last else self.account.since
        return seen + timedelta(days=self.account.check_every_days)

    def late(self, today: date) -> bool:
        """Whether the last look is longer ago than it should be."""
        return self.check_on < today


def watched_accounts(setting_id: UUID) -> list[Watched]:
    """Every account in use, by name, with who watches it."""
    accounts = db.session.scalars(
        of(setting_id, Account)
        .where(Account.ended_at.is_(None))
        .order_by(Account.platform, Account.handle, Account.id)
    )
    return [watched(account) for account in accounts]


def watched(account: Account) -> Watched:
    """One account with who watches it; whoever left the setting watches nothing any more."""
    monitors: list[Person] = []
    left: list[Person] = []
    for person, here in db.session.execute(_monitors(account)):
        (monitors if here else left).append(person)
    return Watched(account, monitors, left, next(iter(checks_of(account, 1)), None))


def accounts_watched_by(setting_id: UUID, person_id: UUID) -> list[Account]:
    """The accounts in use that one person watches today, by name."""
    watches = sa.exists().where(
        Monitor.account_id == Account.id,
        Monitor.person_id == person_id,
        Monitor.until.is_(None),
    )
    return list(
        db.session.scalars(
            of(setting_id, Account)
            .where(Account.ended_at.is_(None), watches)
            .order_by(Account.platform, Account.handle, Account.id)
        )
    )


def account_of(setting_id: UUID, account_id: UUID) -> Account | None:
    """One account of this setting that is in use."""
    return db.session.scalar(
        of(setting_id, Account).where(Account.id == account_id, Account.ended_at.is_(None))
    )


def monitor_of(account: Account, person_id: UUID) -> Monitor | None:
    """What makes a person watch an account today."""
    return db.session.scalar(
        of(account.setting_id, Monitor).where(
            Monitor.account_id == account.id,
            Monitor.person_id == person_id,
            Monitor.until.is_(None),
        )
    )


def checks_of(account: Account, most: int) -> list[Check]:
    """The newest checks of an account."""
    return list(
        db.session.scalars(
            of(account.setting_id, Check)
            .where(Check.account_id == account.id)
            .order_by(Check.checked_on.desc(), Check.made_at.desc(), Check.id.desc())
            .limit(most)
        )
    )


def _monitors(account: Account) -> sa.Select[Person, bool]:
    here = (
        sa.exists()
        .where(PersonCategory.person_id == Person.id, PersonCategory.until.is_(None))
        .correlate(Person)
    )
    return (
        sa.select(Person, here)
        .join(Monitor, Monitor.person_id == Person.id)
        .where(
            Monitor.setting_id == account.setting_id,
            Monitor.account_id == account.id,
            Monitor.until.is_(None),
        )
        .order_by(Person.name_key, Person.id)
    )
