"""The first walk of an export: lists what it will hold, without reading a single record's bytes."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import orjson

from models.choices import EVERYTHING, Choice
from models.events import hashed
from models.exports import Listed, events_until, published, records_until
from models.keys import current_key
from models.manifests import answer_of, body_of, manifests_until
from models.signings import neutral_file_name
from models.writing import end_reading
from records.cms import signature
from records.export_aside import Aside, Paper, entry_of, paper_of
from records.export_papers import ALL, CHOSEN, heading, papers, row
from records.export_zip import Entry, Size
from records.keys import open_seal, seal_for

FORMAT = 1
RECORDS, MANIFESTS = "records", "manifests"
HISTORY, INDEX, MANIFEST, SEAL = "history.jsonl", "index.csv", "manifest.json", "manifest.p7s"


@dataclass(frozen=True, slots=True)
class Start:
    """The setting that is copied out, when, up to which event of its history, and which records."""

    setting_id: UUID
    name: str
    slug: str
    time_zone: str
    at: datetime
    sequence: int
    hash: str
    choice: Choice = EVERYTHING


@dataclass(frozen=True, slots=True)
class Planned:
    """A record that will be read: its name in the export, and its size and hash as listed."""

    signing_id: UUID
    name: str
    size: int
    sha256: str


class Listing:
    """All but the records' bytes, and which records they will be. Close it at the end."""

    def __init__(self, start: Start) -> None:
        self.count, self._size = 0, Size()
        self._open = ExitStack()
        self._plan, self._index, self._history, self._manifest = (
            self._open.enter_context(Aside()) for _ in range(4)
        )
        which = ALL if start.choice == EVERYTHING else CHOSEN
        self._papers = papers(start.setting_id, start.name, f"{start.at:%d %B %Y}", which)
        end_reading()
        self._days = _days(start)
        self._walk(start)
        for entry in self.papers():
            self._size.add(entry.name, entry.size)

    @property
    def size(self) -> int:
        """The bytes of it all as a ZIP."""
        return self._size.total

    def papers(self) -> Iterator[Entry]:
        """Every file that is not a record; the manifest and its seal come last."""
        for name, data in self._papers.items():
            if name != SEAL:
                yield entry_of(name, data)
        yield from (paper.entry() for paper in self._days)
        yield self._index.entry(INDEX)
        yield self._history.entry(HISTORY)
        yield self._manifest.entry(MANIFEST)
        yield entry_of(SEAL, self._papers[SEAL])

    def records(self) -> Iterator[Planned]:
        """The records, as they came in."""
        for line in self._plan.lines():
            signing_id, *rest = orjson.loads(line)
            yield Planned(UUID(signing_id), *rest)

    def close(self) -> None:
        """Let go of what waits on the disk."""
        self._open.close()

    def _walk(self, start: Start) -> None:
        for event in events_until(start.setting_id, start.sequence):
            line = hashed(event) | {"hash": event.hash}
            self._history.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
        self._begin_manifest(start)
        self._index.write(heading())
        versions = {version.id: version for _, version in published(start.setting_id)}
        named = {key: (version.title, version.number) for key, version in versions.items()}
        for listed in records_until(start.setting_id, start.sequence, start.choice):
            self._list(listed, named[listed.version_id], start.time_zone)
        self._end_manifest()
        self._papers[SEAL] = _sealed(start.setting_id, self._manifest.digest, start.at)

    def _list(self, listed: Listed, version: tuple[str, int], time_zone: str) -> None:
        file = f"{RECORDS}/{neutral_file_name(listed, listed.code, time_zone)}"
        self._index.write(row(file, listed, version, time_zone))
        self._manifest.write(_member(file, listed.sha256) + b",\n")
        planned = (str(listed.id), file, listed.size, listed.sha256)
        self._plan.write(orjson.dumps(planned, option=orjson.OPT_APPEND_NEWLINE))
        self._size.add(file, listed.size)
        self.count += 1

    def _begin_manifest(self, start: Start) -> None:
        about = {
            "format": FORMAT,
            "setting": {"id": str(start.setting_id), "name": start.name},
            "made_at": start.at.isoformat(timespec="seconds"),
            "head": {"sequence": start.sequence, "hash": start.hash},
        }
        self._manifest.write(orjson.dumps(about)[:-1] + b',"files":{\n')

    def _end_manifest(self) -> None:
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in self._papers.items()}
        hashes |= {paper.name: paper.sha256 for paper in self._days}
        hashes |= {INDEX: self._index.digest.hex(), HISTORY: self._history.digest.hex()}
        members = (_member(name, sha256) for name, sha256 in hashes.items())
        self._manifest.write(b",\n".join(members) + b"\n}}\n")


def _days(start: Start) -> list[Paper]:
    """Each day's manifest, and its timestamp where it has one: ready for `openssl ts -verify`."""
    kept = [
        (f"{MANIFESTS}/{one.day.isoformat()}", one.id, one.stamped_at is not None)
        for one in manifests_until(start.setting_id, start.sequence)
    ]
    end_reading()
    found = []
    for name, manifest_id, stamped in kept:
        found.append(paper_of(f"{name}.json", partial(body_of, manifest_id)))
        if stamped:
            found.append(paper_of(f"{name}.tsr", partial(answer_of, manifest_id)))
    return found


def _member(name: str, sha256: str) -> bytes:
    return b"%b:%b" % (orjson.dumps(name), orjson.dumps(sha256))


def _sealed(setting_id: UUID, digest: bytes, at: datetime) -> bytes:
    """The setting's seal over the manifest: a detached CMS signature, as in a record."""
    key = seal_for(setting_id, current_key("seal", setting_id), at)
    signer = open_seal(key)
    end_reading()
    return signature(signer, digest)
