#!/usr/bin/env python3
"""Checks Fingerpost's records without Fingerpost and without a network.

    python3 fingerpost_verify.py RECORD.pdf ...         some records
    python3 fingerpost_verify.py FOLDER|FILE.zip ...    an export, or a folder of records

It needs Python 3.11 and the package cryptography. Where pyHanko is installed too, it judges each
seal a second time. Exit code 0: all of it holds; 1: something does not; 2: it could not be asked.
"""

import argparse
import hashlib
import io
import json
import logging
import os
import re
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID
except ImportError:
    sys.stderr.write("Install cryptography first: python3 -m pip install cryptography\n")
    raise SystemExit(2) from None

MOST_PDF, MOST_INSIDE, MOST_OTHER = 64_000_000, 16_000_000, 1_000_000_000
MANIFEST, SEAL, HISTORY, CERTIFICATES = (
    "manifest.json", "manifest.p7s", "history.jsonl", "certificates/",
)  # fmt: skip
BEGINNING = "0" * 64
HASHED = ("sequence", "kind", "at", "ids", "details_mac", "previous_hash", "setting")
DAY = re.compile(r"manifests/\d{4}-\d\d-\d\d\.json")
Certificates = list[x509.Certificate]


class NotSound(Exception):
    """Something does not hold; str() is the sentence that says what."""


@dataclass
class Checked:
    """One thing that was looked at, what it is, and a sentence for each thing that is wrong."""

    name: str
    says: str = ""
    findings: list[str] = field(default_factory=list)

    def must(self, truth: bool, otherwise: str) -> None:
        """Note a finding unless something is true."""
        if not truth:
            self.findings.append(otherwise)


@dataclass(frozen=True)
class Sound:
    """What a PDF with a good seal says of itself, to be compared with what others say of it."""

    sha256: str
    signer: x509.Certificate
    evidence: dict[str, Any]

    @property
    def record_id(self) -> str:
        """The record's number."""
        return str(at(self.evidence, "record", "id"))


@dataclass(frozen=True)
class History:
    """A setting's events that were checked: the hash of each, and what they say of records."""

    hashes: list[str]
    sealed: dict[str, dict[str, Any]]
    setting: str | None


# What cannot be trusted is read strictly: one way to write it, within limits, or not at all.


def strict_json(data: bytes) -> Any:
    """Read JSON that says each thing once; raises NotSound."""
    try:
        return json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotSound("It cannot be read as JSON.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands there twice")
    return dict(pairs)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def at(data: Any, *names: str) -> Any:
    """What stands under some names inside one another; None where there is nothing."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def shown(text: str) -> str:
    """Text of a stranger's, without what could play tricks on a screen."""
    return "".join("?" if unicodedata.category(letter)[0] == "C" else letter for letter in text)


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# A signature in a seal: CMS (RFC 5652) with the attributes of PAdES, in DER.

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
DATA = bytes.fromhex("2a864886f70d010701")
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910022f")
SHA256 = bytes.fromhex("608648016503040201")
SEQUENCE, SET, OCTETS, FIRST = 0x30, 0x31, 0x04, 0xA0
Element = tuple[int, bytes, bytes]


def elements(data: bytes) -> list[Element]:
    """Split DER into elements: tag, body, and the whole of it. Raises ValueError."""
    found, place = [], 0
    while place < len(data):
        begins, length = place + 2, data[place + 1] if place + 1 < len(data) else 0x80
        if length >= 0x80:
            begins += length & 0x7F
            length = int.from_bytes(data[place + 2 : begins], "big")
            if length < 0x80:
                raise ValueError("a length that is not in DER")
        ends = begins + length
        if ends > len(data):
            raise ValueError("an element that has no end")
        found.append((data[place], data[begins:ends], data[place:ends]))
        place = ends
    return found


def inside(data: bytes, *path: int) -> bytes:
    """The body of an element inside others, each by its place. Raises ValueError, IndexError."""
    for place in path:
        data = elements(data)[place][1]
    return data


def read_signature(cms: bytes, digest: bytes) -> tuple[x509.Certificate, Certificates]:
    """Check a detached signature over a SHA-256: who signed, and all certificates that came.

    Raises NotSound unless one signer signed this very hash under the certificate that it names.
    """
    try:
        [(_, kind, _), (_, wrapped, _)] = elements(inside(cms, 0))
        *head, (_, infos, _) = elements(inside(wrapped, 0))
        [(_, info, _)] = elements(infos)
        _, _, (_, algorithm, _), attributes, _, (_, signature, _) = elements(info)[:6]
        carried = [one for tag, body, _ in head if tag == FIRST for one in elements(body)]
        certificates = [x509.load_der_x509_certificate(whole) for _, _, whole in carried]
        said = _attributes(attributes[1])
        named = _named_certificate(said[SIGNING_CERTIFICATE])
        signer = next(one for one in certificates if one.fingerprint(hashes.SHA256()) == named)
        ours = (kind, inside(algorithm, 0), attributes[0]) == (SIGNED_DATA, SHA256, FIRST)
        if not ours or inside(said[CONTENT_TYPE], 0) != DATA:
            raise ValueError("another kind of signature")
        if inside(said[MESSAGE_DIGEST], 0) != digest:
            raise NotSound("The seal is broken: what it covers was changed.")
    except (ValueError, LookupError, StopIteration):
        raise NotSound("The seal cannot be read as one of Fingerpost's.") from None
    # What is signed is the attributes as a SET (RFC 5652, 5.4).
    _check_key(signer, signature, bytes((SET,)) + attributes[2][1:])
    return signer, certificates


def _attributes(body: bytes) -> dict[bytes, bytes]:
    """The signed attributes, by their names; ValueError for one that stands there twice."""
    pairs = [(inside(one, 0), inside(one, 1)) for _, one, _ in elements(body)]
    if len(dict(pairs)) != len(pairs):
        raise ValueError("an attribute stands there twice")
    return dict(pairs)


def _named_certificate(values: bytes) -> bytes:
    """The hash of the certificate under which was signed (RFC 5035), always a SHA-256 here."""
    first = elements(inside(values, 0, 0, 0))
    return next(body for tag, body, _ in first if tag == OCTETS and len(body) == 32)


def _check_key(signer: x509.Certificate, signature: bytes, signed: bytes) -> None:
    key = signer.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotSound("The seal's key is of another kind.")
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise NotSound("The seal is broken: its signature does not fit.") from None


# A timestamp: the answer of a timestamp server (RFC 3161), in DER.

STAMPED = bytes.fromhex("2a864886f70d0109100104")
OLD_SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
GENERAL_TIME = 0x18
DIGESTS: dict[bytes, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    bytes.fromhex("608648016503040202"): hashes.SHA384(),
    bytes.fromhex("608648016503040203"): hashes.SHA512(),
}
# RSA (PKCS 1 v1.5) and ECDSA by what they are called; the first leaves the hash to be said apart.
SIGNED_BY: dict[bytes, hashes.HashAlgorithm | None] = {
    bytes.fromhex("2a864886f70d010101"): None,
    bytes.fromhex("2a864886f70d01010b"): hashes.SHA256(),
    bytes.fromhex("2a864886f70d01010c"): hashes.SHA384(),
    bytes.fromhex("2a864886f70d01010d"): hashes.SHA512(),
    bytes.fromhex("2a8648ce3d040302"): hashes.SHA256(),
    bytes.fromhex("2a8648ce3d040303"): hashes.SHA384(),
    bytes.fromhex("2a8648ce3d040304"): hashes.SHA512(),
}
EXTENDED_USES, FOR_STAMPS = ExtensionOID.EXTENDED_KEY_USAGE, ExtendedKeyUsageOID.TIME_STAMPING
MOST_LINKS = 8


@dataclass(frozen=True)
class Stamp:
    """When a timestamp says that it was set, under which certificate, and what came with it."""

    at: datetime
    signer: x509.Certificate
    carried: Certificates

    @property
    def by(self) -> str:
        """What the certificate calls the server."""
        named = self.signer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(named[0].value) if named else self.signer.subject.rfc4514_string()


def read_stamp(answer: bytes, digest: bytes) -> Stamp:
    """Check a timestamp server's whole answer about a SHA-256; whom to trust is asked later.

    Raises NotSound.
    """
    try:
        [(_, response, _)] = elements(answer)
        [(_, status, _), (_, token, _)] = elements(response)
        [(_, kind, _), (_, wrapped, _)] = elements(token)
        _, _, (_, content, _), *more, (_, infos, _) = elements(inside(wrapped, 0))
        [(_, what, _), (_, about, _)] = elements(content)
        [(_, info, _)] = elements(infos)
        told = inside(about, 0)
        carried = [
            x509.load_der_x509_certificate(whole)
            for tag, body, _ in more if tag == FIRST
            for _, _, whole in elements(body)
        ]  # fmt: skip
        if (kind, what) != (SIGNED_DATA, STAMPED) or inside(status, 0) not in (b"\0", b"\1"):
            raise ValueError("another kind of answer")
        at = _stamped_at(told, digest)
        signer = _check_stamp(info, told, carried)
    except (ValueError, LookupError, StopIteration, TypeError, x509.DuplicateExtension):
        raise NotSound("Its timestamp cannot be read.") from None
    return Stamp(at, signer, carried)


def _stamped_at(told: bytes, digest: bytes) -> datetime:
    """The time in a TSTInfo; raises NotSound when it is about another hash."""
    _, _, (_, imprint, _), _, (tag, time, _), *_ = elements(inside(told, 0))
    algorithm, hashed = elements(imprint)
    if inside(algorithm[1], 0) != SHA256 or hashed[1] != digest:
        raise NotSound("Its timestamp is one of something else.")
    whole, _, _ = time.decode("ascii").removesuffix("Z").partition(".")
    if tag != GENERAL_TIME or not time.endswith(b"Z"):
        raise ValueError("a time that is none")
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _check_stamp(info: bytes, told: bytes, carried: Certificates) -> x509.Certificate:
    """Give the certificate under which a TSTInfo was signed; raises NotSound unless it was."""
    _, _, (_, algorithm, _), attributes, (_, way, _), (_, signature, _) = elements(info)[:6]
    digest = DIGESTS[inside(algorithm, 0)]
    said = _attributes(attributes[1])
    if attributes[0] != FIRST or inside(said[CONTENT_TYPE], 0) != STAMPED:
        raise ValueError("another kind of signature")
    hashed = hashlib.new(digest.name, told).digest()
    if inside(said[MESSAGE_DIGEST], 0) != hashed:
        raise NotSound("Its timestamp is broken: what it covers was changed.")
    algorithm_of_it, named = _named_by_server(said)
    signer = next(one for one in carried if one.fingerprint(algorithm_of_it) == named)
    signed = bytes((SET,)) + attributes[2][1:]
    try:
        _check_any_key(signer, signature, signed, SIGNED_BY[inside(way, 0)] or digest)
    except InvalidSignature:
        raise NotSound("Its timestamp is broken: its signature does not fit.") from None
    uses = next((one for one in signer.extensions if one.oid == EXTENDED_USES), None)
    if uses is None or not uses.critical or list(uses.value) != [FOR_STAMPS]:
        raise NotSound("Its timestamp's certificate is not made for timestamps.")
    return signer


def _named_by_server(said: dict[bytes, bytes]) -> tuple[hashes.HashAlgorithm, bytes]:
    """The hash of the server's certificate and its kind (RFC 5035, or RFC 2634 with SHA-1)."""
    if SIGNING_CERTIFICATE not in said:
        old = inside(said[OLD_SIGNING_CERTIFICATE], 0, 0, 0)
        return hashes.SHA1(), elements(old)[0][1]  # noqa: S303  (RFC 2634 knows no other)
    first = elements(inside(said[SIGNING_CERTIFICATE], 0, 0, 0))
    kind = DIGESTS[inside(first[0][1], 0)] if first[0][0] == SEQUENCE else hashes.SHA256()
    return kind, next(body for tag, body, _ in first if tag == OCTETS)


def _check_any_key(
    signer: x509.Certificate, signature: bytes, signed: bytes, digest: hashes.HashAlgorithm
) -> None:
    key = signer.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), digest)
    else:
        raise ValueError("a key of another kind")


def leads_to(stamp: Stamp, named: Certificates) -> bool:
    """Say whether a chain of the certificates that came leads to one that was named."""
    one = stamp.signer
    for _ in range(MOST_LINKS):
        if not one.not_valid_before_utc <= stamp.at <= one.not_valid_after_utc:
            return False
        if any(one == root or _issued(root, one) for root in named):
            return True
        above = [other for other in stamp.carried if other != one and _issued(other, one)]
        if not above:
            return False
        one = above[0]
    return False


def _issued(authority: x509.Certificate, other: x509.Certificate) -> bool:
    try:
        other.verify_directly_issued_by(authority)
        return bool(_extensions(authority)[0].ca)
    except (InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound, ValueError, TypeError):
        return False


class Trust:
    """Whom to believe: the authorities that were named, or else the ones that are found."""

    def __init__(self, named: Certificates, fingerprints: set[str], stampers: Certificates) -> None:
        self.named, self.fingerprints, self.stampers = named, fingerprints, stampers
        self.pinned = bool(named or fingerprints)
        self.used: dict[str, x509.Certificate] = {}

    def check(self, signer: x509.Certificate, found: Certificates, moment: datetime) -> None:
        """Raise NotSound unless an authority vouches for a certificate, both in force then."""
        for authority in self.named or found:
            known = fingerprint(authority)
            if (not self.fingerprints or known in self.fingerprints) and vouches(authority, signer):
                break
        else:
            whose = "you named" if self.pinned else "came with it"
            raise NotSound(f"No authority that {whose} vouches for the seal.")
        for one in (signer, authority):
            if not one.not_valid_before_utc <= moment <= one.not_valid_after_utc:
                raise NotSound("The seal was set when its certificate was not in force.")
        self.used[known] = authority


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def vouches(authority: x509.Certificate, signer: x509.Certificate) -> bool:
    """Say whether a certificate is an authority's, and has issued another that is none."""
    try:
        signer.verify_directly_issued_by(authority)
        basics, uses = zip(*(_extensions(one) for one in (authority, signer)), strict=True)
    except (InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound, ValueError, TypeError):
        return False
    rightly = uses[0].key_cert_sign and uses[1].digital_signature
    return bool(basics[0].ca and not basics[1].ca and rightly)


def _extensions(certificate: x509.Certificate) -> tuple[x509.BasicConstraints, x509.KeyUsage]:
    found = certificate.extensions
    basic = found.get_extension_for_class(x509.BasicConstraints).value
    return basic, found.get_extension_for_class(x509.KeyUsage).value


# The PDF. What is searched for in it is only believed once the seal covers every byte of it.

OBJECT = re.compile(rb"(?<!\d)(\d{1,10}) \d{1,5} obj\b")
BODY_ENDS = re.compile(rb"endobj|stream\r?\n")
RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
SET_AT = re.compile(rb"/M\s*\(D:(\d{14})(?:Z|([+-]\d\d)'(\d\d)'?)")
LENGTH = re.compile(rb"/Length\s+(\d{1,10})\b(?!\s+\d+\s+R)")
DIGITS = re.compile(rb"<((?:[0-9a-fA-F]{2})+)>")


def objects(pdf: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each object of a PDF: its number, its dictionary, and where its stream begins, if any."""
    place = 0
    while (begins := OBJECT.search(pdf, place)) and (ends := BODY_ENDS.search(pdf, begins.end())):
        yield int(begins[1]), pdf[begins.end() : ends.start()], ends.end()
        place = ends.end()


def check_seal(pdf: bytes, trust: Trust, found: Certificates) -> x509.Certificate:
    """Raise NotSound unless one seal covers the whole PDF and is good; gives its certificate."""
    seals = [body for _, body, _ in objects(pdf) if b"/ByteRange" in body]
    if len(seals) != 1:
        raise NotSound("It does not carry exactly one seal.")
    covered, set_at = RANGE.search(seals[0]), SET_AT.search(seals[0])
    if covered is None or set_at is None:
        raise NotSound("The seal cannot be read as one of Fingerpost's.")
    opened, closed, rest = (int(number) for number in covered.groups())
    digits = DIGITS.fullmatch(pdf, opened, closed)
    if closed + rest != len(pdf) or digits is None:
        raise NotSound("The seal does not cover the whole file.")
    padded = bytes.fromhex(digits[1].decode())
    length = _length(padded)
    if padded[length:].strip(b"\0"):
        raise NotSound("There is something behind the seal.")
    digest = hashlib.sha256(pdf[:opened])
    digest.update(pdf[closed:])
    signer, carried = read_signature(padded[:length], digest.digest())
    trust.check(signer, [*found, *carried], _moment(set_at))
    return signer


def _length(padded: bytes) -> int:
    """How long the first DER element is; what follows it is padding."""
    size = padded[1] & 0x7F if len(padded) > 1 and padded[1] >= 0x80 else 0
    body = int.from_bytes(padded[2 : 2 + size], "big") if size else padded[1] if padded[1:] else 0
    return 2 + size + body


def _moment(set_at: re.Match[bytes]) -> datetime:
    """When a seal says that it was set."""
    try:
        moment = datetime.strptime(set_at[1].decode(), "%Y%m%d%H%M%S")  # noqa: DTZ007  (next line)
        hours, minutes = int(set_at[2] or 0), int(set_at[3] or 0)
        away = timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes)
        return moment.replace(tzinfo=timezone(away)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotSound("The seal does not say when it was set.") from None


def files_inside(pdf: bytes) -> list[bytes]:
    """The files inside a PDF; where one was replaced by a later update, the later one."""
    found: dict[int, bytes] = {}
    for number, body, begins in objects(pdf):
        if b"/EmbeddedFile" not in body or b"/FlateDecode" not in body:
            continue
        try:
            file = zlib.decompressobj().decompress(pdf[begins:], MOST_INSIDE)
        except zlib.error:
            raise NotSound("A file inside it cannot be read.") from None
        found[number] = file
    return list(found.values())


def check_inside(pdf: bytes) -> dict[str, Any]:
    """Give evidence.json, or raise NotSound unless it fits the text and the pages."""
    files = files_inside(pdf)
    evidence = next((found for file in files if (found := _evidence(file))), None)
    if evidence is None:
        raise NotSound("evidence.json is not inside it.")
    own = at(evidence, "version", "text")
    texts = [own.encode()] if isinstance(own, str) else files
    if at(evidence, "version", "text_sha256") not in {_text_hash(text) for text in texts}:
        raise NotSound("The text inside it is not the one that evidence.json names.")
    if at(evidence, "pages", "way") == "filled":
        begins = pdf[: pdf.rindex(b"%%EOF\n", 0, pdf.rindex(b"%%EOF")) + 6]
        if sha256(begins) != at(evidence, "pages", "template_sha256"):
            raise NotSound("Its pages are not the ones that evidence.json names.")
    if at(evidence, "signature", "method") == "paper":
        check_photographs(pdf, evidence)
    return evidence


def check_photographs(pdf: bytes, evidence: dict[str, Any]) -> None:
    """Raise NotSound unless every photograph of a signed paper is in its PDF as it was filed."""
    photographs = at(evidence, "paper", "photographs")
    named = [at(one, "sha256") for one in photographs] if isinstance(photographs, list) else []
    if not named or Counter(named) - Counter(_pictures(pdf)):
        raise NotSound("The photographs inside it are not the ones that evidence.json names.")


def _pictures(pdf: bytes) -> Iterator[str]:
    """The SHA-256 of each JPEG inside a PDF."""
    for _, body, begins in objects(pdf):
        length = LENGTH.search(body)
        if b"/DCTDecode" in body and length:
            yield sha256(pdf[begins : begins + int(length[1])])


def _evidence(file: bytes) -> dict[str, Any] | None:
    try:
        found = strict_json(file)
    except NotSound:
        return None
    return found if isinstance(found, dict) and isinstance(at(found, "record", "id"), str) else None


def _text_hash(text: bytes) -> str:
    """The hash of a text as docs/records.md says: NFC, each line ended by one line feed."""
    said = text.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return sha256(unicodedata.normalize("NFC", said).encode())


Judge = Callable[[bytes, Certificates], bool]


def second_judge() -> Judge | None:
    """Give pyHanko's verdict on a PDF's seal, or None where pyHanko is not installed."""
    try:
        from asn1crypto.x509 import Certificate
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.fields import MDPPerm
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.errors import SignatureValidationError
        from pyhanko.sign.validation.status import SignatureCoverageLevel
        from pyhanko_certvalidator import ValidationContext
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    # What pyHanko and the parts below it were seen to raise when they read damaged files.
    unreadable = (
        PdfError, SigningError, SignatureValidationError, zlib.error, ValueError, TypeError,
        LookupError, AttributeError, ArithmeticError, NotImplementedError, RecursionError,
    )  # fmt: skip

    def verdict(pdf: bytes, authorities: Certificates) -> bool:
        roots = [Certificate.load(one.public_bytes(Encoding.DER)) for one in authorities]
        [seal] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        moment = seal.self_reported_timestamp
        context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
        status = validate_pdf_signature(seal, context)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        frozen = status.docmdp_ok and seal.docmdp_level == MDPPerm.NO_CHANGES
        return bool(whole and frozen and status.intact and status.valid and status.trusted)

    def judge(pdf: bytes, authorities: Certificates) -> bool:
        try:
            return verdict(pdf, authorities)
        except unreadable:
            return False

    return judge


# Where the files lie: a folder, or a ZIP that is never unpacked.


class Place:
    """Files by their names; `faults` are sentences about what should not be there."""

    names: list[str]
    faults: list[str]

    def read(self, name: str, most: int) -> bytes:
        """Give a file's bytes; raises NotSound."""
        raise NotImplementedError


class Folder(Place):
    """A folder and the folders in it. Links are not followed."""

    def __init__(self, path: Path) -> None:
        self.path, self.names, self.faults = path, [], []
        for folder, folders, files in os.walk(path):
            for name in sorted(folders + files):
                self._add(Path(folder) / name)

    def _add(self, path: Path) -> None:
        name = path.relative_to(self.path).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            self.faults.append(f"{name} is not a file.")
        elif path.is_file():
            self.names.append(name)

    def read(self, name: str, most: int) -> bytes:
        """Give a file's bytes; raises NotSound."""
        return read_file(self.path / name, most)


class Zip(Place):
    """A ZIP in which nothing is packed or locked, and no name stands twice."""

    def __init__(self, path: Path) -> None:
        try:
            self.file = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise NotSound(f"{path} is not a whole ZIP file.") from error
        members = [one for one in self.file.infolist() if not one.is_dir()]
        counted = Counter(one.filename for one in members)
        self.names = sorted(counted)
        self.faults = [f"{name} is in it twice." for name, count in counted.items() if count > 1]
        odd = [one for one in members if one.compress_type or one.flag_bits & 0x1]
        self.faults += [f"{one.filename} is packed or locked." for one in odd]
        if self.file.comment or min((one.header_offset for one in members), default=0):
            self.faults.append("There is something in the ZIP that is no file.")

    def read(self, name: str, most: int) -> bytes:
        """Give a file's bytes; raises NotSound."""
        try:
            with self.file.open(name) as file:
                return _short(file.read(most + 1), most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            raise NotSound("It cannot be read from the ZIP file.") from None


def read_file(path: Path, most: int) -> bytes:
    """Give a file's bytes; raises NotSound."""
    try:
        with path.open("rb") as file:
            return _short(file.read(most + 1), most)
    except OSError as error:
        raise NotSound(f"It cannot be read: {error.strerror}.") from None


def _short(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise NotSound(f"It is longer than {most // 1_000_000} MB.")
    return data


# What is checked, and against what.


class Report:
    """Says each verdict as it comes, and keeps what all of it comes to."""

    def __init__(self, trust: Trust, *, quiet: bool) -> None:
        self.trust, self.quiet = trust, quiet
        self.judge = second_judge()
        self.checked: list[Checked] = []

    def say(self, checked: Checked) -> None:
        """Keep a verdict, and print its line."""
        self.checked.append(checked)
        if not self.quiet:
            words = f"NOT SOUND. {' '.join(checked.findings)}" if checked.findings else checked.says
            print(shown(f"{checked.name}: {words}"))

    @property
    def holds(self) -> bool:
        """Say whether something was checked and nothing is wrong with any of it."""
        return bool(self.checked) and not any(one.findings for one in self.checked)


def check_pdf(report: Report, checked: Checked, pdf: bytes, found: Certificates) -> Sound | None:
    """Check a record by itself: its seal, and that its parts fit together."""
    try:
        signer = check_seal(pdf, report.trust, found)
        evidence = check_inside(pdf)
    except NotSound as error:
        checked.findings.append(str(error))
        return None
    if report.judge is not None:
        agrees = report.judge(pdf, list(report.trust.used.values()))
        checked.must(agrees, "pyHanko does not find the seal good.")
    number, head = at(evidence, "version", "number"), at(evidence, "history_head", "sequence")
    known = f", knows the history up to event {head}" if head else ""
    code = at(evidence, "record", "code")
    paper = at(evidence, "signature", "method") == "paper"
    how = ", signed on paper and filed later as a scan" if paper else ""
    checked.says = f"sound. Check code {code}, version {number}{how}{known}."
    return Sound(sha256(pdf), signer, evidence)


def compare(sound: Sound, history: History, checked: Checked) -> None:
    """Check a record against the history of its setting."""
    event = history.sealed.get(sound.record_id)
    if event is None:
        checked.findings.append("The history does not know this record.")
        return
    said = (
        ("record_sha256", sound.sha256),
        ("code", at(sound.evidence, "record", "code")),
        ("version", at(sound.evidence, "version", "id")),
        ("version_sha256", at(sound.evidence, "version", "text_sha256")),
    )
    for name, value in said:
        checked.must(event["ids"].get(name) == value, f"The history has another {name} for it.")
    compare_head(sound, history, checked)
    head = at(sound.evidence, "history_head", "sequence")
    after = isinstance(head, int) and head >= event["sequence"]
    checked.must(not after, "It was sealed after the event that tells of it.")


def compare_head(sound: Sound, history: History, checked: Checked) -> None:
    """Check the newest event that a record knew of against the event of that number."""
    head = at(sound.evidence, "history_head")
    if head is None:
        return
    sequence, known = at(head, "sequence"), history.hashes
    there = isinstance(sequence, int) and 1 <= sequence <= len(known)
    checked.must(there, "It knows of a later event than the history has: the history was cut off.")
    if there and known[sequence - 1] != at(head, "hash"):
        checked.findings.append("It knows another event than the history has under that number.")


def check_history(data: bytes, checked: Checked) -> History:
    """Check that every event follows the one before it, from the first to the last."""
    hashes_, sealed, settings = [BEGINNING], {}, set()
    for number, line in enumerate(data.splitlines(), 1):
        try:
            event = strict_json(line)
            packed = json.dumps(
                {name: event[name] for name in HASHED},
                ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False,
            ).encode()  # fmt: skip
            ids, kind = dict(event["ids"]), event["kind"]
        except (NotSound, LookupError, TypeError, ValueError, RecursionError):
            checked.findings.append(f"Line {number} is not an event.")
            break
        checked.must(event["sequence"] == number, f"Event {number} is not in its place.")
        checked.must(event["previous_hash"] == hashes_[-1], f"Event {number} follows another one.")
        checked.must(event.get("hash") == sha256(packed), f"Event {number} was changed.")
        hashes_.append(str(event.get("hash")))
        settings.add(event["setting"])
        if kind == "signing.sealed":
            sealed[str(ids.get("record"))] = {"ids": ids, "sequence": number}
    checked.must(len(settings) == 1, "It is not the history of one setting.")
    return History(hashes_[1:], sealed, next(iter(settings), None))


class Exported:
    """An export: every file is as its sealed manifest says, and they all tell the same story."""

    def __init__(self, report: Report, place: Place, name: str) -> None:
        self.report, self.place, self.name = report, place, name
        self.files: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.found = _certificates(place)
        self.history: History | None = None
        self.days: list[tuple[Checked, bytes]] = []

    def check(self) -> None:
        """Check all of it."""
        self._manifest()
        order = sorted(self.place.names, key=lambda name: (name != HISTORY, name))
        for name in order:
            if name not in (MANIFEST, SEAL):
                self._file(name)
        self._say_days()
        for name in sorted(self.files.keys() - set(self.place.names)):
            self.report.say(Checked(self._called(name), findings=["It is missing."]))

    def _manifest(self) -> None:
        checked = Checked(self._called(MANIFEST), findings=list(self.place.faults))
        try:
            data = self.place.read(MANIFEST, MOST_OTHER)
            seal = self.place.read(SEAL, MOST_INSIDE) if SEAL in self.place.names else b""
            signer, carried = read_signature(seal, hashlib.sha256(data).digest())
            self.about = strict_json(data)
            made_at = datetime.fromisoformat(self.about["made_at"])
            self.report.trust.check(signer, [*self.found, *carried], made_at)
            self.files = dict(self.about["files"])
            name = self.about["setting"]["name"]
            checked.says = (
                f"sealed. {len(self.files)} files of {name}, listed on {made_at:%d %B %Y}."
            )
        except NotSound as error:
            checked.findings.append(str(error))
        except (LookupError, TypeError, ValueError):
            checked.findings.append("It cannot be read as a manifest.")
        checked.must(HISTORY in self.files, "It does not list a history.")
        self.report.say(checked)

    def _file(self, name: str) -> None:
        checked = Checked(self._called(name), says="as listed.")
        checked.must(name in self.files, "It is not in the manifest.")
        record = name.startswith("records/")
        try:
            data = self.place.read(name, MOST_PDF if record else MOST_OTHER)
        except NotSound as error:
            checked.findings.append(str(error))
        else:
            same = sha256(data) == self.files.get(name, sha256(data))
            checked.must(same, "It is not the file that the manifest lists.")
            if record:
                self._record(data, checked)
            elif name == HISTORY:
                self._history(data, checked)
            elif DAY.fullmatch(name):
                # Each follows another, which its name does not tell: they are said at the end.
                self.days.append((checked, data))
                return
        self.report.say(checked)

    def _record(self, data: bytes, checked: Checked) -> None:
        sound = check_pdf(self.report, checked, data, self.found)
        if sound is not None and self.history is not None:
            compare(sound, self.history, checked)

    def _history(self, data: bytes, checked: Checked) -> None:
        history = self.history = check_history(data, checked)
        head = (len(history.hashes), history.hashes[-1] if history.hashes else BEGINNING)
        named = (at(self.about, "head", "sequence"), at(self.about, "head", "hash"))
        checked.must(head == named, "It does not end with the event that the manifest names.")
        own = at(self.about, "setting", "id")
        checked.must(history.setting == own, "It is the history of another setting.")
        here = sum(name.startswith("records/") for name in self.files)
        gone = len(history.sealed) - here
        erased = f" {gone} of its records are not in this export." if gone > 0 else ""
        checked.says = f"{head[0]} events, unbroken, the last one {head[1]}.{erased}"

    def _say_days(self) -> None:
        """Check the manifests of the days, one after the other, and their timestamps."""
        last = Day(0, 0, BEGINNING)
        for checked, data in sorted(self.days, key=_number):
            try:
                last = check_day(data, last, self.history, checked)
                own = at(self.about, "setting", "id")
                checked.must(_setting(data) == own, "It is one of another setting.")
                checked.says = self._stamped(checked.name.removeprefix(f"{self.name}: "), data)
            except NotSound as error:
                checked.findings.append(str(error))
            self.report.say(checked)

    def _stamped(self, name: str, data: bytes) -> str:
        """What can be said of a day's timestamp; raises NotSound for one that is wrong."""
        answer = name.removesuffix(".json") + ".tsr"
        if answer not in self.place.names:
            return "fits the history. No timestamp server confirmed it so far."
        stamp = read_stamp(self.place.read(answer, MOST_INSIDE), hashlib.sha256(data).digest())
        words = f"fits the history. {stamp.by} confirmed it on {stamp.at:%d %B %Y at %H:%M:%S} UTC."
        if not self.report.trust.stampers:
            return (
                f"{words} Nobody was named to vouch for that timestamp (--timestamp-authority), so "
                f"it is believed by its certificate alone: SHA-256 {fingerprint(stamp.signer)}."
            )
        if not leads_to(stamp, self.report.trust.stampers):
            raise NotSound("No authority that you named vouches for its timestamp.")
        return words

    def _called(self, name: str) -> str:
        return f"{self.name}: {name}"


@dataclass(frozen=True)
class Day:
    """A manifest of a day: its number, the last event that it tells of, and its SHA-256."""

    number: int
    sequence: int
    sha256: str


def check_day(data: bytes, last: Day, history: History | None, checked: Checked) -> Day:
    """Check that a day's manifest follows the one before, and tells what the history tells.

    Raises NotSound for one that cannot be read.
    """
    says = strict_json(data)
    number, sequence = at(says, "number"), at(says, "head", "sequence")
    if not isinstance(number, int) or not isinstance(sequence, int):
        raise NotSound("It cannot be read as the manifest of a day.")
    checked.must(number == last.number + 1, "It is not the one that follows.")
    checked.must(at(says, "before") == last.sha256, "It follows another one.")
    day = checked.name.endswith(f"manifests/{at(says, 'day')}.json")
    checked.must(day, "It is the manifest of another day.")
    if history is not None:
        known = history.hashes[sequence - 1] if 1 <= sequence <= len(history.hashes) else None
        checked.must(known == at(says, "head", "hash"), "It knows another event than the history.")
        between = [
            _line_of(record, event)
            for record, event in history.sealed.items()
            if last.sequence < event["sequence"] <= sequence
        ]
        checked.must(at(says, "records") == between, "It tells of other records than the history.")
    return Day(number, sequence, sha256(data))


def _line_of(record: str, event: dict[str, Any]) -> dict[str, Any]:
    ids = event["ids"]
    line = {"code": ids.get("code"), "record": record, "sha256": ids.get("record_sha256")}
    return line | {"sequence": event["sequence"]}


def _number(day: tuple[Checked, bytes]) -> int:
    """A manifest's number; one that has none comes first."""
    try:
        number = at(strict_json(day[1]), "number")
    except NotSound:
        return 0
    return number if isinstance(number, int) else 0


def _setting(data: bytes) -> Any:
    return at(strict_json(data), "setting")


def _certificates(place: Place) -> Certificates:
    """The certificates that came with an export; whether they are believed is asked later."""
    found: Certificates = []
    for name in place.names:
        if name.startswith(CERTIFICATES):
            try:
                found += x509.load_pem_x509_certificates(place.read(name, MOST_INSIDE))
            except (NotSound, ValueError):
                # The manifest tells that it is another file than was listed.
                continue
    return found


def check_loose(report: Report, place: Place, name: str) -> None:
    """Check a folder or ZIP of records that has no manifest, such as an archive."""
    records = [one for one in place.names if one.lower().endswith(".pdf")]
    if place.faults or not records:
        none = [] if records else ["There is no record in it."]
        report.say(Checked(name, findings=[*place.faults, *none]))
    for one in records:
        checked = Checked(f"{name}: {one}")
        try:
            check_pdf(report, checked, place.read(one, MOST_PDF), [])
        except NotSound as error:
            checked.findings.append(str(error))
        report.say(checked)


def check_all(report: Report, paths: list[Path]) -> None:
    """Check whatever each of them is; exports first, because their histories tell of records."""
    histories: list[History] = []
    for path in sorted(paths, key=_is_record):
        if _is_record(path):
            _check_record(report, path, histories)
            continue
        try:
            place = Folder(path) if path.is_dir() else Zip(path)
        except NotSound as error:
            report.say(Checked(str(path), findings=[str(error)]))
            continue
        if MANIFEST not in place.names:
            check_loose(report, place, str(path))
            continue
        export = Exported(report, place, str(path))
        export.check()
        histories += [export.history] if export.history else []


def _is_record(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() != ".zip"


def _check_record(report: Report, path: Path, histories: list[History]) -> None:
    checked = Checked(str(path))
    try:
        pdf = read_file(path, MOST_PDF)
        sound = check_pdf(report, checked, pdf, [])
    except NotSound as error:
        checked.findings.append(str(error))
        sound = None
    for history in histories:
        if sound is not None and sound.record_id in history.sealed:
            compare(sound, history, checked)
    report.say(checked)


def main(arguments: list[str]) -> int:
    """Check what was named; gives the exit code."""
    asked = _asked(arguments)
    fingerprints = {_hex(one) for one in asked.fingerprint}
    trust = Trust(_named(asked.authority), fingerprints, _named(asked.timestamp_authority))
    report = Report(trust, quiet=asked.json)
    missing = [str(path) for path in asked.paths if not path.exists()]
    if missing:
        sys.stderr.write(f"There is no {', no '.join(missing)}.\n")
        return 2
    check_all(report, asked.paths)
    if asked.json:
        print(json.dumps(_told(report), indent=2))
    else:
        _tell(report)
    return 0 if report.holds else 1


def _asked(arguments: list[str]) -> argparse.Namespace:
    about, how = (__doc__ or "").split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=about, epilog=how, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="records, folders, or ZIP files")
    add("--authority", action="append", default=[], type=Path, metavar="FILE",
        help="the certificate to believe, as .pem or .cer")  # fmt: skip
    add("--fingerprint", action="append", default=[], metavar="SHA256",
        help="the certificate to believe, by its SHA-256")  # fmt: skip
    add("--timestamp-authority", action="append", default=[], type=Path, metavar="FILE",
        help="the certificate to believe about timestamps")  # fmt: skip
    add("--json", action="store_true", help="tell it to a program")
    return parser.parse_args(arguments)


def _named(files: list[Path]) -> Certificates:
    found: Certificates = []
    for path in files:
        try:
            data = path.read_bytes()
            load = x509.load_pem_x509_certificates
            found += load(data) if b"-----" in data else [x509.load_der_x509_certificate(data)]
        except (OSError, ValueError):
            sys.stderr.write(f"{path} is not a certificate that can be read.\n")
            raise SystemExit(2) from None
    return found


def _hex(typed: str) -> str:
    bare = re.sub(r"[\s:]", "", typed).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", bare):
        sys.stderr.write(f"{typed} is not a SHA-256: 64 digits from 0 to f.\n")
        raise SystemExit(2)
    return bare


def _tell(report: Report) -> None:
    for known, authority in report.trust.used.items():
        pairs = ":".join(known[n : n + 2] for n in range(0, 64, 2)).upper()
        print(shown(f"Authority: {authority.subject.rfc4514_string()}"))
        print(f"  SHA-256 {pairs}")
        if not report.trust.pinned:
            print("  It came with the files. Compare it with the one that the pre-school gave you.")
    if report.judge is None:
        print("pyHanko is not installed, so no second program judged the seals.")
    wrong = sum(bool(one.findings) for one in report.checked)
    count = f"{len(report.checked)} checked"
    print(f"{count}: all of it holds." if report.holds else f"{count}: {wrong} NOT SOUND.")


def _told(report: Report) -> dict[str, Any]:
    return {
        "holds": report.holds,
        "pyhanko": report.judge is not None,
        "authorities": [
            {"sha256": known, "name": one.subject.rfc4514_string(), "named": report.trust.pinned}
            for known, one in report.trust.used.items()
        ],
        "checked": [
            {
                "name": one.name,
                "holds": not one.findings,
                "findings": one.findings,
                "says": one.says,
            }
            for one in report.checked
        ],
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
