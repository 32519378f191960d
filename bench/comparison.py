"""What it costs to compare two versions: five thousand words, a third of the clauses edited.

CPU milliseconds, nothing remembered from before. Run alone: python -m bench.comparison.
"""

import json
import random
import statistics
import time
from typing import Any

from records.comparison import Side, compare
from tests.records.fixtures import version

TURNS = 9
CLAUSES = 150


def measure() -> dict[str, Any]:
    """Compare the same two texts a few times, each time from the beginning."""
    chance = random.Random(5)  # noqa: S311  (texts, no secrets)
    words = version().text.split()
    clauses = [
        [chance.choice(words) for _ in range(chance.randint(15, 55))] for _ in range(CLAUSES)
    ]
    before = _side(1, clauses)
    now = _side(2, [_edited(clause, chance) for clause in clauses if chance.random() > 0.05])
    costs = [_cost(before, now) for _ in range(TURNS + 1)][1:]
    return {
        "words": sum(len(clause) for clause in clauses),
        "summary": compare(before, now).summary,
        "cpu_ms_p50": round(statistics.median(costs), 1),
    }


def _edited(clause: list[str], chance: random.Random) -> list[str]:
    if chance.random() < 2 / 3:
        return clause
    place = chance.randrange(len(clause))
    return [*clause[:place], "new", "words", *clause[place + 1 :]]


def _side(number: int, clauses: list[list[str]]) -> Side:
    text = "\n\n".join(" ".join(clause) for clause in clauses)
    return Side(number, "Rules", text, None, ("I agree.",))


def _cost(before: Side, now: Side) -> float:
    compare.cache_clear()
    started = time.process_time()
    compare(before, now).as_json  # noqa: B018  (it is made when it is asked for)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
