"""sign(): a signing is checked and sealed, and then kept, all of it in one transaction or none."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import clock
from models.events import current_head
from models.keys import Key, keys_in_use
from models.pauses import end_pauses
from models.signings import Signing
from models.tablets import Paired
from models.writing import end_reading, reading
from records import declarations
from records.body import canonical
from records.cms import CmsSigner
from records.facts import Facts
from records.gathering import facts_of, place_of, signable
from records.keeping import Accepted as Accepted
from records.keeping import Act, earlier, keep, refuse_others
from records.keys import open_seal, seal_for
from records.making import make
from records.ready import ready_for
from records.signers import signer_of
from records.submission import Submission, read


def sign(
    tablet: Paired,
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
    with reading():
        at = _worked_out(tablet, signing_id, body, sent_at, received_at, check_address)
    if isinstance(at, Accepted):
        return at
    ready = ready_for(at.setting_id, at.facts.fixed)
    end_reading()
    return keep(at.act, make(at.facts, ready, at.seal, received_at), at.beside)


def _worked_out(
    tablet: Paired,
    signing_id: UUID,
    body: dict[str, Any],
    sent_at: datetime | None,
    received_at: datetime,
    check_address: str | None,
) -> "Accepted | _AtTheTablet":
    """What is to be sealed and kept; or what was answered to the same body before."""
    setting_id = tablet.setting_id
    head = current_head(setting_id)
    keys = keys_in_use(setting_id)
    body_mac = hmac.new(keys["hmac"].private(), canonical(body), hashlib.sha256).hexdigest()
    if found := earlier(signing_id, body_mac):
        return found
    submission = read(body)
    place = place_of(tablet)
    signer = signer_of(setting_id, submission.person_id, submission.newcomer)
    signs = signable(setting_id, submission.version_id)
    refuse_others(signs, signer)
    facts = facts_of(
        signing_id, place, signs, signer, submission, sent_at, received_at, head, check_address,
    )  # fmt: skip
    seal = seal_for(setting_id, keys["seal"], received_at)
    act = Act(
        signing=_signing(setting_id, facts, body_mac),
        code=facts.code,
        version_sha256=facts.version.text_sha256,
        time_zone=place.setting.time_zone,
        seal_key_id=seal.id,
        signer=signer,
        person_id=submission.person_id,
        newcomer=submission.newcomer,
        brought={"tablet": str(tablet.id)},
        details={},
    )
    return _AtTheTablet(act, facts, submission, setting_id, open_seal(seal), keys["declarations"])


@dataclass(frozen=True)
class _AtTheTablet:
    """One signing from a tablet, worked out and not yet sealed, with what it brings along."""

    act: Act
    facts: Facts
    submission: Submission
    setting_id: UUID
    seal: CmsSigner
    declarations_key: Key

    def beside(self, signing: Signing) -> None:
        """What goes with a signing at the tablet: what was put off is settled, what was answered
        is kept."""
        told = self.submission
        end_pauses(self.setting_id, signing.person_id)
        answer = declarations.Answer(told.declaration_kind, told.declaration_note)
        declarations.keep(
            self.setting_id, signing.sitting_id, signing.person_id, answer, self.declarations_key
        )


def _signing(setting_id: UUID, facts: Facts, body_mac: str) -> Signing:
    return Signing(
        id=facts.record_id,
        setting_id=setting_id,
        sitting_id=facts.sitting_id,
        agreement_id=facts.version.agreement_id,
        version_id=facts.version.id,
        tablet_id=facts.tablet_id,
        full_name=facts.full_name,
        category=facts.category,
        organisation=facts.organisation,
        method=facts.method,
        drawing=facts.drawing.to_json() if facts.drawing else None,
        device_signed_at=facts.times.device_signed_at,
        sent_at=facts.times.sent_at,
        received_at=facts.times.received_at,
        effective_at=facts.times.effective_at,
        body_mac=body_mac,
    )
