"""Keeps the social media accounts: each change is an event, and who watched when stays known."""

from datetime import date
from typing import Any
from uuid import UUID

import clock
from extensions import db
from models.accounts import Account, Check, Monitor, checks_of, monitor_of
from models.events import happened, wait_for_turn
from models.writing import writing


def add_account(
    setting_id: UUID, manager_id: UUID, answers: dict[str, Any], today: date
) -> Account:
    """Add an account; `answers` holds platform, handle and check_every_days."""
    with writing():
        account = Account(setting_id=setting_id, since=today, **answers)
        db.session.add(account)
        db.session.flush()
        _tell("account.added", account, manager_id, details=answers)
    return account


def change_account(account: Account, manager_id: UUID, answers: dict[str, Any]) -> None:
    """Save what an account is called, and how often somebody looks at it."""
    with writing():
        old = {name: getattr(account, name) for name in answers}
        for name, answer in answers.items():
            setattr(account, name, answer)
        _tell("account.changed", account, manager_id, details={"old": old, "new": answers})


def end_account(account: Account, manager_id: UUID) -> None:
    """Take an account out of use."""
    with writing():
        account.ended_at = clock.now()
        _tell("account.ended", account, manager_id)


def add_monitor(account: Account, person_id: UUID, manager_id: UUID, today: date) -> None:
    """From today this person watches the account. Whoever does so already, goes on."""
    with writing():
        wait_for_turn(account.setting_id)
        if monitor_of(account, person_id) is None:
            db.session.add(
                Monitor(
                    setting_id=account.setting_id,
                    account_id=account.id,
                    person_id=person_id,
                    since=today,
                )
            )
            _tell("account.monitor_added", account, manager_id, person_id)


def end_monitor(account: Account, person_id: UUID, manager_id: UUID, today: date) -> None:
    """This person watches the account no more. Ending what is ended changes nothing."""
    with writing():
        wait_for_turn(account.setting_id)
        monitor = monitor_of(account, person_id)
        if monitor is not None:
            monitor.until = today
            _tell("account.monitor_ended", account, manager_id, person_id)


def note_check(
    account: Account, person_id: UUID, outcome: str, manager_id: UUID, today: date
) -> None:
    """This person looked at the account today; a second tap says nothing new."""
    with writing():
        wait_for_turn(account.setting_id)
        if _noted(account, person_id, outcome, today):
            return
        check = Check(
            setting_id=account.setting_id,
            account_id=account.id,
            person_id=person_id,
            checked_on=today,
            outcome=outcome,
            by_id=manager_id,
        )
        db.session.add(check)
        _tell("account.checked", account, manager_id, person_id, {"outcome": outcome})


def _noted(account: Account, person_id: UUID, outcome: str, today: date) -> bool:
    return any(
        (check.person_id, check.outcome, check.checked_on) == (person_id, outcome, today)
        for check in checks_of(account, 1)
    )


def _tell(
    kind: str,
    account: Account,
    manager_id: UUID,
    person_id: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    ids = {"account": str(account.id), "manager": str(manager_id)}
    if person_id is not None:
        ids["person"] = str(person_id)
    happened(account.setting_id, kind, ids, {"account": account.words} | (details or {}))
