"""The seal: its keys, what it says about itself, and what other people's checkers say of it."""

import asyncio
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from records.errors import SealDoesNotFit
from records.evidence import Making, evidence
from records.seal import KeyPair, load_signer, new_authority, new_seal
from records.verify import verify
from tests.records.checkers import pdfsig, said, trust
from tests.records.conftest import Sealed

NOW = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)


def certificate(pair: KeyPair) -> x509.Certificate:
    return x509.load_der_x509_certificate(pair.certificate_der)


def test_the_authority_may_only_vouch() -> None:
    cert = certificate(new_authority("Fingerpost", NOW))
    usage = cert.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert not usage.value.digital_signature
    assert cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert cert.not_valid_before_utc == NOW
    assert cert.not_valid_after_utc - NOW == timedelta(days=20 * 365.25)
    cert.verify_directly_issued_by(cert)


def test_a_seal_may_only_sign_and_its_authority_vouches_for_it() -> None:
    authority = new_authority("Fingerpost", NOW)
    pair = new_seal(authority, "Bluebell Pre-School", NOW)
    cert = certificate(pair)
    usage = cert.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert cert.subject.rfc4514_string() == "CN=Fingerpost seal of Bluebell Pre-School"
    assert isinstance(cert.public_key(), ec.EllipticCurvePublicKey)
    cert.verify_directly_issued_by(certificate(authority))


def test_a_late_seal_does_not_outlive_its_authority() -> None:
    authority = new_authority("Fingerpost", NOW)
    late = certificate(new_seal(authority, "Bluebell", NOW + timedelta(days=15 * 365)))
    assert late.not_valid_after_utc == certificate(authority).not_valid_after_utc


def test_a_long_name_is_cut_between_characters() -> None:
    authority = new_authority("Fingerpost", NOW)
    name = certificate(new_seal(authority, "É" * 100, NOW)).subject.rfc4514_string()
    assert name.startswith("CN=Fingerpost seal of ÉÉÉ")
    assert len(name.removeprefix("CN=").encode()) <= 64


def test_a_private_key_is_never_printed() -> None:
    assert "private" not in repr(new_authority("Fingerpost", NOW))


def test_parts_that_do_not_belong_together_do_not_seal() -> None:
    authority, stranger = new_authority("Fingerpost", NOW), new_authority("Fingerpost", NOW)
    pair, other = (new_seal(authority, "Bluebell", NOW) for _ in range(2))
    with pytest.raises(SealDoesNotFit):
        load_signer(pair, stranger.certificate_der)
    with pytest.raises(SealDoesNotFit):
        load_signer(KeyPair(other.private_der, pair.certificate_der), authority.certificate_der)


def test_a_seal_is_opened_once_and_kept() -> None:
    authority = new_authority("Fingerpost", NOW)
    pair = new_seal(authority, "Bluebell", NOW)
    again = KeyPair(pair.private_der, pair.certificate_der)
    first = load_signer(pair, authority.certificate_der)
    assert load_signer(again, authority.certificate_der) is first


@pytest.mark.pdf
def test_the_seal_says_what_it_is(sealed: Sealed) -> None:
    with pikepdf.open(io.BytesIO(sealed.pdf)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.T) == "Seal"
        assert list(field.Rect) == [0, 0, 0, 0]
        assert field.V.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert pdf.Root.Perms.DocMDP.objgen == field.V.objgen
        assert field.V.Reference[0].TransformParams.P == 1
        assert str(field.V.M) == "D:20261124084704Z"
        start, _, rest, tail = (int(number) for number in field.V.ByteRange)
        assert (start, rest + tail) == (0, len(sealed.pdf))


@pytest.mark.pdf
def test_sealing_adds_and_changes_nothing(sealed: Sealed, printed: bytes) -> None:
    assert sealed.pdf.startswith(sealed.template.pdf)
    with pikepdf.open(io.BytesIO(sealed.pdf)) as ours, pikepdf.open(io.BytesIO(printed)) as whole:
        assert ours.Root.Metadata.read_bytes() == whole.Root.Metadata.read_bytes()
        assert dict(ours.docinfo) == dict(whole.docinfo)
        attached = ours.attachments["evidence.json"].get_file().read_bytes()
        template_sha256 = hashlib.sha256(sealed.template.pdf).hexdigest()
        assert attached == evidence(sealed.facts, Making("filled", template_sha256))


@pytest.mark.pdf
def test_it_seals_and_checks_where_an_event_loop_runs(sealed: Sealed) -> None:
    async def within_a_loop() -> bool:
        pdf = sealed.fill(sealed.facts)
        authorities = [sealed.authority.certificate_der]
        return verify(pdf, expected_sha256=None, authority_certificates=authorities).seal_ours

    # In a thread of its own: a browser test in the same process leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, within_a_loop()).result()


@pytest.mark.pdf
def test_two_seals_of_one_record_have_one_size(sealed: Sealed) -> None:
    assert len(sealed.fill(sealed.facts)) == len(sealed.pdf)


@pytest.mark.pdf
def test_other_peoples_checkers_agree(sealed: Sealed, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", sealed.path)
    found = pdfsig(sealed.path, trust(tmp_path, sealed.authority.certificate_der))
    assert "Signature is Valid." in found
    assert "Total document signed" in found
    assert "Certificate is Trusted." in found
    assert "Signer Certificate Common Name: Fingerpost seal of Bluebell Pre-School" in found
    assert "ETSI.CAdES.detached" in found
    assert "Signature #2" not in found


@pytest.mark.pdf
def test_pdfsig_notices_what_is_not_so(sealed: Sealed, tmp_path: Path) -> None:
    stranger = trust(tmp_path, new_authority("Fingerpost", NOW).certificate_der)
    assert "Certificate is Trusted." not in pdfsig(sealed.path, stranger)
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(flipped(sealed.pdf, len(sealed.pdf) // 2))
    assert "Digest Mismatch" in pdfsig(changed, stranger)


def flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
