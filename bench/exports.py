"""What copying every record out costs: processor time, and memory beyond that of the idle app.

One signing is real; the others are copies of its rows under numbers of their own, with an event
each. The export runs in a process of its own, so that its peak memory is its own.
`python -m bench.exports` measures this alone.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import make_transient, undefer

import clock
from app import create_app
from bench.decisions import run, set_up
from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.events import happened
from models.settings import all_settings, of
from models.signings import Record, Signing
from models.tablets import Tablet
from models.writing import writing
from records.codes import new_code
from records.export import begin_export
from records.signing import sign
from tests.cast import signing_body

RECORDS = int(os.environ.get("BENCH_EXPORT", "1000"))
AT_ONCE = 500


def measure() -> dict[str, Any]:
    """Fill an installation, and export it in another process."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        set_up(instance)
        run(instance, "bench.exports", "fill")
        found: dict[str, Any] = json.loads(run(instance, "bench.exports", "leave"))
    return found


def _fill() -> None:
    """One signing, and then its copies."""
    setting_id = all_settings()[0].id
    with writing():
        tablet = Tablet(setting_id=setting_id, name="By the coats", token_hash="0" * 64)
        db.session.add(tablet)
    version_id = current_versions(setting_id)[0].id
    sign(tablet, new_id(), signing_body(version_id), clock.now(), None)
    for start in range(1, RECORDS, AT_ONCE):
        with writing():
            signing = db.session.scalars(of(setting_id, Signing).limit(1)).one()
            record = db.session.scalars(
                of(setting_id, Record).options(undefer(Record.pdf)).limit(1)
            ).one()
            for row in (signing, record):
                make_transient(row)
            for _ in range(start, min(start + AT_ONCE, RECORDS)):
                _copy(signing, record)


def _copy(signing: Signing, record: Record) -> None:
    """The same act under another number; both rows are written as they stand."""
    signing_id, code = new_id(), new_code()
    said = {"record": str(signing_id), "code": code, "record_sha256": record.sha256}
    event = happened(signing.setting_id, "signing.sealed", said)
    own = {"id": signing_id, "received_at": clock.now()}
    db.session.execute(sa.insert(Signing), [_values(signing) | own])
    own = {"signing_id": signing_id, "code": code, "event_id": event.id}
    db.session.execute(sa.insert(Record), [_values(record) | own])


def _values(row: Signing | Record) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def _leave() -> dict[str, Any]:
    """Everything leaves, into nothing."""
    before, started = _peak_mb(), time.process_time()
    export = begin_export(all_settings()[0].id, {"by": "bench"})
    listed = time.process_time()
    length = sum(len(piece) for piece in export.zip())
    if length != export.size:
        raise RuntimeError(f"{length} bytes left instead of {export.size}.")
    return {
        "records": export.count,
        "megabytes": round(length / 1e6, 1),
        "cpu_seconds": round(time.process_time() - started, 3),
        "cpu_seconds_before_the_first_byte": round(listed - started, 3),
        "more_rss_mb": round(_peak_mb() - before, 1),
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Without arguments: everything. With one: a part, in a process of its own."""
    if not sys.argv[1:]:
        print(json.dumps(measure(), indent=2))
        return
    with create_app().app_context():
        if sys.argv[1] == "fill":
            _fill()
        else:
            print(json.dumps(_leave()))


if __name__ == "__main__":
    main()
