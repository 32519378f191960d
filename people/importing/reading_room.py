"""The child that reads a list: `python -m people.importing.reading_room`, bytes in, JSON out."""

import resource
import sys
from typing import Any

import orjson

from people.importing.reading import SECONDS
from people.importing.refusals import ListRefused, TooLarge
from people.importing.sheets import cells_of
from records.child import keep_within

MEMORY = 512 * 1024**2


def main() -> None:
    """Read what is on stdin within the limits, and say what came of it."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(orjson.dumps(_told(sys.stdin.buffer.read())))


def _told(data: bytes) -> dict[str, Any]:
    try:
        cells, numbers = cells_of(data)
    except ListRefused as refused:
        return {"refused": type(refused).__name__}
    except (MemoryError, RecursionError):
        return {"refused": TooLarge.__name__}
    return {"cells": cells, "numbers": numbers}


if __name__ == "__main__":
    main()
