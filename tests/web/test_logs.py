"""Logs: what is written of an event is what the line was made to say, and never a name."""

import ast

from tests.guards.code import product
from web.logs import ALLOWED

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def test_nothing_that_a_line_says_is_dropped() -> None:
    dropped = {
        f"{module.path.name}:{node.lineno} {word.arg}"
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and ast.unparse(node.func.value) == "log"
        for word in node.keywords
        if word.arg not in ALLOWED
    }
    assert not dropped, "give it as one of ALLOWED in web/logs.py, or add it there if it is an id"
