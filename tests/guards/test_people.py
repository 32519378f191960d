"""Nothing that names a person is forgotten when two entries become one, or on the time line."""

import ast

import pytest

import app as _whole_house  # noqa: F401  (so that every table is known)
from backends.database import Base
from people.merging import MOVES
from people.timeline import SENTENCES
from tests.guards.code import product


def tables_that_name_a_person() -> set[str]:
    """The tables with a foreign key to people."""
    return {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }


def kinds_that_name_a_person() -> set[str]:
    """The kinds of events that are told by a function which speaks of a person."""
    found = set()
    for module in product():
        for verb in ast.walk(module.tree):
            if isinstance(verb, ast.FunctionDef) and "person" in _words(verb):
                found |= {str(kind) for call in _events_told(verb) for kind in _words(call.args[1])}
    return found


def _events_told(verb: ast.FunctionDef) -> list[ast.Call]:
    calls = [node for node in ast.walk(verb) if isinstance(node, ast.Call)]
    return [call for call in calls if getattr(call.func, "id", "") in HAPPENED]


def _words(node: ast.AST) -> set[object]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}


HAPPENED = {"happened", "happened_to_each"}


def test_every_table_that_names_a_person_is_handled_when_two_entries_become_one() -> None:
    assert tables_that_name_a_person() == set(MOVES), (
        "say in people.merging.MOVES what becomes of its rows: they go over, end, or stay"
    )


def test_every_event_that_names_a_person_has_a_sentence() -> None:
    there = kinds_that_name_a_person()
    assert {"person.added", "pause.asked", "person.merged"} <= there, "the guard sees nothing"
    assert not there - set(SENTENCES), "give it a sentence in people.timeline.SENTENCES"


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_a_sentence_stands_when_its_details_are_erased(kind: str) -> None:
    assert SENTENCES[kind]({}).endswith((".", "!"))
