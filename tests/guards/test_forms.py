"""Every form that changes something at a desk or at set-up carries Flask-WTF's token."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.guards.code import ROOT
from tests.guards.routes import routes_of

FORMS = sorted((ROOT / "blueprints").rglob("*forms.py"))


def test_a_post_without_its_token_changes_nothing(
    app: Flask, raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    posts = [
        route
        for route in routes_of(app)
        if route.method != "GET" and not route.endpoint.startswith("kiosk.")
    ]
    assert len(posts) > 5
    for route in posts:
        response = raw_client.open(route.path, method=route.method, data={"email": "a@example.org"})
        assert response.status_code == 400, route
        assert "open for too long" in response.get_data(as_text=True), route


def test_every_date_is_asked_with_an_answer_in_our_own_words() -> None:
    """WTForms says "Not a valid date value."; DayField says what to enter."""
    theirs = re.compile(r"\bDateField\b")
    found = [path.name for path in FORMS if theirs.search(path.read_text(encoding="utf-8"))]
    assert found == ["year_forms.py"], "use DayField of blueprints/manager/year_forms.py"


def test_the_tablet_refuses_what_another_page_could_send(
    app: Flask, raw_client: FlaskClient
) -> None:
    """The kiosk has no form token; its own header and the browser's word take that place."""
    for route in routes_of(app):
        if route.method == "GET" or not route.endpoint.startswith("kiosk."):
            continue
        response = raw_client.open(
            route.path, method=route.method, json={}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert response.status_code == 403, route
