"""flask reminders send: what a person at a keyboard, or a timer, sees of the decider."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

import clock
from backends.mail import mailer_for
from extensions import db
from models.outbox import OutboxItem
from models.people import Person, add_person
from models.reminders import Decision, Reminder, held_decision
from models.writing import writing
from renewals.deciding import release
from renewals.dues import ask_first_time
from tests.cast import Cast

Send = Callable[..., Result]


@pytest.fixture
def send(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Send:
    """The command, on an installation that has a mail server."""
    monkeypatch.setitem(
        app.extensions, "mailer", mailer_for("smtp://127.0.0.1:1", "us@example.org")
    )

    def run(*arguments: str) -> Result:
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["reminders", "send", *arguments])
        db.session.rollback()
        return result

    return run


@pytest.fixture
def tom(cast: Cast) -> Person:
    """Somebody at Bluebells with an address, who has never signed."""
    with writing():
        today = clock.today(cast.bluebells.time_zone)
        person = add_person(
            cast.bluebells.id,
            full_name="Tom Baker",
            category="volunteer",
            organisation=None,
            since=today,
            email="tom@example.org",
        )
        ask_first_time(cast.bluebells.id, person.id, "volunteer", today)
    return person


def count(table: type[OutboxItem] | type[Reminder] | type[Decision]) -> int:
    if table is OutboxItem:
        kind = sa.select(OutboxItem).where(OutboxItem.kind == "reminder").subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_queues_once_and_says_so(send: Send, tom: Person) -> None:
    first = send("--setting", "bluebells")
    assert (first.exit_code, first.stderr) == (0, "")
    today = clock.today("Europe/London")
    assert first.stdout == f"bluebells: 1 letter with 1 reminder made for {today}.\n"
    again = send("--setting", "bluebells")
    assert again.stdout == f"bluebells: 0 letters with 0 reminders made for {today}.\n"
    assert (count(OutboxItem), count(Reminder), count(Decision)) == (1, 1, 2)


def test_every_setting_when_none_is_named(send: Send, tom: Person) -> None:
    lines = send().stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["bluebells", "little-owls"]


def test_a_dry_run_names_ids_and_writes_nothing(send: Send, tom: Person, cast: Cast) -> None:
    person_id, agreement_id = tom.id, cast.version.agreement_id
    result = send("--dry-run", "--setting", "bluebells")
    due_on = clock.today("Europe/London") + timedelta(days=7)
    assert result.stdout.splitlines()[0] == f"{person_id}\t{agreement_id}\t{due_on}\t-7"
    assert "1 letter with 1 reminder would be made" in result.stdout
    assert "Tom" not in result.output
    assert (count(OutboxItem), count(Reminder), count(Decision)) == (0, 0, 0)


def test_another_day_can_be_named(send: Send, tom: Person) -> None:
    day = clock.today("Europe/London") + timedelta(days=6)
    send("--on", day.isoformat(), "--setting", "bluebells")
    [reminder] = db.session.scalars(sa.select(Reminder)).all()
    assert reminder.step == -1


def test_a_jump_is_said_on_stderr_and_ends_with_1(send: Send, tom: Person, cast: Cast) -> None:
    send("--setting", "bluebells")
    far = clock.today("Europe/London") + timedelta(days=365)
    dry = send("--dry-run", "--on", far.isoformat(), "--setting", "bluebells")
    assert dry.exit_code == 1
    assert held_decision(cast.bluebells.id) is None
    result = send("--on", far.isoformat(), "--setting", "bluebells")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "waits, and nothing was made" in result.stderr
    assert count(Reminder) == 1
    held = held_decision(cast.bluebells.id)
    assert held is not None
    release(held, cast.alice.id)
    assert send("--setting", "bluebells").exit_code == 0


def test_one_that_waits_does_not_stop_the_others(send: Send, cast: Cast) -> None:
    with writing():
        long_ago = date(2020, 1, 1)
        db.session.add(Decision(setting_id=cast.bluebells.id, number=1, day=long_ago))
    result = send()
    assert result.exit_code == 1
    assert "little-owls: 0 letters" in result.stdout
    assert result.stderr.startswith("bluebells: the run")


def test_without_mail_it_says_why_nothing_is_made(
    app: Flask, send: Send, tom: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "mailer", mailer_for("", ""))
    result = send("--setting", "bluebells")
    assert result.exit_code == 0
    assert result.stdout.startswith("No MAIL_URL is set, so no letters are made")
    assert (count(OutboxItem), count(Reminder)) == (0, 0)


def test_a_setting_that_is_not_there_is_wrong_use(send: Send) -> None:
    result = send("--setting", "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no setting called nowhere.")
