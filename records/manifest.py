"""A manifest of each day: which records were filed, and where the history stood."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa

import clock
from extensions import db
from models.events import BEGINNING, Event, Newest, wait_for_turn
from models.manifests import Manifest, has_manifest, last_manifest, sealed_between
from models.settings import Setting
from models.writing import CannotSave, end_reading, writing
from outbox.putting import put

FORMAT = 1
KIND = "stamp"
# The number, the event and the hash that the first manifest follows.
NONE_YET = (0, 0, BEGINNING)


@dataclass(frozen=True, slots=True)
class Told:
    """What a manifest tells beside its records: whose it is, its number, its day, and the head."""

    setting_id: UUID
    number: int
    day: date
    head: tuple[int, str]


def make_manifests() -> None:
    """The chore: after midnight by each setting's clock, a manifest of the day that is over.

    A day on which nothing happened has none, and what happened before is in the next one.
    """
    settings = db.session.execute(sa.select(Setting.id, Setting.time_zone)).all()
    end_reading()
    for setting_id, time_zone in settings:
        try:
            make_manifest(setting_id, time_zone)
        except CannotSave:
            # The next round asks again, and the other settings need not wait for it.
            continue
    end_reading()


def make_manifest(setting_id: UUID, time_zone: str) -> Manifest | None:
    """Make a setting's manifest of yesterday and have it stamped, unless there is nothing new."""
    now = clock.now()
    today = now.astimezone(ZoneInfo(time_zone)).date()
    day, midnight = today - timedelta(days=1), clock.day_begins(today, time_zone)
    last = last_manifest(setting_id)
    number, since, before = (last.number, last.sequence, last.sha256) if last else NONE_YET
    head = None if has_manifest(setting_id, day) else _head(setting_id, since, midnight, now)
    end_reading()
    if head is None:
        return None
    told = Told(setting_id, number + 1, day, head)
    body = written(told, since, before)
    sha256 = hashlib.sha256(body).hexdigest()
    return _kept(
        Manifest(
            setting_id=setting_id,
            number=told.number,
            day=day,
            sequence=head.sequence,
            hash=head.hash,
            body=body,
            sha256=sha256,
        )
    )


def _head(setting_id: UUID, since: int, midnight: datetime, now: datetime) -> Newest | None:
    """The newest event of the days before today, None when none is new.

    One with a time to come was written by a clock that ran ahead, and is not of today.
    """
    own = sa.and_(Event.setting_id == setting_id, Event.sequence > since)
    todays = sa.and_(own, Event.at >= midnight, Event.at <= now)
    first_today = db.session.scalar(sa.select(sa.func.min(Event.sequence)).where(todays))
    rows = sa.select(Event.sequence, Event.hash).where(own)
    if first_today is not None:
        rows = rows.where(Event.sequence < first_today)
    row = db.session.execute(rows.order_by(Event.sequence.desc()).limit(1)).first()
    return Newest(*row) if row else None


def written(told: Told, since: int, before: str) -> bytes:
    """A manifest as JSON: keys sorted, no spaces; ids, codes and hashes, and nobody's name.

    since, before: the last event and the SHA-256 of the manifest before it. In short reads.
    """
    events = sealed_between(told.setting_id, since, told.head[0])
    records = [orjson.Fragment(line_of(sequence, ids)) for sequence, ids in events]
    says = {
        "before": before,
        "day": told.day.isoformat(),
        "format": FORMAT,
        "head": {"hash": told.head[1], "sequence": told.head[0]},
        "number": told.number,
        "records": records,
        "setting": str(told.setting_id),
    }
    return orjson.dumps(says, option=orjson.OPT_SORT_KEYS)


def line_of(sequence: int, ids: dict[str, str]) -> bytes:
    """What a manifest says of one record, byte by byte, from the event of its signing."""
    line = {
        "code": ids["code"],
        "record": ids["record"],
        "sequence": sequence,
        "sha256": ids["record_sha256"],
    }
    return orjson.dumps(line, option=orjson.OPT_SORT_KEYS)


def _kept(manifest: Manifest) -> Manifest | None:
    with writing():
        # Two workers may have come to it at once: one of them waits here, and finds it made.
        wait_for_turn(manifest.setting_id)
        last = last_manifest(manifest.setting_id)
        if (last.number if last else 0) != manifest.number - 1:
            return None
        db.session.add(manifest)
        put(manifest.setting_id, KIND, manifest.day.isoformat())
    return manifest
