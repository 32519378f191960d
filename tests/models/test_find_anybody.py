"""Finding somebody by name: beginnings first, misspellings only when there are none."""

import pytest

import clock
from extensions import db
from models.people import PersonCategory, add_person
from models.search import find_anybody
from models.settings import of
from models.writing import writing
from tests.cast import Cast

NAMES = ("Ann Abel", "Anna-Louise Bell", "Bea Annesley", "Łukasz O’Connor")


@pytest.fixture
def there(cast: Cast) -> Cast:
    """Some people beside Siân."""
    with writing():
        for name in NAMES:
            add_person(
                cast.bluebells.id, full_name=name, category="volunteer", organisation=None,
                since=clock.today("Europe/London"),
            )  # fmt: skip
    return cast


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ann", ["Ann Abel", "Anna-Louise Bell", "Bea Annesley"]),
        ("bell ann", ["Anna-Louise Bell"]),
        ("louise", ["Anna-Louise Bell"]),
        ("OConnor lukasz", ["Łukasz O’Connor"]),
        ("llewelyn", ["Siân Llewellyn"]),
        ("sian lewelyn", ["Siân Llewellyn"]),
        ("%", []),
        ("", []),
        ("xyz", []),
    ],
)
def test_who_is_found(there: Cast, typed: str, found: list[str]) -> None:
    known = find_anybody(there.bluebells.id, typed, 9)
    assert [one.person.full_name for one in known] == found
    assert find_anybody(there.owls.id, typed, 9) == []


def test_so_many_and_no_more(there: Cast) -> None:
    assert len(find_anybody(there.bluebells.id, "ann", 2)) == 2


def test_who_left_is_found(there: Cast) -> None:
    setting_id = there.bluebells.id
    with writing():
        rows = of(setting_id, PersonCategory).where(PersonCategory.person_id == there.sian.id)
        db.session.scalars(rows).one().until = clock.today("Europe/London")
    (known,) = find_anybody(setting_id, "sian", 9)
    assert (known.person.id, known.category) == (there.sian.id, "volunteer")
