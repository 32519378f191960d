"""What a decision run over a large setting costs, next to a plain loop over some of its people.

Each run is a process of its own on a database of its own, so that its peak memory is its own.
`python -m bench.decisions` measures this alone.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app import create_app
from bench.server import EMAIL, PASSWORD, ROOT
from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.dues import Due, dues_asked
from models.outbox import OutboxItem
from models.people import Person, PersonCategory
from models.reminders import Reminder
from models.settings import Setting, all_settings
from models.writing import writing
from renewals.deciding import decide
from renewals.steps import newest_step

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
SAMPLE = 500
AT_ONCE = 2000
DAY = date(2027, 3, 2)
# Over how many days people are due: a year, or all of them on the first.
CASES = {"ordinary_day": 365, "everybody_due": 1}


def measure() -> dict[str, Any]:
    """Fill an installation for each case and decide; the loop comes after, for people left over."""
    found: dict[str, Any] = {"people": PEOPLE}
    for case, spread in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            instance = Path(folder)
            set_up(instance)
            run(instance, "bench.decisions", "fill", str(spread))
            found[case] = json.loads(run(instance, "bench.decisions", "decide", case))
            if case == "everybody_due":
                found["plain_loop"] = json.loads(run(instance, "bench.decisions", "loop", case))
    quick = found["everybody_due"]["seconds"] / PEOPLE
    slow = found["plain_loop"]["seconds"] / found["plain_loop"]["letters"]
    found["plain_loop_over_decision"] = round(slow / quick, 1)
    return found


def set_up(instance: Path) -> None:
    """Make an installation with one setting in it."""
    password = instance / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    run(instance, "flask", "db", "upgrade")
    run(
        instance, "flask", "setup", "create",
        "--setting", "Bluebells", "--manager", EMAIL, "--password-file", str(password),
    )  # fmt: skip


def run(instance: Path, *arguments: str) -> str:
    """Run a module on an installation, in a process of its own; what it prints."""
    empty = dict.fromkeys(("DATABASE_URL", "STORAGE_URL", "MAIL_URL", "BASE_URL"), "")
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=os.environ | {"FINGERPOST_INSTANCE": str(instance)} | empty,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _fill(spread: int) -> None:
    """People with an address each, due over so many days."""
    setting = all_settings()[0]
    own = {"setting_id": setting.id}
    agreement_id = current_versions(setting.id)[0].agreement_id
    for start in range(0, PEOPLE, AT_ONCE):
        people = {number: new_id() for number in range(start, min(start + AT_ONCE, PEOPLE))}
        rows: dict[Any, list[dict[str, Any]]] = {Person: [], PersonCategory: [], Due: []}
        for number, person_id in people.items():
            name, address = f"person {number}", f"person{number}@example.org"
            rows[Person].append(
                own | {"id": person_id, "full_name": name, "name_key": name, "email": address}
            )
            who = own | {"person_id": person_id}
            rows[PersonCategory].append(who | {"category": "volunteer", "since": DAY})
            due = {"due_on": DAY + timedelta(days=number % spread), "agreement_id": agreement_id}
            rows[Due].append(who | due | {"reason": "never signed", "rule": "first signing"})
        with writing():
            for table, filled in rows.items():
                db.session.execute(sa.insert(table), filled)


def _decide(case: str) -> dict[str, Any]:
    """One run. On the ordinary day the letters of the days before have gone out already."""
    day = DAY
    if case == "ordinary_day":
        decide(all_settings()[0], day, mail=True)
        day += timedelta(days=1)
    setting = all_settings()[0]
    started, worked = time.perf_counter(), time.process_time()
    decided = decide(setting, day, mail=True)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "letters": decided.letters,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_rss_mb": round(peak, 1),
    }


def _plain_loop() -> dict[str, Any]:
    """The same letters for a sample, a step later, one person at a time: load, ask, write."""
    setting, day = all_settings()[0], DAY + timedelta(days=1)
    setting_id = setting.id
    rows = dues_asked(setting_id).with_only_columns(Due.id).limit(SAMPLE)
    chosen = list(db.session.scalars(rows))
    started = time.perf_counter()
    letters = sum(_one_letter(setting_id, due_id, day) for due_id in chosen)
    return {"letters": letters, "seconds": round(time.perf_counter() - started, 2)}


def _one_letter(setting_id: Any, due_id: Any, day: date) -> bool:
    db.session.get_one(Setting, setting_id)
    due = db.session.get_one(Due, due_id)
    person = db.session.get_one(Person, due.person_id)
    step = newest_step(due.due_on, day, ever_signed=due.signing_id is not None)
    sent = sa.select(Reminder).where(Reminder.person_id == person.id, Reminder.step == step)
    if step is None or db.session.scalar(sent) is not None:
        return False
    about = f"{person.id}:{day}"
    reminder = Reminder(
        setting_id=setting_id,
        person_id=person.id,
        agreement_id=due.agreement_id,
        due_on=due.due_on,
        channel="letter",
        step=step,
    )
    with writing():
        item = OutboxItem(setting_id=setting_id, kind="reminder", about=about, payload={})
        db.session.add(item)
        db.session.flush()
        reminder.outbox_id = item.id
        db.session.add(reminder)
    return True


def main() -> None:
    """Without arguments: everything. With some: one part, in a process of its own."""
    match sys.argv[1:]:
        case []:
            print(json.dumps(measure(), indent=2))
        case ["fill", spread]:
            with create_app().app_context():
                _fill(int(spread))
        case ["decide", case]:
            with create_app().app_context():
                print(json.dumps(_decide(case)))
        case _:
            with create_app().app_context():
                print(json.dumps(_plain_loop()))


if __name__ == "__main__":
    main()
