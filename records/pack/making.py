"""make_pack(): gathers, has it printed in a child, and notes in the history that it was made.

The records go from the database to the child and its answer to the browser by way of nameless
files: nothing of it grows in this process.
"""

import hashlib
import pickle
import tempfile
import threading
from dataclasses import dataclass
from datetime import date
from typing import IO, Literal
from uuid import UUID

import clock
from extensions import db
from models.agreements import Version, current_versions
from models.base import new_id
from models.events import happened
from models.settings import Setting
from models.writing import end_reading, writing
from records.child import ChildFailed, ask_by_file
from records.errors import PressFailed
from records.pack import gathering
from records.pack.enclosing import Listed, listed, read, that_fit
from records.pack.room import SECONDS
from records.pack.standing import everybody, groups, lasts, signings_of

_turn = threading.BoundedSemaphore(1)


class BeingMade(Exception):
    """A pack is being made already. Please try again when that is done."""


@dataclass(frozen=True)
class Wish:
    """What goes in. agreements: None for all in use. records: the newest of each person, none, or
    those of these signings."""

    day: date
    agreements: frozenset[UUID] | None = None
    records: Literal["newest", "none"] | frozenset[UUID] = "newest"


@dataclass(frozen=True)
class Asker:
    """Who asks: a manager's id for the history, and roles in words for the cover."""

    manager_id: UUID
    roles: str


@dataclass(frozen=True)
class PackFile:
    """A pack that is ready to leave once, from its beginning."""

    file: IO[bytes]
    size: int
    sha256: str


def make_pack(setting_id: UUID, wish: Wish, asker: Asker, check_address: str | None) -> PackFile:
    """Make a setting's pack; raises BeingMade or PressFailed."""
    if not _turn.acquire(blocking=False):
        raise BeingMade
    try:
        with tempfile.TemporaryFile() as order:
            enclosed = _write_order(order, setting_id, wish, asker, check_address)
            answer = _printed(order)
    finally:
        _turn.release()
    made = PackFile(answer, *_measured(answer))
    with writing():
        happened(
            setting_id,
            "pack.made",
            {
                "pack": str(new_id()),
                "pack_sha256": made.sha256,
                "manager": str(asker.manager_id),
            },
            {"day": wish.day.isoformat(), "records": enclosed},
        )
    return made


def _write_order(
    order: IO[bytes], setting_id: UUID, wish: Wish, asker: Asker, check_address: str | None
) -> int:
    """The records first, because reading them tells whether they are whole; then the facts."""
    wanted, time_zone = _wanted(setting_id, wish)
    fit, enclosed = that_fit(wanted), []
    for one, pdf in read(setting_id, fit, time_zone):
        pickle.dump((one, pdf), order)
        enclosed.append(one)
    setting = db.session.get_one(Setting, setting_id)
    versions = _versions(setting_id, wish)
    grouped = groups(setting, everybody(setting_id), versions, lasts(setting_id), wish.day)
    made = gathering.Made(wish.day, clock.now(), asker.roles, check_address)
    left_out = len(wanted) - len(fit)
    facts = gathering.pack(setting, made, grouped, versions, enclosed, left_out)
    end_reading()
    pickle.dump(facts, order)
    return len(enclosed)


def _versions(setting_id: UUID, wish: Wish) -> list[Version]:
    return [
        version
        for version in current_versions(setting_id)
        if wish.agreements is None or version.agreement_id in wish.agreements
    ]


def _wanted(setting_id: UUID, wish: Wish) -> tuple[list[Listed], str]:
    """The records that were asked for, and the setting's time zone; no read stays open."""
    time_zone = db.session.get_one(Setting, setting_id).time_zone
    found: list[Listed] = []
    if wish.records != "none":
        found = newest_records(setting_id, _versions(setting_id, wish))
    if isinstance(wish.records, frozenset):
        found = [one for one in found if one.signing_id in wish.records]
    end_reading()
    return found, time_zone


def newest_records(setting_id: UUID, versions: list[Version]) -> list[Listed]:
    """The newest record that counts of everybody who is here, for each of these agreements."""
    found = signings_of(everybody(setting_id), versions, lasts(setting_id))
    return listed(setting_id, found)


def _printed(order: IO[bytes]) -> IO[bytes]:
    order.seek(0)
    try:
        return ask_by_file("records.pack.room", order, SECONDS)
    except ChildFailed as failed:
        # The child's last words may hold a name, so they are not passed on.
        raise PressFailed(f"The press ended with {failed.code}.") from None


def _measured(file: IO[bytes]) -> tuple[int, str]:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
    size = file.tell()
    file.seek(0)
    return size, digest.hexdigest()
