"""Has a list read in a child: one at a time, with limits, and gone when it is done.

A workbook may be made to harm whoever opens it. The child gets no secrets and no database, and a
process that accepts signings never loads the reader.
"""

import threading
from dataclasses import dataclass

import orjson

from people.importing.refusals import REFUSALS, DamagedList, TooLarge
from records.child import ChildFailed, ask

SECONDS = 20
MOST_BYTES = 2_000_000

_turn = threading.Lock()


@dataclass(frozen=True)
class Cells:
    """What a list says: the texts of each row that is not empty, and its number in the file."""

    cells: list[list[str]]
    numbers: list[int]


def read(data: bytes) -> Cells:
    """Read a CSV file or a workbook by its bytes; raises a ListRefused with a sentence."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    told = orjson.loads(_asked(data))
    if "refused" in told:
        raise REFUSALS[told["refused"]]
    return Cells(told["cells"], told["numbers"])


def _asked(data: bytes) -> bytes:
    try:
        with _turn:
            return ask("people.importing.reading_room", data, SECONDS)
    except ChildFailed as failed:
        # A limit ended it: the clock's, the processor's or the memory's. Its words may quote names.
        if failed.code is None or failed.code < 0:
            raise TooLarge from None
        raise DamagedList from None
