"""Which names may be one person's, and which are two people's."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import name_key
from people.doubles import Namesakes, alike, nearly_same

WORDS = ("ann", "anna", "sian", "siana", "llewellyn", "lewelyn", "jones", "jonas", "o", "li")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân Llewellyn", "sian LLEWELLYN"),
        ("Siân Llewellyn", "Llewellyn, Siân"),
        ("Siân Llewellyn", "Sian Lewelyn"),
        ("Siân Mair Llewellyn", "Siân Llewellyn"),
        ("Catherine Jones", "Katherine Jones"),
        ("Mary-Ann Evans", "Mary Ann Evans"),
    ],
)
def test_may_be_one(one: str, other: str) -> None:
    assert nearly_same(name_key(one), name_key(other), alike)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Jones", "Anna Jones"),
        ("Siân Llewellyn", "Siân Evans"),
        ("Siân", "Siân Evans"),
        ("Tom Jones", "Tim Jones"),
        ("", "Siân"),
    ],
)
def test_are_two(one: str, other: str) -> None:
    assert not nearly_same(name_key(one), name_key(other), alike)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_whoever_is_found_is_nearly_the_same(names: list[str], wanted: str) -> None:
    people = [(uuid4(), name_key(name)) for name in names]
    found = Namesakes(people).of(wanted)
    assert len(found) == len(set(found))
    same = [one for one, key in people if key == name_key(wanted)]
    assert set(same) <= set(found), "the very same name is always found"
    keys = dict(people)
    assert all(nearly_same(keys[one], name_key(wanted), alike) for one in found)
