"""The child that has a hash confirmed, or looks at an answer that is kept: `python -m
records.stamp_room`, JSON in and out.

It talks to the timestamp server, so that whoever waits for it can end it, whatever the server does.
"""

import base64
import secrets
import sys
from pathlib import Path
from typing import Any

import orjson

from backends.timestamps import NoStamp, answer_to
from records.child import keep_within

MEMORY = 512 * 1024**2
SECONDS = 20
KINDNESS = 5


def main() -> None:
    """Do one order within the limits."""
    keep_within(memory=MEMORY, seconds=SECONDS, kindness=KINDNESS)
    order = orjson.loads(sys.stdin.buffer.read())
    try:
        found = _asked(order) if order["url"] else _looked_at(order)
    except NoStamp as error:
        found = {"fault": str(error)}
    sys.stdout.buffer.write(orjson.dumps(found))


def _asked(order: dict[str, Any]) -> dict[str, Any]:
    """Ask the server, and give its answer only when it is a timestamp that can be believed."""
    from records.stamp import authorities_in, read_answer, request_for

    roots = authorities_in(Path(order["ca_file"]) if order["ca_file"] else None)
    digest, nonce = bytes.fromhex(order["sha256"]), secrets.randbits(63)
    answer = answer_to(request_for(digest, nonce), order["url"])
    stamp = read_answer(answer, digest, nonce=nonce, roots=roots)
    return {"answer": base64.b64encode(answer).decode(), "at": stamp.at, "by": stamp.by}


def _looked_at(order: dict[str, Any]) -> dict[str, Any]:
    from records.stamp import read_answer

    stamp = read_answer(base64.b64decode(order["answer"]), bytes.fromhex(order["sha256"]))
    return {"at": stamp.at, "by": stamp.by}


if __name__ == "__main__":
    main()
