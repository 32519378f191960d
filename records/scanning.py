"""A signature on paper: photographed, looked at, and filed as a sealed record that says so."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import clock
from extensions import db
from models.agreements import Version, published_version
from models.base import new_id
from models.keys import keys_in_use
from models.managers import Manager
from models.scans import Photograph, Scan, forget_scan, photographs_of
from models.settings import Setting
from models.signings import Signing, newest_that_counts
from models.writing import end_reading, writing
from records.body import canonical
from records.codes import new_code
from records.errors import NeverHad
from records.gathering import Signable, Signer, newest_head, setting_facts, signable
from records.keeping import Accepted, Act, keep, refuse_others
from records.keys import open_seal, seal_for
from records.making import make_of_paper
from records.paper_evidence import METHOD
from records.paper_facts import PageOfPaper, PaperFacts
from records.photographs import PhotographRefused, straightened
from records.signers import signer_of
from renewals.dues import runs_to

MOST_PHOTOGRAPHS = 10


class NotReadable(Exception):
    """One photograph was refused; str() says which, and what to do."""


@dataclass(frozen=True)
class Paper:
    """What a manager says of a paper, before the photographs are looked at."""

    person_id: UUID
    version_id: UUID
    signed_on: date
    seen_by: str | None


def tidied(sent: Iterable[bytes]) -> list[Photograph]:
    """The photographs as they would be filed, in their order; raises NotReadable.

    sent: the bytes of each, one at a time, because ten of them take much memory.

    No read may be open: each is looked at in a child, which takes a moment.
    """
    found = []
    for number, data in enumerate(sent, start=1):
        try:
            jpeg = straightened(data)
        except PhotographRefused as refused:
            raise NotReadable(f"Photograph {number}: {refused.sentence}") from refused
        sent_sha256 = hashlib.sha256(data).hexdigest()
        found.append(Photograph(number=number, jpeg=jpeg, sent_sha256=sent_sha256))
    return found


def begin_scan(
    setting_id: UUID, manager_id: UUID, paper: Paper, photographs: list[Photograph]
) -> UUID:
    """Keep a photographed paper until a manager has looked at it, for a day at most."""
    scan_id = new_id()
    with writing():
        db.session.add(
            Scan(
                id=scan_id,
                setting_id=setting_id,
                person_id=paper.person_id,
                version_id=paper.version_id,
                signed_on=paper.signed_on,
                seen_by=paper.seen_by,
                by_id=manager_id,
            )
        )
        db.session.flush()
        for photograph in photographs:
            photograph.setting_id, photograph.scan_id = setting_id, scan_id
        db.session.add_all(photographs)
    return scan_id


def drop_scan(setting_id: UUID, scan_id: UUID) -> None:
    """Forget a paper that is not to be filed; opens writing() itself."""
    with writing():
        forget_scan(setting_id, scan_id)


def file_scan(
    setting: Setting, scan: Scan, filed_by: Manager, check_address: str | None
) -> Accepted:
    """File a paper; when this returns its record is sealed and on the disk, and the scan is gone.

    Twice is once. Raises NeverHad, NotAcceptable, PressFailed or CannotSave; then nothing was
    filed, and the scan stays.
    """
    keys = keys_in_use(setting.id)
    signer = signer_of(setting.id, scan.person_id, None)
    signs = signable(setting.id, scan.version_id)
    refuse_others(signs, signer)
    facts = _facts(setting, scan, signs, signer, filed_by, check_address)
    seal = seal_for(setting.id, keys["seal"], facts.filed_at)
    act = Act(
        signing=_signing(setting.id, facts, _mac(keys["hmac"].private(), facts)),
        code=facts.code,
        version_sha256=facts.version.text_sha256,
        time_zone=setting.time_zone,
        seal_key_id=seal.id,
        signer=signer,
        person_id=scan.person_id,
        newcomer=None,
        brought={"manager": str(filed_by.id)},
        details=_details(facts),
    )
    opened = open_seal(seal)
    # Printing takes seconds, and no reader may stay open meanwhile.
    end_reading()
    made = make_of_paper(facts, opened)
    return keep(act, made, lambda signing: forget_scan(signing.setting_id, signing.id))


@dataclass(frozen=True)
class Runs:
    """What a paper would come to: the day it runs to, and when its person has signed since."""

    until: date
    newer_on: date | None


def would_run(setting: Setting, scan: Scan) -> tuple[Version, Runs]:
    """The version that was signed, and what filing a paper would come to."""
    version = published_version(setting.id, scan.version_id)
    if version is None:
        raise NeverHad
    signed_at = clock.day_begins(scan.signed_on, setting.time_zone)
    signing = Signing(
        agreement_id=version.agreement_id, version_id=version.id, effective_at=signed_at
    )
    newest = newest_that_counts(setting.id, scan.person_id, version.agreement_id)
    newer_on = None
    if newest is not None and newest.effective_at > signed_at:
        newer_on = clock.local_day(newest.effective_at, setting.time_zone)
    return version, Runs(runs_to(signing, setting.time_zone).on, newer_on)


def version_of_day(versions: list[Version], day: date, time_zone: str) -> Version | None:
    """The newest of an agreement's versions that was published by a day; None before the first."""
    there = [one for one in versions if clock.local_day(one.published_at, time_zone) <= day]
    return max(there, key=lambda version: version.number, default=None)


def _facts(
    setting: Setting,
    scan: Scan,
    signs: Signable,
    signer: Signer,
    filed_by: Manager,
    check_address: str | None,
) -> PaperFacts:
    code = new_code()
    return PaperFacts(
        record_id=scan.id,
        code=code,
        setting=setting_facts(setting),
        version=signs.version,
        wording=signs.wordings[signer.category],
        full_name=signer.full_name,
        category=signer.category,
        organisation=signer.organisation,
        under_18=signer.under_18,
        signed_on=scan.signed_on,
        seen_by=scan.seen_by,
        filed_by=filed_by.name,
        filed_by_id=filed_by.id,
        filed_at=clock.now(),
        pages=tuple(_page(one) for one in photographs_of(setting.id, scan.id)),
        head=newest_head(setting.id),
        check_address=f"{check_address}/{code}" if check_address else None,
    )


def _page(photograph: Photograph) -> PageOfPaper:
    jpeg = photograph.jpeg
    return PageOfPaper(jpeg, hashlib.sha256(jpeg).hexdigest(), photograph.sent_sha256)


def _mac(secret: bytes, facts: PaperFacts) -> str:
    """By it a paper that is filed twice, from two windows, is recognised."""
    says = {
        "version": str(facts.version.id),
        "person": facts.full_name,
        "signed_on": facts.signed_on.isoformat(),
        "seen_by": facts.seen_by,
        "photographs": [page.sha256 for page in facts.pages],
    }
    return hmac.new(secret, canonical(says), hashlib.sha256).hexdigest()


def _signing(setting_id: UUID, facts: PaperFacts, body_mac: str) -> Signing:
    return Signing(
        id=facts.record_id,
        setting_id=setting_id,
        # Nothing else was signed in one go with it.
        sitting_id=facts.record_id,
        agreement_id=facts.version.agreement_id,
        version_id=facts.version.id,
        full_name=facts.full_name,
        category=facts.category,
        organisation=facts.organisation,
        method=METHOD,
        received_at=facts.filed_at,
        effective_at=facts.effective_at,
        body_mac=body_mac,
    )


def _details(facts: PaperFacts) -> dict[str, str]:
    seen = {"seen_by": facts.seen_by} if facts.seen_by else {}
    return {"method": METHOD, "signed_on": facts.signed_on.isoformat(), **seen}
