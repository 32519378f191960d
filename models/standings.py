"""Where a signing stands today, and what anybody who holds its record may know of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from extensions import db
from models.agreements import Version
from models.erasures import erasure_of_record
from models.settings import Setting
from models.signings import Record, Signing
from models.voids import Void, not_voided


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a signing is the one that counts: a word for programs, two sentences for people.

    since: when it was voided or erased.
    """

    word: str
    title: str
    sentence: str
    since: datetime | None = None


CURRENT = Standing(
    "current",
    "This is the newest signature.",
    "The same person has not signed this agreement again since.",
)
NEWER_VERSION = Standing(
    "newer version",
    "This is the newest signature, and the agreement has a newer version.",
    "The same person has not signed again since. This record shows the text as it was then.",
)
SIGNED_AGAIN = Standing(
    "signed again",
    "It was signed again since.",
    "The same person has a newer record, and the newer one counts. This one is kept as it is.",
)

VOIDED = Standing(
    "voided",
    "This record was voided.",
    "The setting said that it does not count. It is kept as it was sealed.",
)
ERASED = Standing(
    "erased",
    "This record was erased.",
    "The setting keeps neither the PDF nor the name any more. It was erased {why}.",
)


# How a list of signings can be narrowed down, and how people say it.
STANDS = {
    "current": "The newest of its person",
    "superseded": "Signed again since",
    "voided": "Voided",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What anybody who holds a record, or its check code, may know: never who signed."""

    signing_id: UUID
    code: str
    setting_name: str
    time_zone: str
    title: str
    number: int
    signed_at: datetime
    method: str


def standing_of(signing_id: UUID) -> Standing:
    """Where a signing stands: the only place that decides it."""
    again, newer, voided_at = db.session.execute(
        sa.select(_signed_again(), _newer_version(), Void.made_at)
        .select_from(Signing)
        .join(Version, Version.id == Signing.version_id)
        .outerjoin(Void, Void.signing_id == Signing.id)
        .where(Signing.id == signing_id)
    ).one()
    if erasure := erasure_of_record(signing_id):
        words = ERASED.sentence.format(why=erasure.why_words)
        return replace(ERASED, sentence=words, since=erasure.made_at)
    if voided_at:
        return replace(VOIDED, since=voided_at)
    if again:
        return SIGNED_AGAIN
    return NEWER_VERSION if newer else CURRENT


def found_by_code(code: str) -> Found | None:
    """What a check code leads to, whichever setting it belongs to; the code as it is printed."""
    return _found(Record.code == code)


def found_by_record(signing_id: UUID) -> Found | None:
    """The same for a record of ours."""
    return _found(Record.signing_id == signing_id)


def stands(standing: str) -> sa.ColumnElement[bool]:
    """Whether a signing stands so, for where(): a key of STANDS."""
    if standing == "voided":
        return ~not_voided(Signing.id)
    again = _signed_again()
    return sa.and_(not_voided(Signing.id), again if standing == "superseded" else ~again)


def _found(which: sa.ColumnElement[bool]) -> Found | None:
    row = db.session.execute(
        sa.select(
            Record.signing_id,
            Record.code,
            Setting.name,
            Setting.time_zone,
            Version.title,
            Version.number,
            Signing.effective_at,
            Signing.method,
        )
        .select_from(Record)
        .join(Signing, Signing.id == Record.signing_id)
        .join(Setting, Setting.id == Record.setting_id)
        .join(Version, Version.id == Signing.version_id)
        .where(which)
    ).first()
    return Found(*row) if row else None


def _signed_again() -> sa.ColumnElement[bool]:
    """The same person signed it later; of two at one moment, the one that arrived later counts."""
    other = aliased(Signing)
    later = sa.or_(
        other.effective_at > Signing.effective_at,
        sa.and_(
            other.effective_at == Signing.effective_at, other.received_at > Signing.received_at
        ),
    )
    return sa.exists().where(
        other.setting_id == Signing.setting_id,
        other.person_id == Signing.person_id,
        other.agreement_id == Signing.agreement_id,
        not_voided(other.id),
        later,
    )


def _newer_version() -> sa.ColumnElement[bool]:
    other = aliased(Version)
    return sa.exists().where(
        other.agreement_id == Version.agreement_id,
        other.number > Version.number,
    )
