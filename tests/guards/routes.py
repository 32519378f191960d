"""Every route of the app as the guards see it, with something to ask it for."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
# What stands in for each argument of a route; nobody and nothing has these.
STANDS_FOR = {"uuid": "0197f3c2-0000-7000-8000-000000000000", "path": "css/tokens.css"}
ANYTHING = "nothing"


@dataclass(frozen=True)
class Route:
    """One method of one rule."""

    method: str
    rule: str
    endpoint: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def routes_of(app: Flask) -> list[Route]:
    """Every route, in the order of their addresses."""
    routes = [route for rule in app.url_map.iter_rules() for route in _routes(app, rule)]
    return sorted(routes, key=lambda route: (route.rule, route.method, route.endpoint))


def _routes(app: Flask, rule: Rule) -> Iterator[Route]:
    values = {name: _value(rule, name) for name in rule.arguments}
    with app.test_request_context():
        path = app.url_map.bind("localhost").build(rule.endpoint, values)
    for method in sorted((rule.methods or set()) & METHODS):
        yield Route(method, rule.rule, rule.endpoint, path)


def _value(rule: Rule, name: str) -> str:
    kind = type(rule._converters[name]).__name__.removesuffix("Converter").lower()
    return STANDS_FOR.get(kind, ANYTHING)
