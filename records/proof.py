"""Proves a template before anybody's signing goes into it, with test signings and a test key.

This runs in the child that lays out; in the tests veraPDF and poppler prove the same.
"""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pikepdf

from records.cutting import texts
from records.drawing import Drawing
from records.errors import CannotLayOut, DoesNotFit
from records.facts import ChainHead, Facts, Fixed, Reading, Times, Witness
from records.making import filled, make_ready
from records.pressing import Template
from records.rows import words
from records.seal import load_signer, new_authority, new_seal
from records.verify import Published, verify

NOBODY = UUID(int=0)
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
CODE = "0000-0000-0000-0000"
LINE = Drawing(600, 200, (((10.0, 10.0, 2.0), (60.0, 40.0, 3.0), (90.0, 12.0, 2.0)),))


def prove(fixed: Fixed, template: Template) -> None:
    """Raise CannotLayOut unless test signings fill it, are whole PDFs, sealed, and read right."""
    ready = make_ready(NOBODY, template.pdf, template.plan)
    authority = new_authority("Test", AT - timedelta(days=1))
    pair = new_seal(authority, "Test", AT - timedelta(days=1))
    signer = load_signer(pair, authority.certificate_der)
    for facts in _signings(fixed):
        try:
            pdf = template.pdf + filled(facts, ready, signer, AT).tail
        except DoesNotFit as error:
            raise CannotLayOut("A test signing does not fit.") from error
        _read_back(pdf, facts, template)
        digest = hashlib.sha256(pdf).hexdigest()
        authorities = [authority.certificate_der]
        verdict = verify(
            pdf,
            expected_sha256=digest,
            authority_certificates=authorities,
            published=_published(fixed),
        )
        if not verdict.genuine:
            raise CannotLayOut("A test record does not verify.")


def _read_back(pdf: bytes, facts: Facts, template: Template) -> None:
    plan = template.plan
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if opened.check_pdf_syntax():
            raise CannotLayOut("A test record is not a well-made PDF.")
        pages = {int(page): texts(opened, int(page)) for page in plan.fills}
    for name, said in words(facts).items():
        slot = plan.slots[name]
        if pages[slot.page].get(slot.mcid) != said:
            raise CannotLayOut(f"{name} does not read as it was filled in.")
    typed = pages[plan.typed.page].get(plan.typed.mcid)
    if facts.method == "typed" and typed != facts.typed_name:
        raise CannotLayOut("A typed name does not read as it was filled in.")


def _published(fixed: Fixed) -> Published:
    version = fixed.version
    return Published(str(version.id), version.number, version.text_sha256)


def _signings(fixed: Fixed) -> list[Facts]:
    drawn = Facts(
        record_id=NOBODY,
        sitting_id=NOBODY,
        code=CODE,
        setting=fixed.setting,
        version=fixed.version,
        wording=fixed.wording,
        full_name="Zoë Łukasz Example",
        category="volunteer",
        organisation=None,
        under_18=False,
        method="drawn",
        typed_name=None,
        witness=None,
        drawing=LINE,
        times=Times(AT, None, AT, None, AT, "device"),
        reading=Reading(None, None, 1.0, read_aloud=False, text_size="normal"),
        tablet_id=NOBODY,
        tablet_name="Test",
        head=ChainHead(1, "0" * 64),
        check_address=f"https://example.org/verify/{CODE}" if fixed.addressed else None,
    )
    typed = replace(drawn, method="typed", typed_name="Zoë Example", drawing=None)
    marked = replace(drawn, method="mark", witness=Witness("Ada Example", "employee"))
    return [drawn, typed, marked]
