"""Whose turn it is in a night: the new, then a share of all, so that each has one in a month."""

from uuid import UUID

import pytest

from records import turns
from records.turns import NIGHTS, Begun, Listed, Turns


def listed(count: int) -> list[Listed]:
    return [Listed(2 * n, "", UUID(int=n), "", "", None) for n in range(1, count + 1)]


def night(everybody: list[Listed], begun: Begun, newest: int) -> tuple[list[Listed], Begun]:
    """What is read in a night that has time for all, and what the next one begins with."""
    tonight = Turns(begun, everybody, newest)
    done = list(dict.fromkeys(tonight.new + tonight.due))
    outcome = tonight.outcome(done)
    return done, Begun(outcome.sequence, outcome.turn)


@pytest.mark.parametrize("count", [0, 1, 5, 28, 29, 100, 3000])
def test_everybody_has_a_turn_within_a_month(count: int) -> None:
    """And nobody has a second one before everybody had the first."""
    everybody, begun = listed(count), Begun(sequence=2 * count + 1)
    had: list[Listed] = []
    for _ in range(NIGHTS):
        full, begun = night(everybody, begun, 2 * count + 1)
        had += full
        if begun.turn == 0:
            break
    assert had == everybody


def test_nights_that_were_missed_are_made_up() -> None:
    full, _ = night(listed(280), Begun(10**9, 0, nights=3), 10**9)
    assert len(full) == 30


def test_what_is_new_comes_first_and_never_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_SEALS", 10)
    everybody, begun, nights = listed(25), Begun(), []
    for _ in range(4):
        before = begun
        full, begun = night(everybody, before, 99)
        assert len(full) <= 10
        nights.append(len([one for one in full if one.sequence > before.sequence]))
    assert nights == [10, 10, 5, 0]
    assert begun.sequence == 99


def test_a_night_that_was_cut_short_goes_on_where_it_stopped() -> None:
    everybody = listed(280)
    tonight = Turns(Begun(sequence=500, turn=40), everybody, 561)
    assert len(tonight.new) == 30
    assert len(tonight.due) == 10
    cut = tonight.outcome(tonight.new[:7])
    assert (cut.sequence, cut.turn) == (514, 40)
    cut = tonight.outcome(tonight.new + tonight.due[:3])
    assert (cut.sequence, cut.turn) == (561, 46)
