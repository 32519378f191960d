"""Lists as people and programs write them, and some that were made to do harm."""

import io
import zipfile
from datetime import date
from typing import Any

import xlsxwriter

ROWS: list[list[Any]] = [
    ["Name", "Role", "Agency", "E-mail", "Date of birth", "Started"],
    ["Rhiannon Bevan", "Parent", "", "r@example.org", date(1990, 3, 1), date(2026, 9, 1)],
    ["Bevan, Tomos", "Student", "Coleg Gwent", "", date(2010, 3, 1), ""],
    ["Priya Raman", "agency", "Bright Staff", "", "", ""],
]


def workbook(rows: list[list[Any]], at: tuple[int, int] = (0, 0)) -> bytes:
    """An .xlsx whose first sheet is empty and whose second holds the rows from a cell on."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet("Nothing")
        sheet = book.add_worksheet("People")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(at[0] + row, at[1] + column, cell)
    return out.getvalue()


def text(separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The same as a text file."""
    lines = [separator.join(_cell(cell, separator) for cell in row) for row in ROWS]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to a hundred megabytes."""
    return repacked({"xl/worksheets/sheet1.xml": b" " * 100_000_000})


def lying_bomb() -> bytes:
    """The same, with a directory that says it is small."""
    data = bytearray(bomb())
    size = (100_000_000).to_bytes(4, "little")
    return bytes(data.replace(size, (1_000).to_bytes(4, "little")))


def far_corner() -> bytes:
    """One person in the first row, and something in the last cell that a sheet can have."""
    return workbook([["Rhiannon Bevan"], ["Far away"]], at=(1_048_574, 16_383))


def entities() -> bytes:
    """XML that grows when its entities are followed, and one that asks for a file."""
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">{grows}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;&f;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    return repacked({"xl/worksheets/sheet1.xml": sheet.encode()})


def repacked(parts: dict[str, bytes]) -> bytes:
    """A workbook some of whose parts are others."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as pack,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in pack.namelist():
            new.writestr(part, parts.get(part, pack.read(part)))
    return out.getvalue()


def _cell(cell: Any, separator: str) -> str:
    said = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    return f'"{said}"' if separator in said else said
