"""The update at the end of a PDF that fills it in and seals it: our own writer, for this one shape.

Source: ISO 32000-1, 7.5.6 (incremental updates), 7.5.8 (cross-reference streams) and 12.8
(signatures). The file before it is never read: what must be known of it is in its anchors.
"""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from records.cms import CmsSigner, signature

# Harder work makes a record a fiftieth smaller and takes a quarter of a millisecond longer.
EFFORT = 4
# Room for four numbers of ten digits: [0 start end length].
RANGE_ROOM = 40


class Hash(Protocol):
    """A running SHA-256, as hashlib gives it."""

    def copy(self) -> "Hash":
        """Go on from here, and let another go on too."""
        ...

    def update(self, data: bytes | memoryview, /) -> None:
        """Take in more bytes."""
        ...

    def digest(self) -> bytes:
        """Give the hash so far."""
        ...

    def hexdigest(self) -> str:
        """Give the hash so far in hexadecimal."""
        ...


@dataclass(frozen=True, slots=True)
class Anchors:
    """What an update must know of the file it is appended to: lengths in bytes, object numbers."""

    length: int
    size: int
    previous: int
    root: int
    info: int
    file_id: str
    seal: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """The bytes to append, and the SHA-256 (hex) of the whole file with them."""

    tail: bytes
    sha256: str


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """The body of a compressed stream object with the entries of its dictionary."""
    packed = zlib.compress(content, EFFORT)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (
        entries,
        len(packed),
        packed,
    )


def text(words: str) -> bytes:
    """Words as a PDF text string."""
    return b"<%b>" % ("\ufeff" + words).encode("utf-16-be").hex().encode()


def date(moment: datetime) -> bytes:
    """A moment as a PDF date."""
    return moment.astimezone(UTC).strftime("(D:%Y%m%d%H%M%SZ)").encode()


def sealed_tail(
    anchors: Anchors,
    begun: Hash,
    objects: dict[int, bytes],
    signer: CmsSigner,
    signed_at: datetime,
) -> Sealed:
    """Redefine objects of a file and seal the whole of it, in one update.

    begun: the hash of the file's bytes so far. objects: bodies by object number.
    """
    out, offsets = bytearray(b"\n"), {}
    for number, body in objects.items():
        offsets[number] = anchors.length + len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    offsets[anchors.seal] = anchors.length + len(out)
    room = 2 * signer.room
    head = _seal_head(anchors.seal, signed_at)
    out += head
    opened = len(out) - 1
    out += b"0" * room + b">>>\nendobj\n"
    closed = opened + room + 2
    out += _references(anchors, offsets, anchors.length + len(out), out)
    _put_range(out, anchors.length, opened, closed, head)
    digest = begun.copy()
    digest.update(memoryview(out)[:opened])
    digest.update(memoryview(out)[closed:])
    hexadecimal = signature(signer, digest.digest()).hex().encode()
    out[opened + 1 : opened + 1 + len(hexadecimal)] = hexadecimal
    tail = bytes(out)
    whole = begun.copy()
    whole.update(tail)
    return Sealed(tail, whole.hexdigest())


def _seal_head(number: int, signed_at: datetime) -> bytes:
    """Everything of the seal before the signature's digits, which begin after the last byte."""
    return (
        b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M%b"
        b"/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams"
        b"<</Type/TransformParams/P 1/V/1.2>>>>]/ByteRange[%b]/Contents<"
        % (number, date(signed_at), b" " * RANGE_ROOM)
    )


def _put_range(out: bytearray, before: int, opened: int, closed: int, head: bytes) -> None:
    """Say which bytes the seal covers: all but the signature itself, with its brackets."""
    said = b"0 %d %d %d" % (before + opened, before + closed, len(out) - closed)
    start = opened + 1 - len(head) + head.index(b"/ByteRange[") + len(b"/ByteRange[")
    out[start : start + len(said)] = said


def _references(anchors: Anchors, offsets: dict[int, int], here: int, content: bytearray) -> bytes:
    """The cross-reference stream: where the objects of this update lie, itself included."""
    number = anchors.size
    places = sorted({**offsets, number: here}.items())
    index = " ".join(f"{known} 1" for known, _ in places).encode()
    table = b"".join(b"\x01" + offset.to_bytes(4, "big") + b"\0" for _, offset in places)
    this_id = hashlib.sha256(content).hexdigest()[:32].encode()
    return (
        b"%d 0 obj\n<</Type/XRef/Size %d/Root %d 0 R/Info %d 0 R/Prev %d/ID[<%b><%b>]"
        b"/W[1 4 1]/Index[%b]/Length %d>>stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (
            number,
            number + 1,
            anchors.root,
            anchors.info,
            anchors.previous,
            anchors.file_id.encode(),
            this_id,
            index,
            len(table),
            table,
            here,
        )
    )
