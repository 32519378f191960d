"""What it costs to bring in a Word file of ten pages, in the child that reads it.

`python -m bench.incoming` measures this alone.
"""

import json
import os
import resource
import statistics
import time
from typing import Any

from agreements.incoming.reading import read
from tests.agreements.incoming.docs import docx, p, run, table

TURNS = int(os.environ.get("BENCH_INCOMING", "5"))
# About 500 words a page, as a policy is set: headings, paragraphs, lists and a table.
PAGES = 10
SENTENCE = "Staff must not write about their work on social media, nor disclose what is private. "


def measure() -> dict[str, Any]:
    """Bring the file in some times; processor time and memory are the child's."""
    data = docx(*(block for number in range(PAGES) for block in _page(number)))
    walls, cpus = [], []
    for _ in range(TURNS):
        before, started = _child_cpu(), time.perf_counter()
        incoming = read("policy.docx", data)
        walls.append(time.perf_counter() - started)
        cpus.append(_child_cpu() - before)
    return {
        "pages": PAGES,
        "words": incoming.words_in,
        "adds_up": incoming.balance.holds,
        "wall_s_p50": round(statistics.median(walls), 2),
        "child_cpu_s_p50": round(statistics.median(cpus), 2),
        "child_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def _page(number: int) -> list[str]:
    paragraphs = [p(run(SENTENCE, "<w:b/>"), SENTENCE * 5) for _ in range(4)]
    items = [p(SENTENCE, numbered=(1, level)) for level in (0, 1, 1, 0)]
    clauses = [p(SENTENCE, numbered=(2, level)) for level in (0, 1, 1)]
    rows = table(("Who", "What"), *((f"Person {n}", "Asks first.") for n in range(5)))
    return [p(f"Part {number}", style="Heading1"), *paragraphs, *items, *clauses, rows]


def _child_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
