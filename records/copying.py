"""A copy of all that is held about one person: a PDF to read, the same as JSON, their records."""

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

import clock
from extensions import db
from models.base import new_id
from models.events import happened
from models.managers import Manager
from models.people import Known
from models.settings import Setting, of
from models.signings import Declaration, record_pdf
from models.writing import end_reading, writing
from records.about import Told, about_person
from records.child import ChildFailed, ask
from records.declarations import look
from records.export_zip import Entry, zipped

SECONDS = 60
PAGE, DATA = "what-we-hold.pdf", "what-we-hold.json"


class CopyFailed(Exception):
    """The copy could not be printed, and nothing left. Please try again in a moment."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the child prints."""

    says: dict[str, Any]
    made_at: datetime
    time_zone: str


def copy_of(setting: Setting, known: Known, by: Manager, *, lead: bool) -> bytes:
    """The copy as a ZIP. Only a safeguarding lead's holds what was told to them, and each note that
    is opened for it is an event. Raises CopyFailed and CannotSave.
    """
    setting_id, person_id, manager_id = setting.id, known.person.id, by.id
    told = _told(setting_id, person_id, by) if lead else None
    # Opening what was told ended the reading in which these were loaded; they are read again.
    made_at, zone = clock.now(), setting.time_zone
    says = about_person(setting, known, told, made_at)
    end_reading()
    page = _printed(Order(says, made_at, zone))
    files = {PAGE: page, DATA: _json(says), **dict(_records(setting_id, says))}
    with writing():
        ids = {"person": str(person_id), "export": str(new_id()), "manager": str(manager_id)}
        happened(setting_id, "person.exported", ids)
    entries = [Entry(name, len(data), zlib.crc32(data), [data]) for name, data in files.items()]
    return b"".join(zipped(entries, made_at))


def _told(setting_id: UUID, person_id: UUID, by: Manager) -> Told:
    rows = of(setting_id, Declaration).where(Declaration.person_id == person_id, Declaration.told)
    found = list(db.session.scalars(rows.order_by(Declaration.made_at)))
    times = {one.id: one.made_at for one in found}
    return [(times[one.id], answer) for one, answer in look(found, by)] if found else []


def _printed(order: Order) -> bytes:
    try:
        return ask("records.copy_room", pickle.dumps(order), SECONDS)
    except ChildFailed as error:
        raise CopyFailed from error


def _records(setting_id: UUID, says: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The sealed PDFs, under names that name nobody."""
    for one in says["records"]:
        if found := record_pdf(setting_id, UUID(one["record_number"])):
            yield one["file"], found[2]
    end_reading()


def _json(says: dict[str, Any]) -> bytes:
    return orjson.dumps(says, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
