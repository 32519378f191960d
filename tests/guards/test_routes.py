"""Every route is listed with the guard in front of it, and the guard is really there."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blueprints.manager.blueprint import OWN_GUARD
from tests.guards.code import ROOT
from tests.guards.listed import Listed, listed
from tests.guards.routes import Route, routes_of

# Converters of ids, and the few words that may stand in an address: none of them is personal.
IMPERSONAL = {"token", "code", "edition", "hint_key", "path", "piece", "slug", "setting", "stage"}
# Everybody else is sent to sign in, or told to pair.
TO_ANYBODY = {"open", "link", "code", "key"}
# What a form may show in the address: a check code, and words and ids of ours to choose from.
SHOWN_BY_FORMS = {"code", "category", "organisation", "stage"}
OUR_PAGE = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}


def test_every_route_is_listed_and_every_line_is_a_route(app: Flask) -> None:
    there = {(route.method, route.rule, route.endpoint) for route in routes_of(app)}
    known = {(line.method, line.rule, line.endpoint) for line in listed()}
    assert there == known, "add the route, and who may use it, to tests/guards/routes.txt"


def test_one_address_is_answered_by_one_view(app: Flask) -> None:
    twice = Counter((route.method, route.rule) for route in routes_of(app))
    assert [route for route, count in twice.items() if count > 1] == []


@pytest.mark.parametrize("line", listed(), ids=str)
def test_the_guard_stands_in_front(app: Flask, raw_client: FlaskClient, line: Listed) -> None:
    (route,) = [r for r in routes_of(app) if (r.method, r.rule) == (line.method, line.rule)]
    assert passed(raw_client, route) == (line.guard in TO_ANYBODY)
    if line.endpoint not in OWN_GUARD:
        assert {"/manager/": "desk", "/kiosk/p": "tablet"}.get(line.rule[:9]) in {None, line.guard}


def passed(client: FlaskClient, route: Route) -> bool:
    """Whether a stranger gets past the door: neither sent to sign in nor told to pair."""
    response = client.open(route.path, method=route.method, headers=OUR_PAGE)
    to_sign_in = urlsplit(response.location or "").path == "/login"
    return response.status_code != 401 and not to_sign_in


def test_nothing_personal_stands_in_an_address(app: Flask) -> None:
    doubtful = [
        f"{rule.rule} <{name}>"
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if type(converter).__name__ != "UUIDConverter" and name not in IMPERSONAL
    ]
    assert not doubtful, "give people an id in the address, or use a POST"


def _shows_nothing_personal(form: str) -> bool:
    """Whether each field stands in the template by its name, and only a code can be typed."""
    fields = set(re.findall(r'name="(.*?)"', form))
    typed = re.findall(r"<(?:input|textarea)", form)
    chosen = fields <= SHOWN_BY_FORMS and not typed
    return bool(fields) and "{{ field(" not in form and (fields == {"code"} or chosen)


def test_forms_never_put_what_was_typed_into_the_address() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    wrong = [
        str(path.relative_to(ROOT))
        for path in templates
        for form in re.findall(r"<form.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)
        if 'method="post"' not in form and not _shows_nothing_personal(form)
    ]
    assert not wrong, "a form without method=post shows its fields in the address bar and in logs"
