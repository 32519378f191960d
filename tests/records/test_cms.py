"""The signature inside a seal: ours says what pyHanko's says, and nothing else."""

import hashlib
import io
from typing import Any

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader

from records.cms import CmsSigner, der, number, signature
from tests.records.conftest import Sealed
from tests.records.pyhanko_seal import open_signer, sealed_by_pyhanko

DIGEST = hashlib.sha256(b"a document").digest()


def theirs(sealed: Sealed, printed: bytes) -> bytes:
    """pyHanko's PAdES signature with the same key, as it set it under a record."""
    opened = open_signer(
        sealed.pair.private_der, sealed.pair.certificate_der, sealed.authority.certificate_der
    )
    pdf = sealed_by_pyhanko(printed, opened, sealed.at)
    (seal,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return bytes(seal.pkcs7_content)


def content(signed: bytes) -> dict[str, Any]:
    """What a signature says, without its own bytes, which are never twice the same."""
    data = cms.ContentInfo.load(signed)["content"]
    (info,) = data["signer_infos"]
    return {
        "version": data["version"].native,
        "digests": data["digest_algorithms"].native,
        "holds": data["encap_content_info"].native,
        "certificates": {certificate.chosen.dump() for certificate in data["certificates"]},
        "info": info["version"].native,
        "sid": info["sid"].native,
        "digest": info["digest_algorithm"]["algorithm"].native,
        "attributes": {a["type"].native: a["values"].native for a in info["signed_attrs"]},
        "algorithm": info["signature_algorithm"].native,
        "unsigned": info["unsigned_attrs"].native,
    }


@pytest.mark.pdf
def test_ours_says_what_pyhankos_says(sealed: Sealed, printed: bytes) -> None:
    ours = content(signature(sealed.signer, DIGEST))
    known = content(theirs(sealed, printed))
    assert ours["attributes"].pop("message_digest") == [DIGEST]
    assert len(known["attributes"].pop("message_digest")[0]) == len(DIGEST)
    assert ours == known
    assert set(ours["attributes"]) == {"content_type", "signing_certificate_v2"}


def test_the_signature_is_over_the_attributes(sealed: Sealed) -> None:
    data = cms.ContentInfo.load(signature(sealed.signer, DIGEST))["content"]
    (info,) = data["signer_infos"]
    key = x509.load_der_x509_certificate(sealed.pair.certificate_der).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signed = info["signed_attrs"].untag().dump(force=True)
    key.verify(info["signature"].native, signed, ec.ECDSA(hashes.SHA256()))


def test_it_always_fits_its_room(sealed: Sealed) -> None:
    sizes = {len(signature(sealed.signer, bytes([turn]) * 32)) for turn in range(200)}
    assert max(sizes) <= sealed.signer.room
    assert min(sizes) >= sealed.signer.room - 6


def test_a_key_on_another_curve_is_refused(sealed: Sealed) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519

    other = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with pytest.raises(TypeError, match="P-256"):
        CmsSigner(other, sealed.pair.certificate_der, sealed.authority.certificate_der)


@pytest.mark.parametrize(
    ("length", "head"), [(0, "3000"), (127, "307f"), (128, "308180"), (70_000, "3083011170")]
)
def test_lengths_are_written_as_der_wants(length: int, head: str) -> None:
    assert der(0x30, bytes(length)).hex().startswith(head)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "020100"), (127, "02017f"), (128, "02020080"), (256, "02020100")]
)
def test_numbers_are_never_negative(value: int, written: str) -> None:
    assert number(value).hex() == written
