"""Workers are killed in the middle of sending, and every letter leaves all the same, once.

`KILLS=200` makes it the long run of 200 kills over 1,000 letters; a plain run does a tenth.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.dues import Due
from models.outbox import OutboxItem
from models.people import Person, PersonCategory
from models.reminders import Reminder
from models.settings import all_settings
from models.writing import end_reading, writing
from outbox.errands import SENT, SENT_MAYBE_TWICE
from tests.mail.conftest import office as office
from tests.mail.office import PATIENCE_SECONDS, PostOffice
from tests.outbox.nursery import NOON

KILLS = int(os.environ.get("KILLS", "20"))
LETTERS = KILLS * 5
SEED = 4


class Nursery:
    """Starts workers on a database, and kills them. It has sent one letter before."""

    def __init__(self, app: Flask, office: PostOffice) -> None:
        config = app.config["FINGERPOST"]
        own = {
            "FINGERPOST_INSTANCE": str(config.instance),
            "DATABASE_URL": config.database_url,
            "MAIL_URL": office.url,
            "MAIL_FROM": "office@example.org",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.outbox.nursery"],
            cwd=ROOT,
            env=os.environ | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._hear() == "ready"

    def tell(self, command: str) -> str:
        """Give a command and hear its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self._hear()

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def app(own_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An app whose commits are real."""
    made = own_app()
    yield made
    with made.app_context():
        db.engine.dispose()


@contextmanager
def nursery_for(app: Flask, office: PostOffice) -> Iterator[Nursery]:
    """Workers for that app, whose letters go to the mail server of the test."""
    nursery = Nursery(app, office)
    try:
        yield nursery
    finally:
        nursery.process.kill()
        nursery.process.wait()


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_forgotten_and_nothing_doubled_uncounted(
    app: Flask, office: PostOffice
) -> None:
    letters = remind(app, LETTERS)
    with nursery_for(app, office) as nursery:
        kill_and_kill_again(app, office, nursery)
    arrived, outcomes = Counter(office.keys()), outcomes_of(app)
    doubles = {key for key, times in arrived.items() if times > 1}
    counted = {key for key, outcome in outcomes.items() if outcome == SENT_MAYBE_TWICE}
    print(f"{KILLS} kills, {LETTERS} letters, {len(doubles)} twice, {len(counted)} counted")
    assert set(arrived) == letters, "a letter was forgotten"
    assert set(outcomes.values()) <= {SENT, SENT_MAYBE_TWICE}
    assert doubles <= counted, "a letter left twice and nobody counted it"


@pytest.mark.slow
def test_the_one_crash_that_cannot_be_avoided_is_counted(app: Flask, office: PostOffice) -> None:
    letters = remind(app, 2)
    heard: list[str] = []
    killed = threading.Event()
    with nursery_for(app, office) as nursery:

        def kill(_server: object) -> None:
            heard.append(nursery.tell("kill"))
            killed.set()

        office.before_answer = kill
        assert nursery.tell("start") == "started"
        office.wait_for(2)
        # The letter was taken a moment before the worker is killed.
        assert killed.wait(PATIENCE_SECONDS)
        five_minutes_pass(app)
        office.before_answer = lambda _server: None
        assert nursery.tell("start") == "started"
        assert nursery.tell("wait") == "ended 0"
    first, letter = office.keys()[:2]
    assert heard == ["killed"]
    # Both carry the same Message-ID, so that a mailbox can show them as one.
    assert office.keys() == [first, letter, letter]
    assert letters == {first, letter}
    assert outcomes_of(app) == {first: SENT, letter: SENT_MAYBE_TWICE}


def kill_and_kill_again(app: Flask, office: PostOffice, nursery: Nursery) -> None:
    """Kill one worker after another in the middle of its letters, and let the last one end."""
    chance = random.Random(SEED)
    for _ in range(KILLS):
        left = undone(app)
        assert left, "every letter had left before the last kill"
        assert nursery.tell("start") == "started"
        # Now and then before the first letter, usually some letters later, never after the last.
        office.wait_for(len(office.taken) + min(chance.randint(0, 7), left - 1))
        time.sleep(chance.uniform(0, 0.05))
        assert nursery.tell("kill") == "killed"
        five_minutes_pass(app)
    assert nursery.tell("start") == "started"
    assert nursery.tell("wait") == "ended 0"


def remind(app: Flask, count: int) -> set[str]:
    """Queue a reminder for so many new volunteers; the ids of the letters."""
    with app.app_context():
        setting = all_settings()[0]
        setting_id, agreement_id = setting.id, current_versions(setting.id)[0].agreement_id
        end_reading()
        with writing():
            return {str(_reminded(setting_id, agreement_id, number)) for number in range(count)}


def _reminded(setting_id: UUID, agreement_id: UUID, number: int) -> UUID:
    person_id, item_id, reminder_id = new_id(), new_id(), new_id()
    own = {"setting_id": setting_id, "person_id": person_id}
    about = own | {"agreement_id": agreement_id, "due_on": NOON.date() + timedelta(days=7)}
    name = f"Helper {number}"
    payload = {"reminders": [str(reminder_id)]}
    for row in (
        Person(
            id=person_id,
            setting_id=setting_id,
            full_name=name,
            name_key=name.lower(),
            email=f"helper{number}@example.org",
        ),
        OutboxItem(
            id=item_id,
            setting_id=setting_id,
            kind="reminder",
            about=name,
            payload=payload,
            not_before=NOON - timedelta(minutes=1),
        ),
    ):
        db.session.add(row)
    db.session.flush()
    db.session.add(PersonCategory(**own, category="volunteer", since=NOON.date()))
    db.session.add(Due(**about, reason="never signed", rule="first signing"))
    db.session.add(Reminder(**about, id=reminder_id, channel="letter", step=-7, outbox_id=item_id))
    db.session.flush()
    return item_id


def five_minutes_pass(app: Flask) -> None:
    """Let the leases of dead workers run out."""
    with app.app_context(), writing():
        db.session.execute(
            sa.update(OutboxItem)
            .where(OutboxItem.leased_until.is_not(None), OutboxItem.done_at.is_(None))
            .values(leased_until=NOON - timedelta(seconds=1))
        )


def undone(app: Flask) -> int:
    """How many letters have not left."""
    with app.app_context():
        return sum(outcome is None for outcome in outcomes_of(app).values())


def outcomes_of(app: Flask) -> dict[str, str | None]:
    """What became of each letter, by its id."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(OutboxItem.id, OutboxItem.outcome).where(OutboxItem.kind == "reminder")
        )
        return {str(row[0]): row[1] for row in rows}
