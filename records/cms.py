"""The signature inside a seal: CMS SignedData as PAdES baseline B-B wants it, written by hand.

Sources: RFC 5652 (CMS), RFC 5035 (signing-certificate-v2), ETSI EN 319 122-1 (CAdES). Only what
differs between two records is worked out per record: the hash of the document and the signature.
"""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SEQUENCE, SET, INTEGER, OCTETS, OBJECT = 0x30, 0x31, 0x02, 0x04, 0x06
# Context tags [0] and [4], constructed.
FIRST, DIRECTORY_NAME = 0xA0, 0xA4
# A P-256 signature is two numbers whose first byte may need a zero before it.
LONGEST_SIGNATURE = 72


def der(tag: int, *parts: bytes) -> bytes:
    """One DER element around its parts."""
    body = b"".join(parts)
    length = len(body)
    if length < 0x80:
        return bytes((tag, length)) + body
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + body


def number(value: int) -> bytes:
    """A DER integer that is not negative."""
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


DATA = der(OBJECT, bytes.fromhex("2a864886f70d010701"))
SIGNED_DATA = der(OBJECT, bytes.fromhex("2a864886f70d010702"))
CONTENT_TYPE = der(OBJECT, bytes.fromhex("2a864886f70d010903"))
MESSAGE_DIGEST = der(OBJECT, bytes.fromhex("2a864886f70d010904"))
SIGNING_CERTIFICATE = der(OBJECT, bytes.fromhex("2a864886f70d010910022f"))
SHA256 = der(SEQUENCE, der(OBJECT, bytes.fromhex("608648016503040201")))
ECDSA_SHA256 = der(SEQUENCE, der(OBJECT, bytes.fromhex("2a8648ce3d040302")))


class CmsSigner:
    """A P-256 key with its certificates, and what is the same in every signature they make."""

    def __init__(self, private_der: bytes, certificate_der: bytes, authority_der: bytes) -> None:
        """Parse once; a signature carries both certificates (DER) with it."""
        key = serialization.load_der_private_key(private_der, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("A seal's key is on the curve P-256.")
        certificate = x509.load_der_x509_certificate(certificate_der)
        issuer, serial = certificate.issuer.public_bytes(), number(certificate.serial_number)
        self.key = key
        self.issuer_and_serial = der(SEQUENCE, issuer, serial)
        self.certificates = der(FIRST, *sorted((certificate_der, authority_der)))
        self.certificate_attribute = _certificate_attribute(certificate_der, issuer, serial)
        # The most bytes that a signature takes.
        self.room = len(_signed_data(self, _attributes(self, bytes(32)), bytes(LONGEST_SIGNATURE)))


def signature(signer: CmsSigner, digest: bytes) -> bytes:
    """Sign a document by its SHA-256; gives the DER of a detached SignedData."""
    attributes = _attributes(signer, digest)
    # What is signed is the attributes as a SET (RFC 5652, 5.4); they hold the document's hash.
    signed = signer.key.sign(der(SET, attributes), ec.ECDSA(hashes.SHA256()))
    return _signed_data(signer, attributes, signed)


def _attributes(signer: CmsSigner, digest: bytes) -> bytes:
    """The signed attributes in DER's order of a set: by their bytes."""
    content_type = der(SEQUENCE, CONTENT_TYPE, der(SET, DATA))
    message_digest = der(SEQUENCE, MESSAGE_DIGEST, der(SET, der(OCTETS, digest)))
    return b"".join(sorted((content_type, message_digest, signer.certificate_attribute)))


def _certificate_attribute(certificate_der: bytes, issuer: bytes, serial: bytes) -> bytes:
    """signing-certificate-v2: nobody can put another certificate under the same signature."""
    names = der(SEQUENCE, der(DIRECTORY_NAME, issuer))
    digest = der(OCTETS, hashlib.sha256(certificate_der).digest())
    known = der(SEQUENCE, digest, der(SEQUENCE, names, serial))
    return der(SEQUENCE, SIGNING_CERTIFICATE, der(SET, der(SEQUENCE, der(SEQUENCE, known))))


def _signed_data(signer: CmsSigner, attributes: bytes, signed: bytes) -> bytes:
    info = der(
        SEQUENCE,
        number(1),
        signer.issuer_and_serial,
        SHA256,
        der(FIRST, attributes),
        ECDSA_SHA256,
        der(OCTETS, signed),
    )
    content = der(SEQUENCE, DATA)
    signed_data = der(
        SEQUENCE, number(1), der(SET, SHA256), content, signer.certificates, der(SET, info)
    )
    return der(SEQUENCE, SIGNED_DATA, der(FIRST, signed_data))
