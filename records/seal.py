"""Keys of the seal: whoever changes a PDF that was sealed with them breaks it for all to see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from records.cms import CmsSigner
from records.errors import SealDoesNotFit

# Long, because nobody at a pre-school thinks of certificates; docs/decisions/0016 has the reasons.
YEAR = timedelta(days=365.25)
AUTHORITY_LASTS, SEAL_LASTS = 20 * YEAR, 10 * YEAR
# X.509 allows a common name this many bytes.
LONGEST_NAME = 64
USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A P-256 private key (PKCS#8 DER, not encrypted) and its certificate (DER)."""

    private_der: bytes = field(repr=False)
    certificate_der: bytes


def new_authority(name: str, now: datetime) -> KeyPair:
    """Make the installation's own authority: it vouches for the settings' seals, for 20 years."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    draft = _draft(subject, subject, key.public_key(), now, AUTHORITY_LASTS)
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    return _pair(key, draft.sign(key, hashes.SHA256()))


def new_seal(authority: KeyPair, setting_name: str, now: datetime) -> KeyPair:
    """Make a setting's seal under the installation's authority, for 10 years."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.load_der_x509_certificate(authority.certificate_der)
    subject = _name(f"Fingerpost seal of {setting_name}")
    ends = min(now + SEAL_LASTS, issuer.not_valid_after_utc) - now
    draft = _draft(subject, issuer.subject, key.public_key(), now, ends)
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(_usage("digital_signature", "content_commitment"), critical=True)
    known_by = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known_by)
    draft = draft.add_extension(issued_by, critical=False)
    return _pair(key, draft.sign(_opened(authority.private_der), hashes.SHA256()))


@lru_cache(maxsize=256)
def load_signer(seal_pair: KeyPair, authority_certificate: bytes) -> CmsSigner:
    """Open a seal for use, or raise SealDoesNotFit when its parts do not belong together."""
    certificate = x509.load_der_x509_certificate(seal_pair.certificate_der)
    if certificate.public_key() != _opened(seal_pair.private_der).public_key():
        raise SealDoesNotFit
    issuer_of(seal_pair.certificate_der, [authority_certificate])
    private, public = seal_pair.private_der, seal_pair.certificate_der
    return CmsSigner(private, public, authority_certificate)


def issuer_of(certificate_der: bytes, authorities: Sequence[bytes]) -> bytes:
    """Find the authority, of several certificates (DER), that vouches; or raise SealDoesNotFit.

    A seal stays under the authority that it was made under when that one is renewed.
    """
    return _issuer(certificate_der, tuple(authorities))


@lru_cache(maxsize=256)
def lifetime(certificate_der: bytes) -> tuple[datetime, datetime]:
    """From when and until when a certificate is in force, in UTC."""
    certificate = x509.load_der_x509_certificate(certificate_der)
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def in_force(certificate_der: bytes, moment: datetime) -> bool:
    """Say whether a seal that is set at a moment will be found good."""
    begins, ends = lifetime(certificate_der)
    return begins <= moment <= ends


@lru_cache(maxsize=256)
def _issuer(certificate_der: bytes, authorities: tuple[bytes, ...]) -> bytes:
    certificate = x509.load_der_x509_certificate(certificate_der)
    for authority in authorities:
        try:
            certificate.verify_directly_issued_by(x509.load_der_x509_certificate(authority))
        except (ValueError, InvalidSignature):
            continue
        return authority
    raise SealDoesNotFit


def _draft(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(words: str) -> x509.Name:
    """Give a name that fits into a certificate; a long one is cut between two characters."""
    fitting = words.encode()[:LONGEST_NAME].decode(errors="ignore").strip()
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, fitting)])


def _usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in allowed for usage in USAGES})


def _opened(private_der: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(private_der, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SealDoesNotFit
    return key


def _pair(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> KeyPair:
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return KeyPair(private, certificate.public_bytes(serialization.Encoding.DER))
