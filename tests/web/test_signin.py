"""Signing in at /login: generic answers, a way back inside, and slow guessing."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

from extensions import db
from models.throttles import LIMITS, TooMany
from tests.cast import PASSWORD, Cast
from tests.page import PageClient
from web.signin import WRONG

ALICE = {"email": "alice@example.org", "password": PASSWORD}


def test_asks(client: PageClient) -> None:
    page = client.get("/login")
    assert page.h1 == "Sign in"
    assert "What is your e-mail address?" in page.labels
    assert page.errors == []


@pytest.mark.parametrize("email", ["alice@example.org", " Alice@Example.ORG"])
def test_works(client: PageClient, cast: Cast, email: str) -> None:
    response = client.post("/login", ALICE | {"email": email})
    assert response.location == "/manager/"
    assert client.get("manager.home").h1 == "Today"


def test_the_approval_link_survives(client: PageClient, cast: Cast) -> None:
    wanted = "/manager/tablets/approve?code=BCDFGHJK"
    sent_to = client.raw("GET", wanted).location
    client.post(sent_to, ALICE | {"password": "wrong"}, expect=200)
    response = client.post(sent_to, ALICE)
    assert response.location == wanted
    assert client.get(wanted).h1 == "Connect a tablet"


@pytest.mark.parametrize(
    "next_",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
        "https:evil.example", "////evil.example", "javascript:alert(1)", "\t//evil.example",
    ],
)  # fmt: skip
def test_next_leads_only_inside(client: PageClient, cast: Cast, next_: str) -> None:
    response = client.raw("POST", "/login?next=" + next_, data=ALICE | {"next": next_})
    assert response.status_code in {200, 302}
    where = urlsplit(urljoin("http://localhost/login", response.location or "/manager/"))
    assert (where.scheme, where.netloc) == ("http", "localhost")


@pytest.mark.parametrize(
    "form",
    [
        ALICE | {"password": "not the password"},
        {"email": "nobody@example.org", "password": PASSWORD},
        {"email": "charlie@example.org", "password": "x"},
    ],
)
def test_the_answer_never_says_which_of_the_two_was_wrong(
    client: PageClient, cast: Cast, form: dict[str, str]
) -> None:
    page = client.post("/login", form, expect=200)
    assert page.errors == [WRONG]
    assert page.field("email").get("value") == form["email"]
    assert page.field("password").get("value") in {None, ""}


@pytest.mark.parametrize("field", ["email", "password"])
def test_both_fields_are_needed(client: PageClient, field: str) -> None:
    page = client.post("/login", ALICE | {field: ""}, expect=200)
    assert page.errors == ["Enter your e-mail address and your password."]


def test_guessing_passwords_is_slow(client: PageClient, cast: Cast) -> None:
    for _ in range(LIMITS["sign_in_account"][0]):
        client.post("/login", ALICE | {"password": "wrong"}, expect=200)
    page = client.post("/login", ALICE, expect=200)
    assert page.errors[0].startswith("Too many tries. Please wait")


def test_how_long_to_wait_is_said_in_minutes() -> None:
    assert TooMany(300).words == "Too many tries. Please wait 5 minutes."
    assert TooMany(59).words == "Too many tries. Please wait 1 minute."


def test_signing_out_needs_a_form(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE)
    assert client.raw("GET", "/logout").status_code == 405
    assert client.get("manager.home")
    assert client.post("/logout").location == "/"
    assert client.raw("GET", "/manager/").status_code == 302


def test_signing_out_leaves_the_tablets_store_alone(client: PageClient, cast: Cast) -> None:
    client.post("/login", ALICE)
    assert "Clear-Site-Data" not in client.post("/logout").headers


def test_a_token_in_the_body_signs_nobody_in(raw_client: FlaskClient, cast: Cast) -> None:
    """Flask-Security's tokens would be a second way in, read from every request's JSON."""
    token = cast.alice.get_auth_token()
    db.session.commit()
    for answer in (
        raw_client.get("/manager/", json={"auth_token": token}),
        raw_client.get("/manager/", headers={"Authentication-Token": token}),
        raw_client.get(f"/manager/?auth_token={token}"),
    ):
        assert answer.status_code == 302
        assert "/login" in answer.location
