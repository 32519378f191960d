"""Verdicts on records of ours and on files that somebody brings."""

import hashlib
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.events import Event
from models.keys import keys_for
from models.signings import Record, whole_pdf
from models.writing import end_reading
from records.verify import Verdict, verify


def verdict_on_record(record_id: UUID) -> Verdict | None:
    """The verdict on the bytes we keep for a record; None when there is no such record."""
    found = db.session.execute(
        sa.select(Record, Event.ids)
        .join(Event, Event.id == Record.event_id)
        .where(Record.signing_id == record_id)
    ).first()
    if found is None:
        return None
    # The hash is the one in the history: whoever changes bytes and row has not changed that.
    return _verdict(whole_pdf(found.Record), found.ids["record_sha256"])


def verdict_on_file(pdf: bytes) -> Verdict:
    """The verdict on a file, looked up by its SHA-256."""
    digest = hashlib.sha256(pdf).hexdigest()
    known = db.session.scalar(sa.select(Record.sha256).where(Record.sha256 == digest))
    return _verdict(pdf, known)


def _verdict(pdf: bytes, expected: str | None) -> Verdict:
    authorities = [
        key.certificate for key in db.session.scalars(keys_for("ca")) if key.certificate is not None
    ]
    end_reading()
    return verify(pdf, expected_sha256=expected, authority_certificates=authorities)
