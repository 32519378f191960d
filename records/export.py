"""Everything a setting has signed, copied out so that anybody can check it without us.

The first walk lists (records/export_list.py), so that each hash and the size of the whole are
known. The second reads the bytes, a few records at a time, while they leave: nothing grows in
memory, and no read stays open meanwhile. What is sealed after the first walk began is not in it.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from uuid import UUID

import structlog

import clock
from extensions import db
from models.base import new_id
from models.choices import EVERYTHING, Choice, how_many
from models.events import happened
from models.exports import kept_of, template_bytes
from models.settings import Setting
from models.writing import writing
from records.export_list import Listing, Planned, Start
from records.export_zip import Entry, zipped
from records.tail import Hash

log = structlog.get_logger()

AT_ONCE = 50
# The pages of so many versions and wordings are kept at hand.
MOST_BEGINNINGS = 8


class ErasedMeanwhile(Exception):
    """A record was erased or changed while it was being copied out. Please start again."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What many records begin with: its bytes, their CRC-32 and their hash so far."""

    pdf: bytes
    crc: int
    begun: Hash


NOTHING = Beginning(b"", 0, hashlib.sha256())


class Export(AbstractContextManager["Export"]):
    """An export that is ready to leave once: so many records, so many bytes as a ZIP.

    `damaged` fills while it leaves: check codes of records that are not as they were sealed. They
    leave as they are, and the manifest tells.
    """

    def __init__(self, start: Start) -> None:
        self.start = start
        self.listing = Listing(start)
        self.count, self.size = self.listing.count, self.listing.size
        self.damaged: list[str] = []
        self._beginnings: dict[UUID, Beginning] = {}

    def zip(self) -> Iterator[bytes]:
        """The whole of it as a ZIP of `size` bytes. Raises ErasedMeanwhile."""
        # In the order in which their sizes were added up: it matters beyond 4 GB.
        entries = chain(self.records(), self.listing.papers())
        with self:
            yield from zipped(entries, self.start.at)

    def records(self) -> Iterator[Entry]:
        """The records, a few read at a time. Raises ErasedMeanwhile."""
        planned = self.listing.records()
        while few := list(islice(planned, AT_ONCE)):
            yield from self._read(few)

    def close(self) -> None:
        """Let go of what waits on the disk."""
        self.listing.close()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _read(self, few: list[Planned]) -> Iterable[Entry]:
        kept = kept_of(self.start.setting_id, [one.signing_id for one in few])
        for one in few:
            if one.signing_id not in kept:
                raise ErasedMeanwhile
            template_id, rest = kept[one.signing_id]
            yield self._entry(one, self._beginning(template_id), rest)

    def _entry(self, one: Planned, beginning: Beginning, rest: bytes) -> Entry:
        if len(beginning.pdf) + len(rest) != one.size:
            raise ErasedMeanwhile
        digest = beginning.begun.copy()
        digest.update(rest)
        if digest.hexdigest() != one.sha256:
            log.error("record.damaged", record=str(one.signing_id))
            self.damaged.append(one.name)
        # The two halves are never joined: a record's bytes pass through here only once.
        pieces = (beginning.pdf, rest)
        return Entry(one.name, one.size, zlib.crc32(rest, beginning.crc), pieces)

    def _beginning(self, template_id: UUID | None) -> Beginning:
        if template_id is None:
            return NOTHING
        if template_id not in self._beginnings:
            if len(self._beginnings) == MOST_BEGINNINGS:
                self._beginnings.pop(next(iter(self._beginnings)))
            pdf = template_bytes(template_id)
            self._beginnings[template_id] = Beginning(pdf, zlib.crc32(pdf), hashlib.sha256(pdf))
        return self._beginnings[template_id]


def begin_export(setting_id: UUID, by: dict[str, str], choice: Choice = EVERYTHING) -> Export:
    """Note in the history what is copied out, and by whom, then list it.

    `by`: the id of whoever asked. The export goes up to that event, so it tells of itself.
    """
    which = {} if choice == EVERYTHING else {"records": str(how_many(setting_id, choice))}
    with writing():
        event = happened(setting_id, "records.exported", {"export": str(new_id())} | by | which)
        setting = db.session.get_one(Setting, setting_id)
        about: dict[str, Any] = {
            "name": setting.name,
            "slug": setting.slug,
            "time_zone": setting.time_zone,
        }
    upto: dict[str, Any] = {"at": clock.now(), "sequence": event.sequence, "hash": event.hash}
    return Export(Start(setting_id, **about, **upto, choice=choice))
