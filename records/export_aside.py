"""Files of an export that grow with it: they wait on the disk, nameless, and not in memory."""

import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from records.export_zip import PIECE, Entry


class Aside(AbstractContextManager["Aside"]):
    """Bytes that are put by, with their size, CRC-32 and SHA-256; gone when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (this object is the manager)
        self._hash = hashlib.sha256()
        self.size, self.crc = 0, 0

    def write(self, data: bytes) -> None:
        """Put more bytes by."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)

    @property
    def digest(self) -> bytes:
        """The SHA-256 of everything so far."""
        return self._hash.digest()

    def pieces(self) -> Iterator[bytes]:
        """Everything from the beginning, a piece at a time."""
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def lines(self) -> Iterator[bytes]:
        """Everything from the beginning, a line at a time."""
        self._file.seek(0)
        yield from self._file

    def entry(self, name: str) -> Entry:
        """It as a file of the export."""
        return Entry(name, self.size, self.crc, self.pieces())

    def __exit__(self, *_error: object) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the export whose bytes are read again when it leaves, as they never change."""

    name: str
    size: int
    crc: int
    sha256: str
    read: Callable[[], bytes]

    def entry(self) -> Entry:
        """It as a file of the export, read when it is its turn."""
        return Entry(self.name, self.size, self.crc, (self.read() for _ in range(1)))


def paper_of(name: str, read: Callable[[], bytes]) -> Paper:
    """Look at such a file for the first time."""
    data = read()
    return Paper(name, len(data), zlib.crc32(data), hashlib.sha256(data).hexdigest(), read)


def entry_of(name: str, data: bytes) -> Entry:
    """A short file of the export."""
    return Entry(name, len(data), zlib.crc32(data), (data,))
