"""Picks sealed records to put inside a pack, and reads them a few at a time."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog

from extensions import db
from models.agreements import Version
from models.exports import kept_of, template_bytes
from models.signings import Record, Signing, neutral_file_name
from records.pack.facts import Enclosed
from records.rows import METHODS

log = structlog.get_logger()

# One file that goes into an e-mail or onto a stick; beyond it there is the ZIP of every record.
MOST_RECORDS = 200
MOST_BYTES = 30 * 1024**2
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A record that may be enclosed, but for its bytes."""

    signing_id: UUID
    full_name: str
    category: str
    effective_at: datetime
    what: str
    code: str
    size: int
    sha256: str


def listed(setting_id: UUID, wanted: Sequence[UUID]) -> list[Listed]:
    """These signings' records, in the order asked for; what is not this setting's is left out."""
    found: dict[UUID, Listed] = {}
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            sa.select(Signing, Record, Version.title, Version.number)
            .join(Record, Record.signing_id == Signing.id)
            .join(Version, Version.id == Signing.version_id)
            .where(Signing.setting_id == setting_id, Signing.id.in_(wanted[start : start + 500]))
        )
        for signing, record, title, number in rows:
            found[signing.id] = Listed(
                signing.id,
                signing.full_name,
                signing.category,
                signing.effective_at,
                _what(signing, title, number),
                record.code,
                record.size,
                record.sha256,
            )
    return [found[one] for one in wanted if one in found]


def _what(signing: Signing, title: str, number: int) -> str:
    what = f"{title}, version {number}"
    return f"{what}, {METHODS['paper'].lower()}" if signing.method == "paper" else what


def that_fit(found: list[Listed]) -> list[Listed]:
    """The first ones, up to the limits of a pack."""
    fit, size = [], 0
    for one in found[:MOST_RECORDS]:
        size += one.size
        if size > MOST_BYTES:
            break
        fit.append(one)
    return fit


def read(
    setting_id: UUID, chosen: list[Listed], time_zone: str
) -> Iterator[tuple[Enclosed, bytes]]:
    """Each record with its very bytes; one that was erased meanwhile is left out.

    One that is not as it was sealed comes too, and says so.
    """
    beginnings: dict[UUID | None, bytes] = {None: b""}
    for start in range(0, len(chosen), AT_ONCE):
        few = chosen[start : start + AT_ONCE]
        kept = kept_of(setting_id, [one.signing_id for one in few])
        for one in few:
            if one.signing_id not in kept:
                continue
            template_id, rest = kept[one.signing_id]
            if template_id is not None and template_id not in beginnings:
                beginnings[template_id] = template_bytes(template_id)
            pdf = beginnings[template_id] + rest
            yield _enclosed(one, pdf, time_zone), pdf


def _enclosed(one: Listed, pdf: bytes, time_zone: str) -> Enclosed:
    intact = hashlib.sha256(pdf).hexdigest() == one.sha256
    if not intact:
        log.error("record.damaged", record=str(one.signing_id))
    return Enclosed(
        file=neutral_file_name(one, one.code, time_zone),
        full_name=one.full_name,
        what=one.what,
        signed_at=one.effective_at,
        code=one.code,
        sha256=one.sha256,
        intact=intact,
    )
