"""What the desk costs where a setting keeps 100,000 records: pages, lists and downloads.

One signing is real; the others are copies of its rows, five years of it, with names, days, codes,
events and copies in the outbox of their own. Twice: where one person in ten is still there, and
where all are. Each part runs in a process of its own. `python -m bench.desk` measures this alone;
`FINGERPOST_INSTANCE=… python -m bench.desk ask` asks an installation that `fill` filled before.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench.decisions import run, set_up
from bench.desk_fill import fill
from bench.server import EMAIL
from extensions import db
from models.managers import manager_by_email
from models.settings import all_settings, of
from models.signings import Signing
from tests.page import sign_in

PAGES = {
    "home": "/manager/",
    "people": "/manager/people",
    "overdue": "/manager/people/stages/overdue",
    "records": "/manager/records",
    "records_current": "/manager/records?standing=current",
    "records_superseded": "/manager/records?standing=superseded",
    "records_voided": "/manager/records?standing=voided",
    "records_category": "/manager/records?category=student",
    "records_method_nobody_used": "/manager/records?method=mark",
    "register": "/manager/register",
}
DOWNLOADS = {
    "records_zip": "/manager/records.zip",
    "register_csv": "/manager/register.csv",
    "register_xlsx": "/manager/register.xlsx",
}
TURNS = int(os.environ.get("BENCH_DESK_TURNS", "15"))
# Who is still there, of the people who signed.
SHAPES = {"one_in_ten_is_here": 10, "all_are_here": 1}


def measure() -> dict[str, Any]:
    """Fill an installation of each shape, and ask it."""
    found: dict[str, Any] = {}
    for shape, one_in in SHAPES.items():
        with tempfile.TemporaryDirectory() as folder:
            instance = Path(folder)
            set_up(instance)
            run(instance, "bench.desk", "fill", str(one_in))
            found[shape] = json.loads(run(instance, "bench.desk", "ask"))
            for file in DOWNLOADS:
                found[shape][file] = json.loads(run(instance, "bench.desk", "take", file))
    return found


def _ask(app: Flask) -> dict[str, Any]:
    """Every page so many times; what its answer takes in the app, without a network."""
    client = _signed_in(app)
    pages = PAGES | _addresses_inside(app)
    return {name: _cost(_get(client, address)) for name, address in pages.items()}


def _addresses_inside(app: Flask) -> dict[str, str]:
    """A page in the depth of the list, what one person signed, and a version's oldest year."""
    with app.app_context():
        rows = of(all_settings()[0].id, Signing).order_by(Signing.received_at)
        one = db.session.scalars(rows.offset(100).limit(1)).one()
        person_id, version_id, day = one.person_id, one.version_id, one.received_at.date()
        signing_id = one.id
        db.session.remove()
    return {
        "records_deep": f"/manager/records?before={signing_id}",
        "records_of_somebody": f"/manager/records?person={person_id}",
        "records_of_the_first_year": f"/manager/records?version={version_id}&last={day}",
    }


def _take(app: Flask, address: str) -> dict[str, Any]:
    """One whole download: the time to its first byte, and how much memory grew by."""
    client = _signed_in(app)
    client.get("/manager/settings")
    before, started, worked = _peak_mb(), time.perf_counter(), time.process_time()
    response = client.get(address, buffered=False)
    pieces = response.iter_encoded()
    size = len(next(pieces))
    first = time.perf_counter() - started
    size += sum(map(len, pieces))
    response.close()
    return {
        "megabytes": round(size / 1e6, 1),
        "seconds_to_the_first_byte": round(first, 2),
        "cpu_seconds": round(time.process_time() - worked, 2),
        "more_rss_mb": round(_peak_mb() - before, 1),
    }


def _signed_in(app: Flask) -> FlaskClient:
    """A browser at the desk, signed in the short way."""
    client = app.test_client()
    with app.app_context():
        manager = manager_by_email(EMAIL)
        if manager is None:
            raise RuntimeError("Nobody signs in there.")
        sign_in(client, manager)
        db.session.remove()
    return client


def _get(client: FlaskClient, address: str) -> Callable[[], None]:
    def ask() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} was answered with {response.status_code}.")

    return ask


def _cost(ask: Callable[[], None]) -> dict[str, float]:
    """Milliseconds: the medians of the processor's and of the wall clock's."""
    ask()
    cpu, wall = [], []
    for _ in range(TURNS):
        started, worked = time.perf_counter(), time.process_time()
        ask()
        cpu.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    return {"cpu_ms": round(statistics.median(cpu), 1), "ms": round(statistics.median(wall), 1)}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Without arguments: everything. With some: one part, in a process of its own."""
    if not sys.argv[1:]:
        print(json.dumps(measure(), indent=2))
        return
    app = create_app()
    match sys.argv[1:]:
        case ["fill", one_in]:
            with app.app_context():
                fill(all_settings()[0].id, int(one_in))
        case ["take", file]:
            print(json.dumps(_take(app, DOWNLOADS[file])))
        case _:
            print(json.dumps(_ask(app), indent=2))


if __name__ == "__main__":
    main()
