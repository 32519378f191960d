"""The child that prints a pack: records and then its facts on stdin, the PDF on stdout."""

import pickle
import sys
from typing import IO

from records.child import keep_within
from records.pack.facts import Enclosed, Pack
from records.pack.page import print_pack

MEMORY = 2 * 1024**3
SECONDS = 180


def main() -> None:
    """Print one pack within the limits."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    pack, records = read_order(sys.stdin.buffer)
    sys.stdout.buffer.write(print_pack(pack, records))


def read_order(order: IO[bytes]) -> tuple[Pack, list[tuple[Enclosed, bytes]]]:
    """What the parent wrote."""
    records = []
    # Only the parent writes to this pipe; nothing that came from outside is unpickled.
    while not isinstance(one := pickle.load(order), Pack):  # noqa: S301
        records.append(one)
    return one, records


if __name__ == "__main__":
    main()
