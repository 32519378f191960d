"""What stayed in order between two lists, in bounded time whatever the lists hold."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

# difflib gives what a person would mark, but takes cubic time where the same thing comes again and
# again. Above this many steps the quick way is good enough.
STEPS = 1_000_000

Pairs = list[tuple[int, int]]


def matches(before: Sequence[Hashable], now: Sequence[Hashable]) -> Pairs:
    """Give pairs of places that hold equal things, rising on both sides."""
    head = _alike(before, now)
    tail = _alike(before[head:][::-1], now[head:][::-1])
    old, new = before[head : len(before) - tail], now[head : len(now) - tail]
    middle = _by_difflib(old, new) if _steps(old, new) <= STEPS else _by_turn(old, new)
    return [
        *((place, place) for place in range(head)),
        *((head + one, head + other) for one, other in middle),
        *((len(before) - back, len(now) - back) for back in range(tail, 0, -1)),
    ]


def in_order(pairs: Pairs) -> set[tuple[int, int]]:
    """Give a largest set of pairs that rises on both sides; no place may come twice."""
    lowest: list[int] = []
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int]] = {}
    for pair in sorted(pairs):
        length = bisect_left(lowest, pair[1])
        lowest[length : length + 1] = [pair[1]]
        ends[length : length + 1] = [pair]
        if length:
            before[pair] = ends[length - 1]
    kept = ends[-1:]
    while kept and kept[-1] in before:
        kept.append(before[kept[-1]])
    return set(kept)


def by_turn(before: Sequence[Hashable], now: Sequence[Hashable]) -> Pairs:
    """Pair the first of each thing with the first, the second with the second, wherever it is."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, thing in enumerate(now):
        places[thing].append(place)
    turn: Counter[Hashable] = Counter()
    pairs = []
    for place, thing in enumerate(before):
        if turn[thing] < len(places[thing]):
            pairs.append((place, places[thing][turn[thing]]))
            turn[thing] += 1
    return pairs


def _by_turn(before: Sequence[Hashable], now: Sequence[Hashable]) -> Pairs:
    return sorted(in_order(by_turn(before, now)))


def _by_difflib(before: Sequence[Hashable], now: Sequence[Hashable]) -> Pairs:
    found = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    return [(one + n, other + n) for one, other, size in found for n in range(size)]


def _alike(before: Sequence[Hashable], now: Sequence[Hashable]) -> int:
    """Count the places from the beginning that are equal."""
    pairs = enumerate(zip(before, now, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(before), len(now)))


def _steps(before: Sequence[Hashable], now: Sequence[Hashable]) -> int:
    """Give the most steps that difflib may take: every equal pair, for each of its searches."""
    counts = Counter(now)
    return sum(counts[thing] for thing in before) * min(len(before), len(now))
