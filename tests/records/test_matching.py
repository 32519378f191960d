"""Matching keeps to the order of both sides, and finds as much as there is to find."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from records.matching import STEPS, _by_turn, by_turn, in_order, matches

LISTS = some.lists(some.sampled_from("abcd"), max_size=12)


def rises(pairs: list[tuple[int, int]]) -> bool:
    return all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(pairs))


@settings(deadline=None)
@given(LISTS, LISTS)
def test_pairs_are_equal_and_rise_on_both_sides(before: list[str], now: list[str]) -> None:
    for found in (matches(before, now), _by_turn(before, now)):
        assert rises(found)
        assert all(before[one] == now[other] for one, other in found)


@settings(deadline=None)
@given(some.permutations(range(9)))
def test_the_longest_rising_set_is_found(order: list[int]) -> None:
    pairs = list(enumerate(order))
    found = sorted(in_order(pairs))
    assert rises(found)
    longest: list[int] = []
    for place, value in pairs:
        longest.append(1 + max((longest[n] for n in range(place) if order[n] < value), default=0))
    assert len(found) == max(longest)


def test_each_is_paired_with_its_own_turn() -> None:
    assert by_turn("abca", "aabc") == [(0, 0), (1, 2), (2, 3), (3, 1)]


def test_too_much_of_the_same_goes_the_quick_way() -> None:
    """Both ways begin and end alike, so only what lies between is matched by turn."""
    many = round(STEPS ** (1 / 3)) + 1
    before, now = ["x", *"ab" * many, "y"], ["x", *"ba" * many, "y"]
    found = matches(before, now)
    assert found[0] == (0, 0)
    assert found[-1] == (2 * many + 1, 2 * many + 1)
    assert len(found) > many
