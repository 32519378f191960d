"""Timestamps by RFC 3161: what is asked, and whether an answer is one to it.

Importing pyHanko takes a third of a second and 23 MB, so only a child and the commands that check
import this module.
"""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, tsp
from asn1crypto.cms import ContentInfo, SignedData
from asn1crypto.core import Sequence
from asn1crypto.x509 import Certificate
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from backends.timestamps import NoStamp
from records.aside import aside
from records.sealcheck import UNREADABLE

GRANTED = {"granted", "granted_with_mods"}
FOR_TIMESTAMPS = ["time_stamping"]
UNREAD = "What the timestamp server answered cannot be read as a timestamp."
REFUSED = "The timestamp server refused to confirm it ({why})."
OTHER = "The timestamp server confirmed something else than what was asked."
BROKEN = "The timestamp is broken: its signature does not fit."
NOT_FOR_IT = "The timestamp was signed with a certificate that is not made for timestamps."
STRANGER = (
    "The timestamp was signed by somebody whom nobody here vouches for. Put the certificate of the "
    "server's authority into TIMESTAMP_CA_FILE."
)


class Response(Sequence):
    """A TimeStampResp as RFC 3161 has it: without a token where the server refused."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment that somebody else confirmed, and the name in their certificate."""

    at: datetime
    by: str


def request_for(digest: bytes, nonce: int) -> bytes:
    """Ask to confirm a SHA-256, and for the certificates that it takes to check the answer."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def read_answer(
    answer: bytes,
    digest: bytes,
    *,
    nonce: int | None = None,
    roots: list[bytes] | None = None,
    at_its_time: bool = False,
) -> Stamp:
    """The timestamp in a whole answer; raises NoStamp unless it is one of this SHA-256.

    nonce: the number that was sent with it. roots: whom to trust (DER); None: not judged.
    at_its_time: trust is judged at the time that it says, and not now.
    """
    try:
        response = Response.load(answer, strict=True)  # type: ignore[no-untyped-call]
        _must_be_granted(response["status"])
        info = _info(response["time_stamp_token"])
        imprint = info["message_imprint"]
        asked = ("sha256", digest)
        same = (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native)
        if same != asked or (nonce is not None and info["nonce"].native != nonce):
            raise NoStamp(OTHER)
        at: datetime = info["gen_time"].native
        by = _signer(response["time_stamp_token"], digest, roots, at if at_its_time else None)
    except UNREADABLE:
        raise NoStamp(UNREAD) from None
    return Stamp(at, by)


def authorities_in(file: Path | None) -> list[bytes]:
    """The certificates (DER) of TIMESTAMP_CA_FILE, or the machine's own list; raises NoStamp."""
    if file is None:
        return ssl.create_default_context().get_ca_certs(binary_form=True)
    try:
        found = [der for _, _, der in pem.unarmor(file.read_bytes(), multiple=True)]
        for der in found:
            Certificate.load(der, strict=True).native  # noqa: B018  (reads all of it)
    except (OSError, ValueError, TypeError):
        raise NoStamp("TIMESTAMP_CA_FILE holds no certificate in PEM form.") from None
    return found


def _must_be_granted(status: tsp.PKIStatusInfo) -> None:
    said = status["status"].native
    if said not in GRANTED:
        # Its words are a stranger's: only what the standard knows is repeated.
        reasons = status["fail_info"].native if status["fail_info"] else None
        why = ", ".join(sorted(reasons)) if reasons else str(said)
        raise NoStamp(REFUSED.format(why=why.replace("_", " ")))


def _info(token: ContentInfo) -> tsp.TSTInfo:
    info = token["content"]["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        raise NoStamp(UNREAD)
    return info


def _signer(
    token: ContentInfo, digest: bytes, roots: list[bytes] | None, moment: datetime | None
) -> str:
    """The name of whoever signed a token; raises NoStamp unless they did, and may."""
    carried = [one.chosen for one in token["content"]["certificates"]]
    # Where trust is not judged, what came with it is as good as any.
    trusted = carried if roots is None else [Certificate.load(der) for der in roots]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    found = aside(lambda: asyncio.run(_validated(token["content"], context, digest)))
    if not (found.intact and found.valid):
        raise NoStamp(BROKEN)
    signer = found.signing_cert
    uses = signer.extended_key_usage_value
    # RFC 3161, 2.3: this one purpose, and it is critical.
    critical = "extended_key_usage" in signer.critical_extensions
    if uses is None or uses.native != FOR_TIMESTAMPS or not critical:
        raise NoStamp(NOT_FOR_IT)
    if roots is not None and not found.trusted:
        raise NoStamp(STRANGER)
    return _name(signer)


async def _validated(
    signed: SignedData, context: ValidationContext, digest: bytes
) -> TimestampSignatureStatus:
    found = await validate_tst_signed_data(signed, context, lambda _: digest)
    return TimestampSignatureStatus(**found)


def _name(signer: Certificate) -> str:
    """What people call the server: its common name, or else its organisation."""
    says = signer.subject.native
    name = says.get("common_name") or says.get("organization_name") or signer.subject.human_friendly
    # It is shown as it is, and is a stranger's.
    return "".join(
        letter if letter.isprintable() else "?" for letter in " ".join(str(name).split())
    )
