"""keep(): what was signed and sealed goes into the database, all of it in one transaction."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.categories import CATEGORIES
from models.events import happened, wait_for_turn
from models.prepared import PreparedSelect
from models.signings import Record, Signing
from models.writing import insert, insert_values, writing
from outbox.putting import put_first
from records.errors import NotAcceptable, SameIdOtherBody
from records.gathering import Signable, Signer
from records.making import Made
from records.signers import person_of
from records.submission import Newcomer
from renewals.addresses import letters_of_signing
from renewals.dues import renew, runs_to

_EARLIER = PreparedSelect(
    sa.select(Signing.body_mac).where(Signing.id == sa.bindparam("id", type_=sa.Uuid()))
)


@dataclass(frozen=True)
class Accepted:
    """What whoever brought a signing is told; the same again when they ask again."""

    record_id: UUID
    code: str
    signed_at: datetime
    received_at: datetime
    due_on: date
    replayed: bool


@dataclass(frozen=True)
class Act:
    """One signing, worked out and not yet kept.

    signing: its row, without the person, who is only settled when saving, and the due day.
    brought: who brought it, as ids for the event. details: what the event says of it beside.
    """

    signing: Signing
    code: str
    version_sha256: str
    time_zone: str
    seal_key_id: UUID
    signer: Signer
    person_id: UUID | None
    newcomer: Newcomer | None
    brought: dict[str, str]
    details: dict[str, str]


def refuse_others(signs: Signable, signer: Signer) -> None:
    """Raise NotAcceptable for somebody whose category does not sign this version."""
    if signer.category not in signs.wordings:
        words = CATEGORIES[signer.category].lower()
        raise NotAcceptable({"category": f"This agreement is not one that a {words} signs."})


def keep(act: Act, made: Made, beside: Callable[[Signing], None]) -> Accepted:
    """Keep a signing with its record, all of it or nothing; opens writing().

    `beside` writes what goes with it. What was brought twice at once is kept once, so it is asked
    again here whether it is there. Raises SameIdOtherBody or CannotSave; then nothing was kept.
    """
    signing = act.signing
    with writing():
        wait_for_turn(signing.setting_id)
        return earlier(signing.id, signing.body_mac) or _kept(act, made, beside)


def _kept(act: Act, made: Made, beside: Callable[[Signing], None]) -> Accepted:
    signing = act.signing
    person, signing.found = person_of(
        signing.setting_id,
        act.time_zone,
        act.person_id,
        act.newcomer,
        act.signer,
        signing.agreement_id,
    )
    signing.person_id = person.id
    day = runs_to(signing, act.time_zone)
    signing.due_on = day.on
    insert(signing)
    renew(signing, day)
    _keep_record(act, made)
    beside(signing)
    put_first(signing.setting_id, "archive", str(signing.id))
    letters_of_signing(signing.setting_id, person, signing.id)
    return _accepted(signing, act.code, replayed=False)


def _keep_record(act: Act, made: Made) -> None:
    signing = act.signing
    event = happened(
        signing.setting_id,
        "signing.sealed",
        {
            "record": str(signing.id),
            "code": act.code,
            "record_sha256": made.sha256,
            "version": str(signing.version_id),
            "version_sha256": act.version_sha256,
            "person": str(signing.person_id),
            **act.brought,
        },
        {
            "full_name": signing.full_name,
            "category": signing.category,
            "found": signing.found,
            **act.details,
        },
    )
    insert_values(
        Record,
        signing_id=signing.id,
        setting_id=signing.setting_id,
        code=act.code,
        pdf=made.pdf,
        template_id=made.template_id,
        sha256=made.sha256,
        size=made.size,
        seal_key_id=act.seal_key_id,
        event_id=event.id,
    )


def earlier(signing_id: UUID, body_mac: str) -> Accepted | None:
    """What was answered to this id the first time.

    Ids are unique across settings: one that is another setting's has another body by its MAC.
    """
    found = _EARLIER.first(id=signing_id)
    if found is None:
        return None
    if not hmac.compare_digest(found[0], body_mac):
        raise SameIdOtherBody
    signing = db.session.get_one(Signing, signing_id)
    record = db.session.get_one(Record, signing_id)
    return _accepted(signing, record.code, replayed=True)


def _accepted(signing: Signing, code: str, *, replayed: bool) -> Accepted:
    return Accepted(
        record_id=signing.id,
        code=code,
        signed_at=signing.effective_at,
        received_at=signing.received_at,
        due_on=signing.due_on,
        replayed=replayed,
    )
