"""The register as CSV: opens in any spreadsheet, and no cell of it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from records.export_papers import BYTE_ORDER_MARK, harmless
from records.register import HEADINGS, Cell, Entry

LINES_AT_ONCE = 200


def as_csv(entries: Iterable[Entry]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel shows Siân; dates as 2026-11-24."""
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    lines = csv.writer(text)
    lines.writerow(HEADINGS)
    for number, entry in enumerate(entries, start=1):
        lines.writerow([_written(cell) for cell in entry.cells])
        if number % LINES_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(str(cell)) if cell is not None else ""


def _taken(text: io.StringIO) -> bytes:
    """What was written since the last time."""
    data = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return data
