"""Only clock.py reads the time: everything else can be told what time it is."""

import ast

from tests.guards.code import Module, product

READERS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("func", "now"),
    ("func", "current_timestamp"),
}


def time_reads(module: Module) -> list[int]:
    """The lines on which a module asks what time it is."""
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and (_name(node.value), node.attr) in READERS
    ]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_only_the_clock_reads_the_time() -> None:
    readers = {module.name: time_reads(module) for module in product() if time_reads(module)}
    assert list(readers) == ["clock"], f"call clock.now() or clock.today() instead: {readers}"
