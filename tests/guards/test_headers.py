"""The security headers are on every answer, errors included, and personal pages are not kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.guards.routes import routes_of
from web.headers import ALWAYS, CSP

# What may be kept by a browser: it is about nobody.
KEEPABLE = {"assets.file", "assets.joined_file"}


def check(response: TestResponse) -> None:
    """Fail unless an answer carries every header."""
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS


def test_every_page_that_can_be_asked_for_has_them(app: Flask, raw_client: FlaskClient) -> None:
    for route in routes_of(app):
        if route.method == "GET":
            response = raw_client.get(route.path)
            check(response)
            assert response.status_code < 500, route
            if route.endpoint not in KEEPABLE:
                # The word itself: "no-store=True" is one that browsers pass over.
                assert "no-store" in response.headers["Cache-Control"].split(", "), route


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no/such/page", 404),
        ("DELETE", "/kiosk/", 405),
        ("GET", "/static/000000000000/../app.py", 404),
        ("GET", "/kiosk/bundle", 401),
        ("POST", "/kiosk/people/search", 403),
    ],
)
def test_errors_have_them(raw_client: FlaskClient, method: str, path: str, status: int) -> None:
    response = raw_client.open(path, method=method)
    assert response.status_code == status
    check(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_even_a_fault_of_ours_has_them(
    app: Flask, raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise ZeroDivisionError("a fault with a name in it: Siân")

    monkeypatch.setitem(app.view_functions, "pwa.up", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = raw_client.get("/up")
    assert response.status_code == 500
    check(response)
    assert "Siân" not in response.get_data(as_text=True)


def test_a_host_that_is_not_ours_is_refused(
    app: Flask, raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["sign.example.org"])
    assert raw_client.get("/up", base_url="http://sign.example.org").status_code == 200
    refused = raw_client.get("/up", base_url="http://elsewhere.example")
    assert refused.status_code == 400
    check(refused)


def test_a_browser_that_came_by_https_is_told_to_stay_there(raw_client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in raw_client.get("/up").headers
    secure = raw_client.get("/up", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=")


def test_the_policy_allows_nothing_by_default_and_nothing_inline() -> None:
    assert CSP.startswith("default-src 'none';")
    assert "unsafe" not in CSP
    assert "http:" not in CSP
    assert "https:" not in CSP
