"""sign(): a signing is checked, sealed and kept, all of it in one transaction or none of it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.categories import CATEGORIES
from models.events import happened, wait_for_turn
from models.keys import Key, keys_in_use
from models.pauses import end_pauses
from models.signings import Record, Signing
from models.tablets import Tablet
from models.writing import end_reading, insert, pause_reading, turn, writing
from outbox.putting import put
from records import declarations
from records.body import canonical
from records.cms import CmsSigner
from records.errors import DoesNotFit, NotAcceptable, SameIdOtherBody
from records.facts import Facts
from records.gathering import Signable, Signer, facts_of, signable
from records.keys import open_seal, seal_in_force
from records.making import Made, fill_in, make
from records.ready import at_hand, ready_for
from records.signers import person_of, signer_of
from records.submission import Submission, read
from renewals.addresses import letters_of_signing
from renewals.dues import renew, runs_to

_EARLIER = sa.select(Signing.body_mac).where(Signing.id == sa.bindparam("id", type_=sa.Uuid()))


@dataclass(frozen=True)
class Accepted:
    """What the tablet is told; the same again when it asks again."""

    record_id: UUID
    code: str
    signed_at: datetime
    received_at: datetime
    due_on: date
    replayed: bool


def sign(
    tablet: Tablet,
    signing_id: UUID,
    body: dict[str, Any],
    sent_at: datetime | None,
    check_address: str | None,
) -> Accepted:
    """Accept one signing from a tablet; when this returns it is sealed and on the disk.

    The same id with the same body is answered as the first time. Raises NotAcceptable,
    NeverHad, SameIdOtherBody or CannotSave; then nothing was kept.
    """
    received_at = clock.now()
    with turn():
        act = _worked_out(tablet, signing_id, body, sent_at, received_at, check_address)
        if isinstance(act, Accepted):
            return act
        if made := _filled_in(act):
            return _keep(act, made)
    # Laying out or printing takes seconds, and others have their turn meanwhile.
    ready = ready_for(act.setting_id, act.facts.fixed)
    end_reading()
    return _keep(act, make(act.facts, ready, act.seal, received_at))


def _worked_out(
    tablet: Tablet,
    signing_id: UUID,
    body: dict[str, Any],
    sent_at: datetime | None,
    received_at: datetime,
    check_address: str | None,
) -> "Accepted | _Act":
    """What is to be sealed and kept; or what was answered to the same body before."""
    setting = tablet.setting
    keys = keys_in_use(setting.id)
    body_mac = hmac.new(keys["hmac"].private(), canonical(body), hashlib.sha256).hexdigest()
    if earlier := _earlier(signing_id, body_mac):
        return earlier
    submission = read(body)
    signer = signer_of(setting.id, submission.person_id, submission.newcomer)
    signs = signable(setting.id, submission.version_id)
    _refuse_others(signs, signer)
    facts = facts_of(
        signing_id, setting, tablet, signs, signer, submission, sent_at, received_at,
        check_address,
    )  # fmt: skip
    seal = seal_in_force(setting.id, keys["seal"], received_at)
    return _Act(
        facts, submission, signer, setting.id, setting.time_zone, body_mac, received_at,
        open_seal(seal), seal.id, keys["declarations"],
    )  # fmt: skip


def _filled_in(act: "_Act") -> Made | None:
    """The signing in pages that were laid out before; None where there are none that it fits."""
    ready = at_hand(act.setting_id, act.facts.fixed)
    # What comes from the database was read by now: looking at a row again would open it again,
    # and whoever computes keeps no reader open.
    pause_reading()
    try:
        return fill_in(act.facts, ready, act.seal, act.received_at) if ready else None
    except DoesNotFit:
        return None


@dataclass(frozen=True)
class _Act:
    """One signing, worked out and not yet kept."""

    facts: Facts
    submission: Submission
    signer: Signer
    setting_id: UUID
    time_zone: str
    body_mac: str
    received_at: datetime
    seal: CmsSigner
    seal_key_id: UUID
    declarations_key: Key


def _refuse_others(signs: Signable, signer: Signer) -> None:
    if signer.category not in signs.wordings:
        words = CATEGORIES[signer.category].lower()
        raise NotAcceptable({"category": f"This agreement is not one that a {words} signs."})


def _keep(act: _Act, made: Made) -> Accepted:
    setting_id, facts, told = act.setting_id, act.facts, act.submission
    with writing():
        # What was asked before the sealing is asked again, now that nobody else can answer it.
        wait_for_turn(setting_id)
        if earlier := _earlier(facts.record_id, act.body_mac):
            return earlier
        person, found = person_of(
            setting_id, act.time_zone, told.person_id, told.newcomer, act.signer
        )
        signing = _signing(act, person.id, found)
        day = runs_to(signing, act.time_zone)
        signing.due_on = day.on
        insert(signing)
        renew(signing, day)
        end_pauses(setting_id, person.id)
        record = _record(signing, act, made)
        insert(record)
        answer = declarations.Answer(told.declaration_kind, told.declaration_note)
        declarations.keep(setting_id, signing.sitting_id, person.id, answer, act.declarations_key)
        put(setting_id, "archive", str(signing.id))
        letters_of_signing(setting_id, person, signing.id)
    return _accepted(signing, record, replayed=False)


def _signing(act: _Act, person_id: UUID, found: str) -> Signing:
    facts = act.facts
    return Signing(
        id=facts.record_id,
        setting_id=act.setting_id,
        sitting_id=facts.sitting_id,
        person_id=person_id,
        agreement_id=facts.version.agreement_id,
        version_id=facts.version.id,
        tablet_id=facts.tablet_id,
        full_name=facts.full_name,
        category=facts.category,
        organisation=facts.organisation,
        method=facts.method,
        drawing=facts.drawing.to_json() if facts.drawing else None,
        found=found,
        device_signed_at=facts.times.device_signed_at,
        sent_at=facts.times.sent_at,
        received_at=facts.times.received_at,
        effective_at=facts.times.effective_at,
        body_mac=act.body_mac,
    )


def _record(signing: Signing, act: _Act, made: Made) -> Record:
    facts = act.facts
    event = happened(
        signing.setting_id,
        "signing.sealed",
        {
            "record": str(signing.id),
            "code": facts.code,
            "record_sha256": made.sha256,
            "version": str(signing.version_id),
            "version_sha256": facts.version.text_sha256,
            "person": str(signing.person_id),
            "tablet": str(signing.tablet_id),
        },
        {"full_name": signing.full_name, "category": signing.category, "found": signing.found},
    )
    return Record(
        signing_id=signing.id,
        setting_id=signing.setting_id,
        code=facts.code,
        pdf=made.pdf,
        template_id=made.template_id,
        sha256=made.sha256,
        size=made.size,
        seal_key_id=act.seal_key_id,
        event_id=event.id,
    )


def _earlier(signing_id: UUID, body_mac: str) -> Accepted | None:
    """What was answered to this id the first time.

    Ids are unique across settings: one that is another setting's has another body by its MAC.
    """
    earlier_mac = db.session.connection().scalar(_EARLIER, {"id": signing_id})
    if earlier_mac is None:
        return None
    if not hmac.compare_digest(earlier_mac, body_mac):
        raise SameIdOtherBody
    signing = db.session.get_one(Signing, signing_id)
    return _accepted(signing, db.session.get_one(Record, signing_id), replayed=True)


def _accepted(signing: Signing, record: Record, *, replayed: bool) -> Accepted:
    return Accepted(
        record_id=signing.id,
        code=record.code,
        signed_at=signing.effective_at,
        received_at=signing.received_at,
        due_on=signing.due_on,
        replayed=replayed,
    )
