"""The verdict: what is found in a genuine record, and in everything that only looks like one."""

import hashlib
import io
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pikepdf
import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from records.aside import aside
from records.evidence import evidence as evidence_of
from records.seal import load_signer, new_authority, new_seal
from records.verify import SENTENCES, Published, Verdict, verify
from tests.records.conftest import Sealed
from tests.records.fixtures import WHOLE, sealed_of
from tests.records.pyhanko_seal import open_signer, sealed_by_pyhanko

pytestmark = pytest.mark.pdf


GENUINE = Verdict(
    known=True,
    bytes_intact=True,
    one_seal=True,
    whole_document=True,
    unrevised=True,
    seal_valid=True,
    seal_ours=True,
    text_as_published=True,
    head=(41, "9f" * 32),
    number=1,
)
NOTHING = replace(
    GENUINE, **(dict.fromkeys(SENTENCES, False) | {"known": True}), reading="damaged", head=None
)


def published(sealed: Sealed) -> Published:
    """The version that was signed, as whoever published it knows it."""
    version = sealed.facts.version
    return Published(str(version.id), version.number, version.text_sha256)


def judge(sealed: Sealed, pdf: bytes, **changes: object) -> Verdict:
    """The verdict on some bytes by whoever knows the sealed record."""
    expected = hashlib.sha256(sealed.pdf).hexdigest()
    usual = {
        "expected_sha256": expected,
        "authority_certificates": [sealed.authority.certificate_der],
        "published": published(sealed),
    }
    return verify(pdf, **{**usual, **changes})  # type: ignore[arg-type]


def updated(pdf: bytes) -> bytes:
    """The file with an innocent-looking revision appended by somebody else's program."""
    file = io.BytesIO(pdf)
    writer = IncrementalPdfFileWriter(file)
    writer.root["/Later"] = TextStringObject("only a note")
    writer.update_root()
    writer.write_in_place()
    return file.getvalue()


def approved(pdf: bytes, sealed: Sealed, field: str) -> bytes:
    """The file with an ordinary signature by the setting's own key, which allows changes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = PdfSignatureMetadata(field_name=field)
    signed = aside(lambda: sign_pdf(writer, metadata, signer=opener(sealed)))
    return bytes(signed.getvalue())


def opener(sealed: Sealed) -> SimpleSigner:
    """pyHanko's signer with the setting's own key."""
    return open_signer(
        sealed.pair.private_der, sealed.pair.certificate_der, sealed.authority.certificate_der
    )


def test_a_genuine_record_is_genuine(sealed: Sealed) -> None:
    verdict = judge(sealed, sealed.pdf)
    assert verdict == GENUINE
    assert verdict.genuine
    assert verdict.summary == "This is the record, exactly as it was sealed."
    assert verdict.sentences()[0] == "It is one of our records."


def test_it_stays_genuine_when_its_certificates_have_run_out(
    printed: bytes, sealed: Sealed
) -> None:
    at = sealed.at - timedelta(days=30 * 365)
    authority = new_authority("Fingerpost", at - timedelta(days=1))
    pair = new_seal(authority, "Bluebell", at - timedelta(days=1))
    old = sealed_of(printed, load_signer(pair, authority.certificate_der), at)
    assert judge(sealed, old, authority_certificates=[authority.certificate_der]).seal_ours
    early = sealed_of(printed, load_signer(pair, authority.certificate_der), at - timedelta(days=9))
    assert not judge(sealed, early, authority_certificates=[authority.certificate_der]).seal_ours


def test_a_record_that_was_sealed_by_pyhanko_stays_genuine(printed: bytes, sealed: Sealed) -> None:
    """That is how records were sealed before templates; they are never sealed again."""
    old = sealed_by_pyhanko(printed, opener(sealed), sealed.at)
    assert judge(sealed, old, expected_sha256=hashlib.sha256(old).hexdigest()) == GENUINE


def test_every_flipped_byte_is_found(sealed: Sealed) -> None:
    """By the file's hash everywhere; by the seal wherever it covers, which is all but itself."""
    start, end = (
        sealed.pdf.rindex(b"/Contents<"),
        sealed.pdf.index(b">", sealed.pdf.rindex(b"/Contents<")),
    )
    rng = random.Random(7)
    for place in sorted(rng.sample(range(len(sealed.pdf)), 200)):
        changed = bytearray(sealed.pdf)
        changed[place] ^= 1 << rng.randrange(8)
        verdict = judge(sealed, bytes(changed))
        assert verdict.bytes_intact is False
        assert not verdict.genuine
        if not start <= place <= end:
            assert not (verdict.seal_valid and verdict.whole_document), f"byte {place}"


def test_a_revision_added_later_is_found(sealed: Sealed) -> None:
    later = updated(sealed.pdf)
    verdict = judge(sealed, later, expected_sha256=hashlib.sha256(later).hexdigest())
    assert later.startswith(sealed.pdf)
    assert verdict.bytes_intact
    assert verdict.one_seal
    assert not verdict.whole_document
    assert not verdict.unrevised
    assert not verdict.seal_valid


def test_a_second_seal_is_found(printed: bytes, sealed: Sealed) -> None:
    once = approved(printed, sealed, "Seal")
    assert judge(sealed, once).one_seal
    assert not judge(sealed, approved(once, sealed, "Second")).one_seal


def test_a_seal_under_another_authority_is_not_ours(sealed: Sealed) -> None:
    other = new_authority("Fingerpost", sealed.at - timedelta(days=80))
    verdict = judge(sealed, sealed.pdf, authority_certificates=[other.certificate_der])
    assert verdict == replace(GENUINE, seal_ours=False, head=None)
    both = [other.certificate_der, sealed.authority.certificate_der]
    assert judge(sealed, sealed.pdf, authority_certificates=both).genuine
    assert not judge(sealed, sealed.pdf, authority_certificates=[]).seal_ours


def test_an_approval_is_not_enough(printed: bytes, sealed: Sealed) -> None:
    """A signature that does not forbid changes is not a seal of ours, whoever's key made it."""
    verdict = judge(sealed, approved(printed, sealed, "Seal"))
    assert verdict.whole_document
    assert not verdict.seal_valid


def test_an_unknown_record_is_said_to_be_unknown(sealed: Sealed) -> None:
    verdict = judge(sealed, sealed.pdf, expected_sha256=None, published=None)
    assert (verdict.known, verdict.bytes_intact, verdict.genuine) == (False, None, False)
    assert verdict.sentences()[1] == "There is no record of ours to compare its bytes with."
    assert verdict.summary.endswith("our unbroken seal, but it is not among our records.")
    strangers = replace(verdict, seal_ours=False)
    assert strangers.summary.endswith("it is not one of our records.")
    assert "changed after it was sealed" in replace(verdict, unrevised=False).summary


def test_another_text_is_found(sealed: Sealed) -> None:
    """By its words, by its version, and where evidence and text inside do not fit together."""
    usual = published(sealed)
    for other in (
        replace(usual, text_sha256="0" * 64),
        replace(usual, version_id=str(sealed.facts.record_id)),
    ):
        verdict = judge(sealed, sealed.pdf, published=other)
        assert verdict == replace(GENUINE, text_as_published=False)
        assert verdict.sentences()[-1].startswith("The text in it is not version 1")


def test_a_text_that_was_exchanged_is_found(sealed: Sealed) -> None:
    """The evidence still says what was signed, and the text beside it no longer fits."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed.pdf)) as pdf:
        text = pdf.attachments["agreement.md"].obj.EF.F
        text.write(text.read_bytes().replace(b"must", b"may"))
        pdf.save(file)
    assert not judge(sealed, file.getvalue()).text_as_published
    assert judge(sealed, updated(sealed.pdf)).text_as_published


def test_the_text_of_a_record_of_format_1_is_compared(sealed: Sealed) -> None:
    """Such records hold it in their evidence, and are never made again."""
    evidence = orjson.loads(evidence_of(sealed.facts, WHOLE))
    evidence["format"] = 1
    evidence["version"]["text"] = sealed.facts.version.text
    del evidence["version"]["text_file"]
    wrong_hash = evidence | {"version": evidence["version"] | {"text_sha256": "0" * 64}}
    for said, expected in ((evidence, True), (other_text(evidence), False), (wrong_hash, False)):
        verdict = judge(sealed, with_evidence(sealed, orjson.dumps(said)))
        assert verdict.text_as_published is expected


def other_text(evidence: dict[str, Any]) -> dict[str, Any]:
    """The same evidence around one more word."""
    version = evidence["version"]
    return evidence | {"version": version | {"text": version["text"] + " Nearly."}}


def with_evidence(sealed: Sealed, evidence: bytes) -> bytes:
    """A sealed page that carries this evidence and no other file."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    inside = pikepdf.AttachedFileSpec(pdf, evidence, filename="evidence.json")
    pdf.attachments["evidence.json"] = inside
    pdf.Root.AF = pikepdf.Array([inside.obj])
    file = io.BytesIO()
    pdf.save(file)
    return approved(file.getvalue(), sealed, "Seal")


@pytest.mark.parametrize(
    "cut", [0, 1, 9, 1000, 40_000, -1, -7, -5000], ids=lambda cut: f"cut at {cut}"
)
def test_a_torn_file_gets_an_answer(sealed: Sealed, cut: int) -> None:
    verdict = judge(sealed, sealed.pdf[:cut])
    assert not verdict.genuine
    assert not (verdict.seal_valid and verdict.whole_document)


@pytest.mark.parametrize(
    "junk",
    [
        b"hello",
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n" + b"<<" * 100_000,
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nxref\n0 2\n" + b"0000000009 00000 n \n" * 2
        + b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n100017\n%%EOF",
        b"\x00" * 5000,
    ],
    ids=["words", "no table", "nested names", "nested lists", "nothing"],
)  # fmt: skip
def test_what_is_no_pdf_gets_an_answer(sealed: Sealed, junk: bytes) -> None:
    verdict = judge(sealed, junk)
    assert verdict == NOTHING
    assert verdict.sentences()[2:] == [
        "This file is damaged, or it was not sent whole, so it cannot be checked."
    ]


def test_a_page_without_a_seal_is_said_to_have_none(sealed: Sealed, printed: bytes) -> None:
    assert judge(sealed, printed).sentences()[2] == "It does not carry exactly one seal."


def test_each_truth_has_two_plain_sentences() -> None:
    sentences = {tuple(GENUINE.sentences())}
    for truth in SENTENCES:
        other = replace(GENUINE, **{truth: False})
        assert not other.genuine
        assert sum(a != b for a, b in zip(other.sentences(), GENUINE.sentences(), strict=True)) == 1
        sentences.add(tuple(other.sentences()))
    assert len(sentences) == 9


def test_bytes_after_the_end_are_found(sealed: Sealed) -> None:
    verdict = judge(sealed, sealed.pdf + b"\n% one more line\n")
    assert not verdict.bytes_intact
    assert not verdict.whole_document
