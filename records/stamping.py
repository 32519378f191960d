"""Has somebody else confirm what we had and when: the daily manifests, by RFC 3161.

A server that is away leaves a manifest unstamped, which the desk says. It is stamped later, by the
time of then; nothing else ever takes a timestamp's place.
"""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from flask import current_app

import clock
from backends.timestamps import SLOW, NoStamp
from config import Config
from extensions import db
from models.manifests import Manifest, oldest_unstamped
from models.writing import end_reading, writing
from outbox.errands import KEPT, NOT_NEEDED, Errand, NotNow, TryForEver
from records.child import ChildFailed, ask
from records.manifest import make_manifests

ROOM = "records.stamp_room"
# With the time for the last of them it is less than an item's lease (outbox/claiming.py).
SECONDS, TIME_FOR_ALL = 60, timedelta(minutes=3)
UNREADABLE = "What the timestamp server answered could not be read within the limits."


def manifest_where_due() -> None:
    """The chore: make the manifests that are due, where a timestamp server is configured."""
    if _config().timestamp_url:
        make_manifests()


def stamp_manifests(errand: Errand) -> str:
    """Have a setting's manifests stamped that were not yet, the oldest first.

    Each has an errand of its own, so what there was no time for has its turn.
    """
    config, until = _config(), clock.now() + TIME_FOR_ALL
    if not config.timestamp_url:
        raise NotNow(clock.now() + timedelta(days=1))
    outcome = NOT_NEEDED
    while clock.now() < until and (manifest := oldest_unstamped(errand.setting_id)):
        waiting = manifest.id, manifest.sha256
        end_reading()
        try:
            stamp(*waiting, config)
        except NoStamp as error:
            raise TryForEver(str(error)) from error
        outcome = KEPT
    end_reading()
    return outcome


def stamp(manifest_id: UUID, sha256: str, config: Config) -> None:
    """Have one manifest stamped; raises NoStamp. Who was killed before it was kept asks again."""
    found = confirm(sha256, config)
    with writing():
        db.session.execute(
            sa.update(Manifest)
            # The first answer that is kept stays.
            .where(Manifest.id == manifest_id, Manifest.stamped_at.is_(None))
            .values(
                answer=base64.b64decode(found["answer"]),
                stamped_at=datetime.fromisoformat(found["at"]),
                stamped_by=found["by"],
            )
        )


def check_server(config: Config) -> None:
    """Have a random number confirmed, where there is a server; raises NoStamp."""
    if config.timestamp_url:
        confirm(secrets.token_hex(32), config)


def confirm(sha256: str, config: Config) -> dict[str, Any]:
    """Ask the timestamp server, in a child that is ended in time: `answer` (base64), `at`, `by`.

    Raises NoStamp.
    """
    file = config.timestamp_ca_file
    order = {"url": config.timestamp_url, "sha256": sha256, "ca_file": str(file) if file else None}
    return _told(order)


def looked_at(answer: bytes, sha256: str) -> tuple[datetime, str]:
    """Look at an answer that is kept, in a child: when and by whom; raises NoStamp.

    Its signature has to fit this hash. Whom to trust was judged when it came.
    """
    order = {"url": "", "sha256": sha256, "answer": base64.b64encode(answer).decode()}
    found = _told(order)
    return datetime.fromisoformat(found["at"]), found["by"]


def _told(order: dict[str, Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = orjson.loads(ask(ROOM, orjson.dumps(order), SECONDS))
    except ChildFailed as error:
        raise NoStamp(SLOW if error.code is None else UNREADABLE) from error
    if "fault" in found:
        raise NoStamp(found["fault"])
    return found


def _config() -> Config:
    config: Config = current_app.config["FINGERPOST"]
    return config
