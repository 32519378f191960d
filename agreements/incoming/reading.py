"""Has a file read in a child: one at a time, with limits, and gone when it is done.

What people upload may be made to harm whoever reads it. The child gets no secrets and no
database, and a process that accepts signings never loads the readers.
"""

import threading

import orjson

from agreements.incoming.kinds import MARKDOWN
from agreements.incoming.refusals import REFUSALS, Damaged, TakesTooLong, TooMuch
from agreements.incoming.report import Incoming
from records.child import ChildFailed, ask

SECONDS = 30
# A file this large is pictures; the longest policy with a logo is a tenth of it.
MOST_BYTES = 15_000_000

_turn = threading.Lock()


def read(name: str, data: bytes) -> Incoming:
    """Bring a file in by its bytes; raises a Refused with a sentence for whoever chose it."""
    if len(data) > MOST_BYTES:
        raise TooMuch
    # A stranger chose the name, so only its ending goes on.
    ending = next((end for end in MARKDOWN if name.lower().endswith(end)), "")
    told = orjson.loads(_asked(f"text{ending}", data))
    if "refused" in told:
        raise REFUSALS[told["refused"]]
    return Incoming.from_dict(told)


def _asked(name: str, data: bytes) -> bytes:
    """What the child says of a file."""
    try:
        with _turn:
            return ask("agreements.incoming.reading_room", data, SECONDS, name)
    except ChildFailed as failed:
        # A limit ended it: the clock's or the processor's. Its last words may quote the file.
        if failed.code is None or failed.code < 0:
            raise TakesTooLong from None
        # A reader that stumbles has met a file that is not as its kind should be.
        raise Damaged from None
