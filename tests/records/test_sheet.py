"""What is typed from paper comes back as it was, or the line with the slip is named."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.codes import ALPHABET
from records.sheet import Mistyped, NotOneSheet, joined, read_line, spelled

KEY = bytes(range(200, 232))
OTHER = bytes(range(32))


def back(lines: list[str]) -> bytes:
    return joined([read_line(number, line) for number, line in enumerate(lines, start=1)])


@given(st.binary(min_size=32, max_size=32))
def test_every_key_comes_back(master_key: bytes) -> None:
    assert back(spelled(master_key)) == master_key


def test_four_lines_of_five_groups_of_four() -> None:
    for line in spelled(KEY):
        assert [len(group) for group in line.split(" ")] == [4] * 5
        assert set(line) <= set(ALPHABET + " ")


def test_it_may_be_typed_in_any_way() -> None:
    typed = [
        line.lower().replace(" ", "-").replace("0", "o").replace("1", "l") + " "
        for line in spelled(KEY)
    ]
    assert back(typed) == KEY


def test_every_wrong_character_is_seen_and_its_line_named() -> None:
    for number, line in enumerate(spelled(KEY), start=1):
        bare = line.replace(" ", "")
        for place in range(len(bare)):
            for letter in ALPHABET.replace(bare[place], ""):
                with pytest.raises(Mistyped, match=f"Line {number} is mistyped") as caught:
                    read_line(number, bare[:place] + letter + bare[place + 1 :])
                assert caught.value.number == number


def test_swapped_neighbours_are_seen() -> None:
    bare = spelled(KEY)[0].replace(" ", "")
    for place in range(len(bare) - 1):
        swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
        if swapped != bare:
            with pytest.raises(Mistyped):
                read_line(1, swapped)


@pytest.mark.parametrize("change", ["", "{}0", "0{}", "{}{}", "U{}", "٣{}"])
def test_too_little_too_much_and_other_letters(change: str) -> None:
    line = spelled(KEY)[0]
    typed = change.replace("{}", line[1:] if change[:1] in {"U", "٣"} else line)
    with pytest.raises(Mistyped):
        read_line(1, typed)


def test_lines_in_another_order_are_seen() -> None:
    first, second, *_rest = spelled(KEY)
    with pytest.raises(Mistyped):
        read_line(1, second)
    with pytest.raises(Mistyped):
        read_line(2, first)


def test_lines_of_two_sheets_are_seen() -> None:
    mixed = spelled(KEY)
    place = random.Random(1).randrange(4)
    mixed[place] = spelled(OTHER)[place]
    with pytest.raises(NotOneSheet):
        back(mixed)
