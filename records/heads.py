"""Chain heads that were sealed and left the house: what a rewritten history cannot fit."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson
import sqlalchemy as sa

from extensions import db, storage
from models.erasures import still_kept
from models.events import Event
from models.signings import Record, whole_pdf
from models.writing import end_reading
from records.verdicts import authorities

# So many of the newest records are asked, and as many of the older ones, evenly spread.
MOST = 20


@dataclass(frozen=True, slots=True)
class SealedHead:
    """The newest event that was known when something was sealed, and what that was."""

    sequence: int
    hash: str
    where: str
    knows: str = "was sealed with"


class ProvesNothing(Exception):
    """A file that was to vouch for the history cannot; str() says why."""


def heads_in_database(setting_id: UUID) -> list[SealedHead]:
    """The heads in a setting's own records, newest first: the newest, and some of the others."""
    codes = list(
        db.session.execute(
            sa.select(Record.signing_id, Record.code)
            .join(Event, Event.id == Record.event_id)
            .where(Record.setting_id == setting_id, still_kept(Record.signing_id))
            .order_by(Event.sequence.desc())
        )
    )
    older = codes[MOST:]
    wanted = codes[:MOST] + older[:: max(1, len(older) // MOST)]
    trusted, found = authorities(), []
    for signing_id, code in wanted:
        pdf = whole_pdf(db.session.get_one(Record, signing_id))
        # Each is read by itself: no reader stays open over the work on it.
        end_reading()
        found.append(_head(pdf, trusted, f"the record {code}"))
    return [head for head in found if head is not None]


def heads_in_archive(setting_id: UUID, slug: str) -> tuple[list[SealedHead], list[str]]:
    """The heads in the archive, and a sentence for what it holds that the database does not.

    Looked at are the newest by name and everything that the database does not know: a database
    that was put back to an older state knows less than its archive. Raises StorageAway.
    """
    # The names first: what is copied meanwhile is a record that is known by then.
    names = storage.names(slug)
    codes = sa.select(Record.code).where(Record.setting_id == setting_id)
    known, trusted = set(db.session.scalars(codes)), authorities()
    end_reading()
    strange = [name for name in names if code_in(name) not in known]
    newest = [name for name in names if code_in(name) in known][-MOST:]
    found, faults = [], []
    for name in newest + strange[-MOST:]:
        head = _head(storage.read(name) or b"", trusted, f"the archived record {code_in(name)}")
        found += [head] if head else []
        if name in strange:
            faults.append(_strange(name, head))
    if len(strange) > MOST:
        faults.append(f"The archive holds {len(strange)} files that the database does not know.")
    return found, faults


def heads_in_file(path: Path) -> SealedHead:
    """The head in a record or in an export's manifest.json; raises ProvesNothing.

    A day's manifest is read by records/stamped.py: it takes its timestamp to believe it.
    """
    trusted = authorities()
    end_reading()
    if path.suffix.lower() == ".json":
        return _head_of_manifest(path, trusted)
    head = _head(path.read_bytes(), trusted, path.name)
    if head is None:
        raise ProvesNothing(f"{path.name} carries no unbroken seal of ours with a head inside.")
    return head


def code_in(name: str) -> str:
    """The check code at the end of an archived file's name."""
    return name.rpartition("_")[2].removesuffix(".pdf")


def _strange(name: str, head: SealedHead | None) -> str:
    if head is None:
        return f"The archive holds a file that is not one of our records: {name}."
    return (
        f"The archive holds the record {code_in(name)}, and the database does not: it was put back "
        "to an older state, or the record was taken away."
    )


def _head(pdf: bytes, trusted: list[bytes], where: str) -> SealedHead | None:
    # pyHanko is imported with this module, when the first record is checked and not before.
    from records.sealcheck import check

    head = check(pdf, trusted).head
    return SealedHead(*head, where) if head else None


def _head_of_manifest(path: Path, trusted: list[bytes]) -> SealedHead:
    from records.sealcheck import check_detached

    seal, manifest = path.with_suffix(".p7s"), path.read_bytes()
    if not seal.is_file():
        raise ProvesNothing(f"{seal.name}, the seal of {path.name}, is not beside it.")
    try:
        says = orjson.loads(manifest)
        at = datetime.fromisoformat(says["made_at"])
        head = SealedHead(int(says["head"]["sequence"]), str(says["head"]["hash"]), path.name)
    except (ValueError, TypeError, LookupError) as error:
        raise ProvesNothing(f"{path.name} is not the manifest of an export.") from error
    if not check_detached(manifest, seal.read_bytes(), trusted, at):
        raise ProvesNothing(f"{seal.name} is not an unbroken seal of ours over {path.name}.")
    return head
