"""A ZIP that is written as it leaves, nothing packed, whose exact size is known before that.

Source: PKWARE's APPNOTE 6.3.10, 4.3 and 4.5.3 (ZIP64). Each file's size and CRC are known when it
begins, so they stand before it and any program can unpack what has arrived.
"""

import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
FAR = struct.Struct("<2HQ")
# What fits into the old fields; beyond it the wider ones say it.
MOST_FILES, MOST_BYTES = 0xFFFF, 0xFFFFFFFF
PLAIN, WIDE = 20, 45
FROM_UNIX = 3 << 8
# An ordinary file that its owner may read and write.
MODE = 0o100600 << 16
PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name (ASCII), what is in it, in pieces, and their size and CRC-32 together."""

    name: str
    size: int
    crc: int
    pieces: Iterable[bytes]


class Size:
    """Adds up how long a ZIP of these files will be, in the order in which they are written."""

    def __init__(self) -> None:
        self.files, self.written, self.listed = 0, 0, 0

    def add(self, name: str, size: int) -> None:
        """Count one more file."""
        self.listed += CENTRAL.size + len(name) + _far(self.written)
        self.written += LOCAL.size + len(name) + size
        self.files += 1

    @property
    def total(self) -> int:
        """The bytes of the whole ZIP."""
        return self.written + self.listed + len(_end(self))


def zipped(entries: Iterable[Entry], at: datetime) -> Iterator[bytes]:
    """Give the ZIP piece by piece. Its list, which comes last, waits in a file and not in memory.

    Raises ValueError for a file that is longer than a ZIP of this kind can say.
    """
    so_far, stamp = Size(), _stamp(at)
    with tempfile.TemporaryFile() as listed:
        for entry in entries:
            if entry.size >= MOST_BYTES:
                raise ValueError("A file of an export has to be smaller than 4 GB.")
            listed.write(_central(entry, so_far.written, stamp))
            so_far.add(entry.name, entry.size)
            yield _local(entry, stamp)
            yield from entry.pieces
        listed.seek(0)
        while piece := listed.read(PIECE):
            yield piece
    yield _end(so_far)


def _local(entry: Entry, stamp: tuple[int, int]) -> bytes:
    name = entry.name.encode("ascii")
    sizes = (entry.crc, entry.size, entry.size, len(name), 0)
    return LOCAL.pack(b"PK\3\4", PLAIN, 0, 0, *stamp, *sizes) + name


def _central(entry: Entry, offset: int, stamp: tuple[int, int]) -> bytes:
    name = entry.name.encode("ascii")
    wide = FAR.pack(1, 8, offset) if _far(offset) else b""
    version = WIDE if wide else PLAIN
    sizes = (entry.crc, entry.size, entry.size, len(name), len(wide))
    place = (0, 0, 0, MODE, min(offset, MOST_BYTES))
    head = CENTRAL.pack(b"PK\1\2", FROM_UNIX | version, version, 0, 0, *stamp, *sizes, *place)
    return head + name + wide


def _far(offset: int) -> int:
    """How many bytes more it takes to say where a file lies that is far from the beginning."""
    return FAR.size if offset >= MOST_BYTES else 0


def _end(size: Size) -> bytes:
    files, listed, begins = size.files, size.listed, size.written
    wide = b""
    if files >= MOST_FILES or listed >= MOST_BYTES or begins >= MOST_BYTES:
        after = (END64.size - 12, FROM_UNIX | WIDE, WIDE, 0, 0, files, files, listed, begins)
        wide = END64.pack(b"PK\6\6", *after)
        wide += LOCATOR.pack(b"PK\6\7", 0, begins + listed, 1)
    few = min(files, MOST_FILES)
    places = (min(listed, MOST_BYTES), min(begins, MOST_BYTES), 0)
    return wide + END.pack(b"PK\5\6", 0, 0, few, few, *places)


def _stamp(at: datetime) -> tuple[int, int]:
    """A moment as MS-DOS writes it."""
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    return time, (at.year - 1980) << 9 | at.month << 5 | at.day
