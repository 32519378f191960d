"""Verdicts on records of ours and on files that somebody brings."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import Version
from models.events import Event
from models.keys import certificates
from models.signings import Record, Signing, whole_pdf
from models.standings import Standing, standing_of
from models.writing import end_reading
from records.looking import look_into
from records.text import sha256
from records.verify import Published, Verdict, judged, verify


@dataclass(frozen=True, slots=True)
class Known:
    """What a record has to be: its hash and its text's are those that the history names."""

    signing_id: UUID
    sha256: str
    published: Published
    standing: Standing
    on_paper: bool


def verdict_on_record(record_id: UUID) -> Verdict | None:
    """The verdict on the bytes we keep for a record; None when there is no such record."""
    row = db.session.execute(_records().where(Record.signing_id == record_id)).first()
    if row is None:
        return None
    known, pdf, trusted = _known(row), whole_pdf(row.Record), authorities()
    end_reading()
    verdict = verify(
        pdf,
        expected_sha256=known.sha256,
        authority_certificates=trusted,
        published=known.published,
    )
    return _today(verdict, known)


def verdict_on_file(pdf: bytes) -> Verdict:
    """The verdict on a file that may be anything: looked up by its hash, then looked into by a
    child; raises TooBusy."""
    digest = hashlib.sha256(pdf).hexdigest()
    row = db.session.execute(_records().where(Record.sha256 == digest)).first()
    known, trusted = _known(row) if row else None, authorities()
    end_reading()
    finding = look_into(pdf, trusted)
    if known is None:
        return judged(finding, digest, None, None)
    return _today(judged(finding, digest, known.sha256, known.published), known)


def _today(verdict: Verdict, known: Known) -> Verdict:
    return replace(
        verdict,
        signing_id=known.signing_id,
        standing=known.standing,
        on_paper=known.on_paper,
    )


def authorities() -> list[bytes]:
    """The certificates (DER) that vouch for seals, those of earlier years included."""
    return list(certificates("ca"))


def _records() -> sa.Select[Any]:
    # The hashes are those in the history: whoever changes bytes and row has not changed that.
    return (
        sa.select(Record, Event.ids, Version, Signing.method)
        .join(Event, Event.id == Record.event_id)
        .join(Signing, Signing.id == Record.signing_id)
        .join(Version, Version.id == Signing.version_id)
    )


def _known(row: Any) -> Known:
    return Known(
        row.Record.signing_id,
        row.ids["record_sha256"],
        _published(row.Version, row.ids["version_sha256"]),
        standing_of(row.Record.signing_id),
        row.method == "paper",
    )


def _published(version: Version, sealed_sha256: str) -> Published:
    """The version as it was published; one whose text was changed since has no hash that fits."""
    unchanged = sha256(version.text) == version.text_sha256 == sealed_sha256
    return Published(str(version.id), version.number, sealed_sha256 if unchanged else "")
