"""pyHanko's work, done aside: it starts an event loop, which fails where one already runs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def aside(work: Callable[[], Result]) -> Result:
    """Do the work in a thread of its own and wait for it; its errors come back too."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
