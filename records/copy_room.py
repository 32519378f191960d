"""The child that prints what is held about one person: an order on stdin, a PDF on stdout."""

import pickle
import sys

from records.child import keep_within
from records.copying import SECONDS, Order
from records.papers import print_about

MEMORY = 2 * 1024**3


def main() -> None:
    """Print one order within the limits."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    # Only the parent writes to this pipe; nothing that came from outside is unpickled.
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301
    sys.stdout.buffer.write(print_about(order.says, order.made_at, order.time_zone))


if __name__ == "__main__":
    main()
