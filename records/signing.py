"""sign(): a signing is checked, sealed and kept, all of it in one transaction or none of it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import clock
from extensions import db
from models.agreements import Version, published_version
from models.categories import CATEGORIES
from models.events import happened, wait_for_turn
from models.keys import Key, current_key
from models.pauses import end_pauses
from models.people import Person
from models.settings import Setting
from models.signings import Record, Signing
from models.tablets import Tablet
from models.writing import end_reading, writing
from outbox.putting import put
from records import declarations
from records.body import canonical
from records.errors import NeverHad, NotAcceptable, SameIdOtherBody
from records.facts import Facts
from records.gathering import Signer, facts_of
from records.keys import open_seal, seal_in_force
from records.making import Made, make
from records.ready import ready_for
from records.signers import person_of, signer_of
from records.submission import Submission, read
from renewals.addresses import letters_of_signing
from renewals.dues import renew


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
    setting = db.session.get_one(Setting, tablet.setting_id)
    body_mac = _mac(setting.id, body)
    # Ids are unique across settings: one that is another setting's has another body by its MAC.
    if earlier := db.session.get(Signing, signing_id):
        return _again(earlier, body_mac)
    submission = read(body)
    signer = signer_of(setting.id, submission.person_id, submission.newcomer)
    version = _version(setting.id, submission, signer)
    facts = facts_of(
        signing_id, setting, tablet, version, signer, submission, sent_at, received_at,
        check_address,
    )  # fmt: skip
    ready = ready_for(setting.id, facts.fixed)
    key = seal_in_force(setting.id, received_at)
    seal_of_setting = open_seal(key)
    # What does not fit is printed whole, which takes long: no reader may be open meanwhile, and no
    # writer yet. What comes from the database was read before, because looking at a row again
    # would open it again.
    end_reading()
    made = make(facts, ready, seal_of_setting, received_at)
    return _keep(facts, submission, signer, setting, tablet, made, key, body_mac)


def _version(setting_id: UUID, submission: Submission, signer: Signer) -> Version:
    version = published_version(setting_id, submission.version_id)
    if version is None:
        raise NeverHad
    if version.wording_for(signer.category) is None:
        words = CATEGORIES[signer.category].lower()
        raise NotAcceptable({"category": f"This agreement is not one that a {words} signs."})
    return version


def _keep(
    facts: Facts,
    submission: Submission,
    signer: Signer,
    setting: Setting,
    tablet: Tablet,
    made: Made,
    key: Key,
    body_mac: str,
) -> Accepted:
    with writing():
        # What was asked before the sealing is asked again, now that nobody else can answer it.
        wait_for_turn(setting.id)
        if earlier := db.session.get(Signing, facts.record_id):
            return _again(earlier, body_mac)
        person, found = person_of(setting, submission.person_id, submission.newcomer, signer)
        signing = _signing(facts, setting, tablet, person, found, body_mac)
        db.session.add(signing)
        db.session.flush()
        signing.due_on = renew(signing, setting.time_zone)
        end_pauses(setting.id, person.id)
        record = _record(signing, facts, made, key)
        db.session.add(record)
        declarations.keep(
            setting.id,
            signing.sitting_id,
            person.id,
            declarations.Answer(submission.declaration_kind, submission.declaration_note),
        )
        put(setting.id, "archive", str(signing.id))
        letters_of_signing(setting.id, person, signing.id)
    return _accepted(signing, record, replayed=False)


def _signing(
    facts: Facts, setting: Setting, tablet: Tablet, person: Person, found: str, body_mac: str
) -> Signing:
    return Signing(
        id=facts.record_id,
        setting_id=setting.id,
        sitting_id=facts.sitting_id,
        person_id=person.id,
        agreement_id=facts.version.agreement_id,
        version_id=facts.version.id,
        tablet_id=tablet.id,
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
        due_on=clock.local_day(facts.times.effective_at, setting.time_zone),
        body_mac=body_mac,
    )


def _record(signing: Signing, facts: Facts, made: Made, key: Key) -> Record:
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
        seal_key_id=key.id,
        event_id=event.id,
    )


def _again(earlier: Signing, body_mac: str) -> Accepted:
    if not hmac.compare_digest(earlier.body_mac, body_mac):
        raise SameIdOtherBody
    record = db.session.get_one(Record, earlier.id)
    return _accepted(earlier, record, replayed=True)


def _accepted(signing: Signing, record: Record, *, replayed: bool) -> Accepted:
    return Accepted(
        record_id=signing.id,
        code=record.code,
        signed_at=signing.effective_at,
        received_at=signing.received_at,
        due_on=signing.due_on,
        replayed=replayed,
    )


def _mac(setting_id: UUID, body: dict[str, Any]) -> str:
    key = current_key("hmac", setting_id)
    return hmac.new(key.private(), canonical(body), hashlib.sha256).hexdigest()
