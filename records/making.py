"""Makes a sealed record: filled into pages that were laid out before, or laid out whole."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from records.cms import CmsSigner
from records.errors import DoesNotFit
from records.evidence import Making, evidence
from records.facts import Facts
from records.fill import Filler
from records.paper_facts import PaperFacts
from records.plan import Plan
from records.pressing import Printed, print_paper, print_whole
from records.tail import Hash, Sealed, sealed_tail


@dataclass(frozen=True, slots=True)
class Ready:
    """A template made ready to be filled in. Its bytes are not needed: their hash has begun."""

    id: UUID
    sha256: str
    filler: Filler
    begun: Hash


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed record. `pdf` is the whole of it, or what follows the template's bytes."""

    template_id: UUID | None
    pdf: bytes
    sha256: str
    size: int


def make_ready(template_id: UUID, pdf: bytes, plan: Plan) -> Ready:
    """Prepare a template once for many records."""
    begun = hashlib.sha256(pdf)
    return Ready(template_id, begun.hexdigest(), Filler(plan), begun)


def make(facts: Facts, ready: Ready | None, signer: CmsSigner, at: datetime) -> Made:
    """Seal one signing, however long it takes; what does not fit its template is printed whole.

    Raises PressFailed when it has to be printed and cannot be.
    """
    if ready is None:
        return make_whole(facts, "no_template", signer, at)
    try:
        return fill_in(facts, ready, signer, at)
    except DoesNotFit as why:
        return make_whole(facts, str(why), signer, at)


def fill_in(facts: Facts, ready: Ready, signer: CmsSigner, at: datetime) -> Made:
    """Seal one signing into pages that were laid out before; raises DoesNotFit."""
    sealed = filled(facts, ready, signer, at)
    size = ready.filler.plan.anchors.length + len(sealed.tail)
    return Made(ready.id, sealed.tail, sealed.sha256, size)


def filled(facts: Facts, ready: Ready, signer: CmsSigner, at: datetime) -> Sealed:
    """Give what follows a template's bytes for one signing, sealed; raises DoesNotFit."""
    says = evidence(facts, Making("filled", template_sha256=ready.sha256))
    objects = ready.filler.objects(facts, says)
    return sealed_tail(ready.filler.plan.anchors, ready.begun, objects, signer, at)


def make_whole(facts: Facts, why: str, signer: CmsSigner, at: datetime) -> Made:
    """Lay a record out by itself, in a child, and seal it."""
    return _seal(print_whole(facts, Making("whole", why_whole=why)), signer, at)


def make_of_paper(facts: PaperFacts, signer: CmsSigner) -> Made:
    """Lay the record of a signature on paper out, in a child, and seal it; raises PressFailed."""
    return _seal(print_paper(facts, Making("whole", why_whole="paper")), signer, facts.filed_at)


def _seal(printed: Printed, signer: CmsSigner, at: datetime) -> Made:
    sealed = sealed_tail(printed.anchors, hashlib.sha256(printed.pdf), {}, signer, at)
    pdf = printed.pdf + sealed.tail
    return Made(None, pdf, sealed.sha256, len(pdf))
