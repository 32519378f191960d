"""The child that looks into a stranger's file: `python -m records.check_room`, JSON on stdout."""

import pickle
import sys

import orjson

from records.child import keep_within
from records.finding import SealFinding
from records.looking import Order

KINDNESS = 5


def main() -> None:
    """Look into one PDF within the limits."""
    # Only the parent writes to this pipe; the stranger's bytes are within, and stay bytes.
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301
    keep_within(memory=order.memory, seconds=order.seconds, kindness=KINDNESS)
    sys.stdout.buffer.write(orjson.dumps(found(order)))


def found(order: Order) -> SealFinding:
    """Give what was found; a file that takes more memory than there is gets an answer too."""
    from records.sealcheck import check

    try:
        return check(order.pdf, order.authority_certificates)
    except MemoryError:
        return SealFinding("too much")


if __name__ == "__main__":
    main()
