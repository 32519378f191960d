"""Has a stranger's PDF looked into by a child: one at a time, with limits, and then forgotten."""

import pickle
import threading
from dataclasses import dataclass

import orjson

from records.child import ChildFailed, ask
from records.finding import Insides, SealFinding

# A record is read in a fraction of these; a file that is made to hurt is not.
SECONDS = 8
MEMORY = 512 * 1024**2
SECONDS_FOR_A_TURN = 20

_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class Order:
    """A file, the certificates (DER) of our authorities, and how much it may cost."""

    pdf: bytes
    authority_certificates: list[bytes]
    memory: int
    seconds: int


class TooBusy(Exception):
    """Another file is being checked just now. Please try again in a moment."""


def look_into(pdf: bytes, authority_certificates: list[bytes]) -> SealFinding:
    """Read a PDF that may be anything; raises TooBusy when others' files take too long."""
    order = pickle.dumps(Order(pdf, authority_certificates, MEMORY, SECONDS))
    if not _turn.acquire(timeout=SECONDS_FOR_A_TURN):
        raise TooBusy
    try:
        # Far more than the processor's time: the machine may have other things to do, and a
        # record that is genuine must not be called too much for that.
        answer = orjson.loads(ask("records.check_room", order, 4 * SECONDS))
    except ChildFailed:
        # It was ended by a limit, or by what it read. Its last words may quote the file.
        return SealFinding("too much")
    finally:
        _turn.release()
    inside = answer.pop("inside")
    if inside is None:
        return SealFinding(**answer)
    head = inside.pop("head")
    return SealFinding(**answer, inside=Insides(**inside, head=tuple(head) if head else None))
