"""A tablet is paired by a code that a manager approves elsewhere."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import clock
from extensions import db
from models.tablets import CODE_LETTERS, approve_pairing, tablet_by_name
from tests.cast import Cast

JSON = "application/json"


def start(client: FlaskClient, **more: object) -> TestResponse:
    db.session.commit()
    return client.post("/kiosk/pairing", json={}, **more)


def collect(client: FlaskClient, device_code: object) -> TestResponse:
    db.session.commit()
    return client.post("/kiosk/pairing/token", json={"device_code": device_code})


def later(monkeypatch: pytest.MonkeyPatch, **ahead: int) -> None:
    then = clock.now() + timedelta(**ahead)
    monkeypatch.setattr("clock.now", lambda: then)


def test_the_whole_pairing(
    raw_client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = start(raw_client)
    assert begun.status_code == 200
    assert set(begun.json) >= {
        "user_code",
        "device_code",
        "interval",
        "expires_in",
        "approve_url",
    }
    assert len(begun.json["user_code"]) == 8
    assert set(begun.json["user_code"]) <= set(CODE_LETTERS)
    assert begun.json["user_code"] in begun.json["approve_url"]
    assert begun.json["approve_qr"].startswith("data:image/svg+xml")
    assert collect(raw_client, begun.json["device_code"]).status_code == 204
    typed = begun.json["user_code"][:4].lower() + " - " + begun.json["user_code"][4:]
    approve_pairing(cast.bluebells, typed, "Garden room", None)
    later(monkeypatch, seconds=5)
    answer = collect(raw_client, begun.json["device_code"])
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    for rule in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
        assert rule in cookie
    assert raw_client.get("/kiosk/bundle").json["tablet"] == {"name": "Garden room"}


def test_the_cookie_is_handed_over_once(raw_client: FlaskClient, cast: Cast) -> None:
    begun = start(raw_client).json
    approve_pairing(cast.bluebells, begun["user_code"], "Garden room", None)
    assert collect(raw_client, begun["device_code"]).status_code == 200
    assert collect(raw_client, begun["device_code"]).status_code == 410


def test_on_https_the_browser_ties_it_to_this_host(raw_client: FlaskClient, cast: Cast) -> None:
    begun = start(raw_client, base_url="https://sign.example.org").json
    approve_pairing(cast.bluebells, begun["user_code"], "Garden room", None)
    db.session.commit()
    answer = raw_client.post(
        "/kiosk/pairing/token",
        json={"device_code": begun["device_code"]},
        base_url="https://sign.example.org",
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-fingerpost-tablet=")
    assert "Secure" in cookie


def test_too_eager(raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = start(raw_client).json
    assert collect(raw_client, begun["device_code"]).status_code == 204
    hurried = collect(raw_client, begun["device_code"])
    assert hurried.status_code == 429
    assert int(hurried.headers["Retry-After"]) > 0
    later(monkeypatch, seconds=5)
    assert collect(raw_client, begun["device_code"]).status_code == 204


def test_a_code_lives_ten_minutes(
    raw_client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = start(raw_client).json
    assert begun["expires_in"] == 600
    later(monkeypatch, minutes=11)
    gone = collect(raw_client, begun["device_code"])
    assert gone.status_code == 410
    assert "new one" in gone.json["error"]
    assert tablet_by_name(cast.bluebells.id, "Garden room") is None


@pytest.mark.parametrize("device_code", [None, 7, ["x"]])
def test_not_a_device_code(raw_client: FlaskClient, device_code: object) -> None:
    assert collect(raw_client, device_code).status_code == 400


def test_json_that_is_nested_beyond_reason(raw_client: FlaskClient) -> None:
    answer = raw_client.post("/kiosk/pairing/token", data="[" * 100_000, content_type=JSON)
    assert answer.status_code == 400


def test_an_unknown_device_code(raw_client: FlaskClient) -> None:
    assert collect(raw_client, "never given").status_code == 410


def test_plain_http_elsewhere_is_refused(raw_client: FlaskClient) -> None:
    answer = start(raw_client, base_url="http://192.0.2.7:8000")
    assert answer.status_code == 403
    assert "https" in answer.json["error"]


def test_another_sites_page_cannot_start_one(raw_client: FlaskClient) -> None:
    assert start(raw_client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_pairings_are_counted(raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        __import__("models.throttles", fromlist=["LIMITS"]).LIMITS,
        "pairing_address",
        (1, timedelta(minutes=5)),
    )
    assert start(raw_client).status_code == 200
    refused = start(raw_client)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
