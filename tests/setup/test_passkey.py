"""Signing in with a passkey alone, at an address that may have one."""

from dataclasses import replace

import pytest
from flask import Flask

from config import Config
from models.sessions import live_sessions
from models.throttles import LIMITS
from tests.cast import Cast
from tests.device import Device
from tests.page import PageClient
from tests.second_steps import with_app, with_passkey


@pytest.fixture
def device(cast: Cast) -> Device:
    return with_passkey(cast.alice)


def answers(client: PageClient, device: Device, **more: str) -> str:
    """Let the device answer; where that leads."""
    answer = device.uses(client.raw("POST", "/login/challenge").get_json())
    return str(client.post("/login/passkey", {"answer": answer, **more}).location)


def is_in(client: PageClient) -> bool:
    return client.raw("GET", "/manager/me").status_code == 200


def test_it_counts_as_both_steps(client: PageClient, cast: Cast, device: Device) -> None:
    with_app(cast.alice)
    assert answers(client, device) == "/manager/"
    assert is_in(client)
    (held,) = live_sessions(cast.alice.id)
    assert (held.how, held.kept) == ("passkey", False)


def test_it_leads_where_they_wanted(client: PageClient, device: Device) -> None:
    assert answers(client, device, next="/manager/people") == "/manager/people"


def test_it_leads_nowhere_else(client: PageClient, device: Device) -> None:
    assert answers(client, device, next="//evil.example/manager/") == "/manager/"


@pytest.mark.parametrize("answer", ["", "{}", "not JSON"])
def test_what_is_no_answer(client: PageClient, device: Device, answer: str) -> None:
    client.raw("POST", "/login/challenge")
    sent = client.post("/login/passkey", {"answer": answer, "next": "/manager/people"})
    assert sent.location == "/login?next=/manager/people"
    assert "That passkey did not fit." in client.get("/login").text
    assert not is_in(client)


def test_an_answer_without_a_question_in_this_browser(
    app: Flask, client: PageClient, device: Device
) -> None:
    other = PageClient(app.test_client())
    answer = device.uses(other.raw("POST", "/login/challenge").get_json())
    client.post("/login/passkey", {"answer": answer})
    assert not is_in(client)


def test_an_answer_is_of_use_once(client: PageClient, device: Device) -> None:
    answer = device.uses(client.raw("POST", "/login/challenge").get_json())
    cookie = client.client.get_cookie("fingerpost-desk")
    assert cookie is not None
    client.post("/login/passkey", {"answer": answer})
    client.post("/logout")
    client.client.set_cookie("fingerpost-desk", cookie.value)
    client.post("/login/passkey", {"answer": answer})
    assert not is_in(client)


def test_asking_is_counted(client: PageClient, cast: Cast) -> None:
    for _ in range(LIMITS["passkey_address"][0]):
        assert client.raw("POST", "/login/challenge").status_code == 200
    assert client.raw("POST", "/login/challenge").status_code == 429


def test_an_address_by_number_has_no_passkeys(app: Flask, cast: Cast) -> None:
    browser = app.test_client()
    for host, works in (("localhost", True), ("localhost:8000", True), ("127.0.0.1", False)):
        page = browser.get("/login", headers={"Host": host}).get_data(as_text=True)
        assert ("Sign in with a passkey" in page) == works
        asked = browser.post("/login/challenge", headers={"Host": host})
        assert asked.status_code == (200 if works else 404)


def test_they_belong_to_the_address_that_it_was_set_up_for(
    app: Flask, config: Config, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = replace(config, base_url="https://sign.example.org")
    monkeypatch.setitem(app.config, "FINGERPOST", public)
    browser = app.test_client()
    for address, works in (
        ("https://sign.example.org", True),
        ("http://sign.example.org", False),
        ("https://other.example.org", False),
        ("http://localhost", False),
    ):
        page = browser.get("/login", base_url=address).get_data(as_text=True)
        assert ("Sign in with a passkey" in page) == works, address
    asked = browser.post("/login/challenge", base_url="https://sign.example.org").get_json()
    assert asked["rpId"] == "sign.example.org"
