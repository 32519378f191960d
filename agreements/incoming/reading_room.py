"""The child that reads: `python -m agreements.incoming.reading_room NAME`, bytes in, JSON out."""

import resource
import sys
from typing import Any

import orjson

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.reading import SECONDS
from agreements.incoming.refusals import Refused, TooMuch
from records.child import keep_within

MEMORY = 1024**3


def main() -> None:
    """Read what is on stdin within the limits, and say what came of it."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(orjson.dumps(_told(sys.argv[1], sys.stdin.buffer.read())))


def _told(name: str, data: bytes) -> dict[str, Any]:
    try:
        return bring_in(name, data).to_dict()
    except Refused as refused:
        return {"refused": type(refused).__name__}
    except (MemoryError, RecursionError):
        return {"refused": TooMuch.__name__}


if __name__ == "__main__":
    main()
