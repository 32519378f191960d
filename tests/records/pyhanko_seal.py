"""The seal as pyHanko sets it: how records were sealed at first, and what ours is compared with."""

import io
from datetime import datetime

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from records.aside import aside

FIELD = "Seal"
# Room for the signature as hexadecimal digits: two P-256 certificates need about 4,300. A fixed
# room spares pyHanko a rehearsal that costs as much as the signing itself.
ROOM = 8192


class Keeper(IncrementalPdfFileWriter):
    """Appends the seal and leaves the metadata, dates included, as the press wrote it."""

    def _update_meta(self) -> None:
        """Keep pyHanko from writing the machine's present time into the document."""


class Dated(PdfSigner):
    """Signs at the time it is told, so that the clock is read in one place only."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer=signer, new_field_spec=SigFieldSpec(FIELD))
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Begin to sign, at the time that was given."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def open_signer(private_der: bytes, certificate_der: bytes, authority_der: bytes) -> SimpleSigner:
    """Parse key and certificates once; a signature carries both certificates with it."""
    store = SimpleCertificateStore.from_certs([Certificate.load(authority_der)])
    return SimpleSigner(
        signing_cert=Certificate.load(certificate_der),
        signing_key=PrivateKeyInfo.load(private_der),
        cert_registry=store,
        embed_roots=True,
    )


def sealed_by_pyhanko(pdf: bytes, signer: SimpleSigner, at: datetime) -> bytes:
    """Give the PDF with the seal appended as one incremental update."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    dated, writer = Dated(metadata, signer, at), Keeper(io.BytesIO(pdf))
    output: io.BytesIO = aside(lambda: dated.sign_pdf(writer, bytes_reserved=ROOM))
    return output.getvalue()
