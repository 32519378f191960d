"""The daily manifests as witnesses: do they say what the history says, and who confirmed it?"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson

from backends.timestamps import NoStamp
from models.events import BEGINNING
from models.manifests import Manifest, answer_of, body_of, manifests_until
from models.writing import end_reading
from records.heads import MOST, ProvesNothing, SealedHead
from records.manifest import Told, written

NAMES = "names"
ALL = 2**31 - 1
CHANGED = "The manifest of {} was changed."
ELSE = (
    "The manifest of {} tells of other records than the history: the history was rewritten, or put "
    "back to an older state."
)
FALSE_STAMP = "The timestamp of the manifest of {} is not as it was set. {}"
OTHER_TIME = "It says another time, or another name, than the database."


@dataclass(frozen=True, slots=True)
class Kept:
    """A manifest as the database has it; `stamped` is when and by whom, where it is."""

    id: UUID
    told: Told
    sha256: str
    stamped: tuple[datetime, str] | None


def heads_in_manifests(setting_id: UUID) -> tuple[list[SealedHead], list[str]]:
    """The heads that somebody confirmed, and a sentence for each manifest that does not fit.

    Every manifest is written anew from the history and compared. Timestamps are read of the newest
    and of some of the older ones; whom to trust was judged when they came.
    """
    kept = [_plain(manifest) for manifest in manifests_until(setting_id, ALL)]
    end_reading()
    wrong = _compared(kept)
    older = kept[:-MOST]
    heads, faults = [], list(wrong.values())
    for one in older[:: max(1, len(older) // MOST)] + kept[-MOST:]:
        day = _day(one.told)
        if one.stamped is None or wrong.get(one.told.number) == CHANGED.format(day):
            continue
        if fault := _stamp_fault(one):
            faults.append(FALSE_STAMP.format(day, fault))
        else:
            heads.append(SealedHead(*one.told.head, where=f"the manifest of {day}", knows=NAMES))
    return heads, faults


def head_of_stamped(path: Path, stamp: Path, authorities: list[bytes]) -> SealedHead:
    """The head in a manifest that was kept elsewhere with its timestamp; raises ProvesNothing."""
    from records.stamp import read_answer

    body = path.read_bytes()
    try:
        digest = hashlib.sha256(body).digest()
        read_answer(stamp.read_bytes(), digest, roots=authorities, at_its_time=True)
        head = orjson.loads(body)["head"]
        return SealedHead(int(head["sequence"]), str(head["hash"]), path.name, NAMES)
    except NoStamp as error:
        raise ProvesNothing(f"{stamp.name} does not vouch for {path.name}. {error}") from error
    except (ValueError, TypeError, LookupError) as error:
        raise ProvesNothing(f"{path.name} is not the manifest of a day.") from error


def _plain(manifest: Manifest) -> Kept:
    about = (manifest.setting_id, manifest.number, manifest.day)
    told = Told(*about, head=(manifest.sequence, manifest.hash))
    at = manifest.stamped_at
    return Kept(manifest.id, told, manifest.sha256, (at, manifest.stamped_by or "") if at else None)


def _compared(kept: list[Kept]) -> dict[int, str]:
    """A sentence for each manifest that is not as it was or does not fit, by its number."""
    faults, since, before = dict[int, str](), 0, BEGINNING
    for one in kept:
        body = body_of(one.id)
        if hashlib.sha256(body).hexdigest() != one.sha256:
            faults[one.told.number] = CHANGED.format(_day(one.told))
        elif body != written(one.told, since, before):
            faults[one.told.number] = ELSE.format(_day(one.told))
        since, before = one.told.head[0], one.sha256
    return faults


def _stamp_fault(one: Kept) -> str | None:
    # pyHanko is imported with this module, when the first one is checked and not before.
    from records.stamp import read_answer

    try:
        stamp = read_answer(answer_of(one.id), bytes.fromhex(one.sha256))
    except NoStamp as error:
        return str(error)
    return None if (stamp.at, stamp.by) == one.stamped else OTHER_TIME


def _day(one: Told) -> str:
    return f"{one.day.day} {one.day:%B %Y}"
