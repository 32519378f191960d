"""Two runs at the same moment, on a database where commits are real: no letter twice, none lost."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from extensions import db
from models.outbox import OutboxItem
from models.reminders import Decision, Reminder
from renewals import deciding
from renewals.deciding import decide
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small

SIGNED, DUE = date(2026, 3, 10), date(2027, 3, 10)
PEOPLE, RUNS = 12, 3


def test_runs_that_meet_share_the_work(
    own_app: Callable[..., Flask], freeze: Freeze, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = own_app()
    monkeypatch.setattr(deciding, "PEOPLE_AT_ONCE", 2)
    with app.app_context():
        small = Small(Cast().owls.id)
        version = small.agreement("Phones", "volunteer")
        freeze(SIGNED)
        for number in range(PEOPLE):
            small.signs(small.person(f"Person{number}", SIGNED), version, SIGNED)
        setting_id = small.setting_id
        db.session.remove()
    freeze(DUE)
    together, made = threading.Barrier(RUNS), []

    def run() -> None:
        with app.app_context():
            setting = Cast().owls
            together.wait()
            made.append(decide(setting, DUE, mail=True).letters)

    threads = [threading.Thread(target=run) for _ in range(RUNS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        letters = sa.select(OutboxItem.about).where(OutboxItem.setting_id == setting_id)
        about = list(db.session.scalars(letters.where(OutboxItem.kind == "reminder")))
        steps = sa.select(Reminder.person_id).where(Reminder.step == 0)
        runs = sa.select(Decision.number).where(Decision.setting_id == setting_id)
        assert len(about) == len(set(about)) == PEOPLE == sum(made)
        assert len(set(db.session.scalars(steps))) == PEOPLE
        assert sorted(db.session.scalars(runs)) == list(range(1, RUNS + 1))
