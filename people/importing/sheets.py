"""Rows of texts out of CSV and of a workbook; formulas are never worked out here."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from agreements.incoming.letters import clean, decoded
from agreements.incoming.refusals import Refused
from people.importing.refusals import (
    DamagedList,
    LockedList,
    NobodyInIt,
    NotAList,
    OldExcel,
    TooLarge,
    TooManyPeople,
)

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
# What a workbook of 5,000 people takes unpacked is a twentieth of this.
MOST_UNPACKED = 60_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEPARATORS = (",", ";", "\t", "|")
ROWS_TO_LOOK_AT = 50

Rows = list[list[str]]


def cells_of(data: bytes) -> tuple[Rows, list[int]]:
    """The rows of a list that are not empty, and the number of each; raises a ListRefused."""
    if data.startswith(OLE):
        raise LockedList if "EncryptedPackage".encode("utf-16-le") in data else OldExcel
    rows = _workbook(data) if data.startswith(b"PK") else _text(data)
    kept, numbers = [], []
    for number, row in rows:
        texts = [_cell(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise TooLarge
        if texts:
            kept.append(texts)
            numbers.append(number)
        # One more, because the first may name the columns.
        if len(kept) > MOST_ROWS + 1:
            raise TooManyPeople
    if not kept:
        raise NobodyInIt
    width = max(map(len, kept))
    return [row + [""] * (width - len(row)) for row in kept], numbers


def _workbook(data: bytes) -> Iterable[tuple[int, list[Any]]]:
    """The first sheet that has something in it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_a_bomb(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.start is not None:
                    rows = sheet.to_python(nrows=MOST_ROWS + 2)
                    return list(enumerate(rows, start=sheet.start[0] + 1))
    except PasswordError as error:
        raise LockedList from error
    except (CalamineError, OSError, ValueError) as error:
        raise DamagedList from error
    raise NobodyInIt


def _refuse_a_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = pack.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise DamagedList from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 1_000:
        raise TooLarge
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise NotAList


def _text(data: bytes) -> Iterable[tuple[int, list[str]]]:
    if data.lstrip()[:5].lower() in (b"%pdf-", b"<!doc", b"<html", b"{\\rtf"):
        raise NotAList
    try:
        text = clean(decoded(data))
    except Refused as error:
        raise NotAList from error
    first, _, rest = text.partition("\n")
    # Excel says its separator like this where it is not the usual one.
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return _parsed(rest, first.strip()[4], start=2)
    return _parsed(text, _separator(text), start=1)


def _parsed(text: str, separator: str, start: int) -> Iterable[tuple[int, list[str]]]:
    try:
        return list(enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=start))
    except csv.Error as error:
        raise TooLarge from error


def _separator(text: str) -> str:
    """The separator by which most rows have the same number of cells, and more than one."""

    def fits(separator: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        rows = [len(row) for row, _ in zip(reader, range(ROWS_TO_LOOK_AT), strict=False) if row]
        width, often = Counter(rows).most_common(1)[0] if rows else (0, 0)
        return (often / len(rows), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=fits)


def _cell(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2026-11-24."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    if len(text) > LONGEST_CELL:
        raise TooLarge
    return text
