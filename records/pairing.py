"""Which clause of one text became which of another: the same, changed or moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from records.matching import Pairs, by_turn, in_order, matches
from records.pieces import plain
from records.text import Block

# A word that stands in more clauses than this tells nothing about which became which.
COMMON = 8
# How many clauses with the same rare words are looked at closely.
CLOSE = 5
# The share of words that two clauses have in common when one became the other, in its place or
# somewhere else; and the fewest words that are recognised somewhere else.
CHANGED, MOVED, FEWEST = 0.5, 0.7, 4


def paired(before: Sequence[Block], now: Sequence[Block]) -> tuple[set[tuple[int, int]], Pairs]:
    """Give the pairs that stayed in order and those that moved, as places before and now.

    The same whichever of the two texts comes first. Every clause is in one pair at most.
    """
    if [_key(block) for block in now] < [_key(block) for block in before]:
        kept, moved = _paired(now, before)
        return {(one, other) for other, one in kept}, sorted((b, a) for a, b in moved)
    return _paired(before, now)


def _paired(before: Sequence[Block], now: Sequence[Block]) -> tuple[set[tuple[int, int]], Pairs]:
    keys = [_key(block) for block in before], [_key(block) for block in now]
    pairs = matches(*keys)
    for find in (_equal, _alike):
        gone, new = _left(len(before), 0, pairs), _left(len(now), 1, pairs)
        found = find([before[place] for place in gone], [now[place] for place in new])
        pairs += [(gone[one], new[other]) for one, other in found]
    kept = in_order(pairs)
    moved = [pair for pair in pairs if pair not in kept and _is_known(before, now, pair)]
    kept |= set(_alone(before, now, kept, moved))
    return kept, sorted(moved)


def _key(block: Block) -> tuple[str, str, str]:
    return block.words, block.shape, block.typed


def _words(block: Block) -> Counter[str]:
    return Counter(plain(block.words.lower()))


def _left(length: int, side: int, pairs: Pairs) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [place for place in range(length) if place not in taken]


def _equal(gone: Sequence[Block], new: Sequence[Block]) -> Pairs:
    return by_turn([block.words for block in gone], [block.words for block in new])


def _alike(gone: Sequence[Block], new: Sequence[Block]) -> Pairs:
    """Pair what shares enough words, the most alike first."""
    old_words = [_words(block) for block in gone]
    new_words = [_words(block) for block in new]
    scored = sorted(
        (-_share(old_words[one], new_words[other]), abs(one - other), one, other)
        for other, one in _candidates(old_words, new_words)
    )
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for score, _, one, other in scored:
        if -score >= CHANGED and one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            found.append((one, other))
    return found


def _candidates(
    gone: Sequence[Counter[str]], new: Sequence[Counter[str]]
) -> Iterator[tuple[int, int]]:
    """Give each new clause with the few gone ones that share its rare words."""
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(gone):
        for word in words:
            homes[word].append(place)
    for place, words in enumerate(new):
        rare = (homes[word] for word in words if word in homes and len(homes[word]) <= COMMON)
        shared = Counter(one for ones in rare for one in ones)
        yield from ((place, one) for one, _ in shared.most_common(CLOSE))


def _share(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _is_known(before: Sequence[Block], now: Sequence[Block], pair: tuple[int, int]) -> bool:
    """Say whether a pair out of order is one clause that moved, and not two that look alike."""
    one, other = before[pair[0]], now[pair[1]]
    words = _words(one), _words(other)
    enough = min(words[0].total(), words[1].total()) >= FEWEST
    return one.words == other.words or (enough and _share(*words) >= MOVED)


def _alone(
    before: Sequence[Block], now: Sequence[Block], kept: set[tuple[int, int]], moved: Pairs
) -> Iterator[tuple[int, int]]:
    """Pair one clause with the one that took its place, where both are alone between neighbours."""
    edges = [(-1, -1), *sorted(kept), (len(before), len(now))]
    gone = {pair[0] for pair in moved}, {pair[1] for pair in moved}
    for (left, above), (right, below) in pairwise(edges):
        olds = [place for place in range(left + 1, right) if place not in gone[0]]
        news = [place for place in range(above + 1, below) if place not in gone[1]]
        if len(olds) == len(news) == 1 and before[olds[0]].shape == now[news[0]].shape:
            yield olds[0], news[0]
