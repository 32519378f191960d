"""What a PDF says about its own seal, read by pyHanko; a hostile file gets an answer too.

Importing pyHanko takes a third of a second, so this module is imported when the first record is
checked and not before.
"""

import asyncio
import io
import zlib
from datetime import datetime

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    async_validate_detached_cms,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from records.aside import aside
from records.finding import Insides, SealFinding
from records.insides import insides

# Each of these was seen when damaged files were read. The first three are pyHanko's own way to
# say no; the others escape from the parts below it that expect a well-made file.
UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    zlib.error,  # a compressed stream with a changed byte
    ValueError,  # ASN.1 or a number that is none; pyHanko's CMS errors are of this kind too
    TypeError,  # an entry of another type than its name promises
    LookupError,  # an entry that is missing
    AttributeError,  # a hash algorithm that nobody has
    ArithmeticError,  # a number that is none, again
    NotImplementedError,  # a stream filter that nobody has
    RecursionError,  # objects nested deeper than Python goes
    AssertionError,  # a signature that is not even a dictionary
)


def check(pdf: bytes, authority_certificates: list[bytes]) -> SealFinding:
    """Read the seal of a PDF and judge it against our authorities (DER)."""
    roots = [Certificate.load(der) for der in authority_certificates]
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            return SealFinding("locked")
        seals = reader.embedded_signatures
    except UNREADABLE:
        return SealFinding("damaged")
    inside = _inside(reader)
    if len(seals) != 1:
        return SealFinding("read", inside=inside)
    try:
        return _finding(reader, seals[0], roots, inside)
    except UNREADABLE:
        return SealFinding("damaged", inside=inside)


def check_detached(
    data: bytes, signature: bytes, authority_certificates: list[bytes], at: datetime
) -> bool:
    """Say whether a detached CMS signature of that time is an unbroken one of ours over data."""
    roots = [Certificate.load(der) for der in authority_certificates]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    try:
        signed = ContentInfo.load(signature)["content"]
        status = aside(lambda: asyncio.run(async_validate_detached_cms(data, signed, context)))
    except UNREADABLE:
        return False
    return bool(status.intact and status.valid and status.trusted)


def _finding(
    reader: PdfFileReader,
    seal: EmbeddedPdfSignature,
    roots: list[Certificate],
    inside: Insides | None,
) -> SealFinding:
    # A seal is judged at the time it was set: it stays good when its certificate has run out.
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=seal.self_reported_timestamp
    )
    status = aside(lambda: validate_pdf_signature(seal, context))
    certifies = seal.docmdp_level == MDPPerm.NO_CHANGES
    return SealFinding(
        "read",
        one_seal=True,
        whole_document=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        unrevised=seal.signed_revision == reader.total_revisions - 1,
        seal_valid=bool(status.intact and status.valid and status.docmdp_ok and certifies),
        seal_ours=bool(status.trusted),
        inside=inside,
    )


def _inside(reader: PdfFileReader) -> Insides | None:
    try:
        return insides(reader)
    except UNREADABLE:
        return None
