"""The register as a workbook: every name exactly as it is, dates as dates, and never a formula."""

import tempfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import IO, Any

from records.days import long_date
from records.register import HEADINGS, Cell, Entry

WIDTHS = (32, 20, 24, 10, 36, 10, 14, 24, 14, 12, 14, 12, 28)
DATES = {"num_format": "d mmm yyyy", "align": "left"}
ABOUT = (
    "Everybody who is on the list on this day, with each agreement that they are asked to sign.",
    "It holds names. Keep it where only those who need it can open it.",
)


def as_workbook(entries: Iterable[Entry], setting: str, day: date, by: str) -> IO[bytes]:
    """An XLSX in a nameless file on the disk, at its beginning; rows are written as they come.

    setting, by: names for the title sheet.
    """
    # Loaded here, so that a process that only signs never holds it.
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever asked closes it)
    # Rows go to the disk at once. Nothing that looks like a formula or a link becomes one.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = {
            "strong": book.add_format({"bold": True, "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "date": book.add_format(DATES),
        }
        _title_sheet(book, looks, setting, day, by)
        _register_sheet(book, looks, entries)
    file.seek(0)
    return file


def _title_sheet(book: Any, looks: dict[str, Any], setting: str, day: date, by: str) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, setting, looks["title"])
    sheet.write_string(1, 0, f"Register on {long_date(day)}, taken by {by}")
    for number, sentence in enumerate(ABOUT, start=3):
        sheet.write_string(number, 0, sentence)


def _register_sheet(book: Any, looks: dict[str, Any], entries: Iterable[Entry]) -> None:
    sheet = book.add_worksheet("Register")
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, looks["strong"])
    row = 0
    for row, entry in enumerate(entries, start=1):
        for column, cell in enumerate(entry.cells):
            _write(sheet, row, column, cell, looks["date"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, row, len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.activate()


def _write(sheet: Any, row: int, column: int, cell: Cell, dates: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), dates)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, cell)
