"""Work that is done in a child: with limits, without our secrets, and gone when it is done.

A child is a module of ours that is run by itself (a "room"). What it needs comes on its
standard input, and what it made goes to its standard output; nothing is written to a disk.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
# The child needs no secrets: of the environment it is given this and no more.
GIVEN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE")


class ChildFailed(Exception):
    """The child ended without an answer, or was ended: `code` is None when its time was up."""

    def __init__(self, code: int | None, words: str = "") -> None:
        super().__init__()
        self.code, self.words = code, words


def ask(room: str, order: bytes, seconds: int, *arguments: str) -> bytes:
    """Run a room, by its module's name, with an order and give its answer; raises ChildFailed."""
    return _run(room, arguments, seconds, input=order, stdout=subprocess.PIPE)


def ask_by_file(room: str, order: IO[bytes], seconds: int) -> IO[bytes]:
    """The same where order and answer are large: files that have no name and go when closed.

    order: read from where it stands. The answer is to be read from its beginning, and closed.
    """
    answer = tempfile.TemporaryFile()  # noqa: SIM115  (whoever asked closes it)
    try:
        _run(room, (), seconds, stdin=order, stdout=answer)
    except BaseException:
        answer.close()
        raise
    answer.seek(0)
    return answer


def _run(room: str, arguments: tuple[str, ...], seconds: int, **pipes: Any) -> bytes:
    given = {name: os.environ[name] for name in GIVEN if name in os.environ}
    try:
        run = subprocess.run(
            [sys.executable, "-m", room, *arguments],
            cwd=ROOT,
            env=given,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
            **pipes,
        )
    except subprocess.TimeoutExpired:
        # What it had read so far is no cause of ours, and is not carried along.
        raise ChildFailed(None) from None
    if run.returncode != 0:
        raise ChildFailed(run.returncode, run.stderr.decode(errors="replace").strip())
    return bytes(run.stdout or b"")


def keep_within(*, memory: int, seconds: int, kindness: int = 0) -> None:
    """Set the limits of this very process: bytes of memory, seconds of processor, and manners."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    os.nice(kindness)
