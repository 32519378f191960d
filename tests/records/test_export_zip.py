"""The ZIP of an export: its size is known before it begins, and every program can read it."""

import io
import subprocess
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.export_zip import MOST_BYTES, MOST_FILES, Entry, Size, zipped
from tests.records.checkers import tool

AT = datetime(2026, 11, 24, 8, 47, 3, tzinfo=UTC)
MEGABYTES = 1 << 22


def entry(name: str, data: bytes) -> Entry:
    return Entry(name, len(data), zlib.crc32(data), (data[:3], data[3:]))


def size_of(entries: list[Entry]) -> int:
    size = Size()
    for one in entries:
        size.add(one.name, one.size)
    return size.total


@given(
    st.dictionaries(st.from_regex(r"[a-z0-9_/-]{1,40}", fullmatch=True), st.binary(), max_size=9)
)
def test_any_files_come_out_as_they_went_in(files: dict[str, bytes]) -> None:
    entries = [entry(name, data) for name, data in files.items()]
    data = b"".join(zipped(entries, AT))
    assert len(data) == size_of(entries)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {name: file.read(name) for name in file.namelist()} == files


def test_other_programs_can_unpack_it(tmp_path: Path) -> None:
    path = tmp_path / "some.zip"
    path.write_bytes(b"".join(zipped([entry("a/b.txt", b"hello"), entry("c", b"")], AT)))
    said = subprocess.run([tool("unzip"), "-t", path], capture_output=True, text=True, check=True)
    assert "No errors detected" in said.stdout
    listed = subprocess.run([tool("unzip"), "-Z", path], capture_output=True, text=True, check=True)
    assert "-rw-------" in listed.stdout
    assert "26-Nov-24 08:47" in listed.stdout


def test_more_files_than_the_old_way_can_count() -> None:
    entries = [entry(f"{number}", b"x") for number in range(MOST_FILES + 2)]
    data = b"".join(zipped(entries, AT))
    assert len(data) == size_of(entries)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert len(file.namelist()) == MOST_FILES + 2
        assert file.read(str(MOST_FILES + 1)) == b"x"


class Pieces(io.RawIOBase):
    """A file of pieces that are mostly the same piece, so that a large one needs no room."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.starts, self.place, length = [], [], 0, 0
        for piece in pieces:
            self.pieces.append(piece)
            self.starts.append(length)
            length += len(piece)
        self.length = length

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset + (0, self.place, self.length)[whence]
        return self.place

    def read(self, size: int = -1) -> bytes:
        end = self.length if size is None or size < 0 else min(self.length, self.place + size)
        found = b""
        while self.place < end:
            number = bisect_right(self.starts, self.place) - 1
            begins = self.place - self.starts[number]
            found += self.pieces[number][begins : begins + end - self.place]
            self.place = self.starts[number] + min(
                len(self.pieces[number]), begins + end - self.place
            )
        return found


def test_more_bytes_than_the_old_way_can_count() -> None:
    piece = bytes(MEGABYTES)
    crc = zlib.crc32(piece)
    count = MOST_BYTES // MEGABYTES + 2
    entries = [Entry(f"{number}", MEGABYTES, crc, (piece,)) for number in range(count)]
    entries.append(entry("last", b"hello"))
    file = Pieces(zipped(entries, AT))
    assert file.length == size_of(entries) > MOST_BYTES
    with zipfile.ZipFile(file) as opened:  # type: ignore[arg-type]
        assert opened.read("last") == b"hello"
        assert opened.getinfo("last").header_offset > MOST_BYTES


def test_a_file_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="smaller than 4 GB"):
        list(zipped([Entry("long", MOST_BYTES, 0, ())], AT))
