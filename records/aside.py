"""The one thread in which pages are printed and seals are checked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

# One, for three reasons: Pango's font map must not be used by two threads at once; pyHanko starts
# an event loop, which fails where one already runs; and the memory that printing takes is given
# back to one thread's store instead of lying about in eight.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")


def aside(work: Callable[[], Result]) -> Result:
    """Do the work in that thread and wait for it; its errors come back too. Never nested."""
    return _thread.submit(work).result()
