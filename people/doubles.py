"""Who may be on the list twice: names that are the same, turned round, or nearly the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from uuid import UUID

from extensions import db
from models.merges import pair, told_apart
from models.names import name_key, word_likeness
from models.people import Known, Person, people_now

# In a spelling mistake more letters are the same than in two different names.
ALIKE = 0.8


@dataclass(frozen=True)
class Double:
    """Two entries that may be one person, the older one first."""

    first: Known
    second: Known


def doubles(setting_id: UUID, most: int) -> list[Double]:
    """The pairs of current people that nobody has told apart yet, by name."""
    apart = told_apart(setting_id)
    pairs = [two for two in _pairs(_names(setting_id)) if pair(*two) not in apart][:most]
    wanted = {person_id for two in pairs for person_id in two}
    rows = db.session.execute(people_now(setting_id).where(Person.id.in_(wanted)))
    known = {row[0].id: Known(*row) for row in rows}
    # The ids are in the order of making.
    return [Double(*(known[one] for one in sorted(two))) for two in pairs]


def doubles_of(setting_id: UUID, person_id: UUID, full_name: str) -> list[Known]:
    """The other current people who may be this person."""
    apart = told_apart(setting_id)
    found = [
        one
        for one in Namesakes(_names(setting_id)).of(full_name)
        if one != person_id and pair(one, person_id) not in apart
    ]
    return _known(setting_id, found)


def same_name(setting_id: UUID, full_name: str) -> list[Known]:
    """The current people with this very name, whatever they are here as."""
    rows = people_now(setting_id).where(Person.name_key == name_key(full_name))
    return [Known(*row) for row in db.session.execute(rows)]


def everybody(setting_id: UUID) -> list[tuple[UUID, str, str]]:
    """Id, name key and name of each current person: columns, because there may be thousands."""
    rows = people_now(setting_id).with_only_columns(Person.id, Person.name_key, Person.full_name)
    return [(row[0], row[1], row[2]) for row in db.session.execute(rows)]


class Namesakes:
    """Finds who has much the same name among many, without comparing everybody with everybody.

    Names are laid out by their first word with the first letter of the last one, and by their
    last word with the first letter of the first one; a mistake in one of them leaves the other.
    """

    def __init__(self, names: Iterable[tuple[UUID, str]]) -> None:
        self.boxes: defaultdict[tuple[str, ...], list[UUID]] = defaultdict(list)
        self.keys: dict[UUID, str] = {}
        # Words come again and again, so each two of them are compared once.
        self.alike = cache(alike)
        for person_id, key in names:
            self.keys[person_id] = key
            for box in _boxes(key):
                self.boxes[box].append(person_id)

    def of(self, full_name: str) -> list[UUID]:
        """Whoever has this name or nearly this one."""
        key = name_key(full_name)
        near = dict.fromkeys(one for box in _boxes(key) for one in self.boxes.get(box, ()))
        return [one for one in near if self.same(key, self.keys[one])]

    def same(self, one: str, other: str) -> bool:
        """Whether two name keys may be one person's."""
        return nearly_same(one, other, self.alike)


def nearly_same(one: str, other: str, like: Callable[[str, str], bool]) -> bool:
    """Whether two name keys may be one person's: each word of the shorter has its like."""
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) < 2:
        return short == long
    left = list(long)
    for word in short:
        found = next((there for there in left if like(word, there)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def alike(one: str, other: str) -> bool:
    """The same word, or a longer one with a slip in it: "Ann" and "Anna" are two names."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2:
        return False
    return min(word_likeness(one, other), word_likeness(other, one)) >= ALIKE


def _boxes(key: str) -> Iterator[tuple[str, ...]]:
    words = key.split()
    if not words:
        return
    yield ("turned", *sorted((words[0], words[-1])))
    yield "first", words[0], words[-1][0]
    yield "last", words[0][0], words[-1]


def _pairs(names: Iterable[tuple[UUID, str]]) -> list[tuple[UUID, UUID]]:
    found = Namesakes(names)
    pairs = {
        pair(*two)
        for box in found.boxes.values()
        for two in combinations(box, 2)
        if found.same(found.keys[two[0]], found.keys[two[1]])
    }
    return sorted(pairs, key=lambda two: (found.keys[two[0]], two))


def _names(setting_id: UUID) -> list[tuple[UUID, str]]:
    return [(person_id, key) for person_id, key, _full_name in everybody(setting_id)]


def _known(setting_id: UUID, wanted: list[UUID]) -> list[Known]:
    rows = db.session.execute(people_now(setting_id).where(Person.id.in_(wanted)))
    return [Known(*row) for row in rows]
