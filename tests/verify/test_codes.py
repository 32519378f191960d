"""A code tells what was signed, where and when; never who."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import clock
from extensions import db
from models.base import new_id
from models.signings import Signing
from models.throttles import LIMITS
from models.writing import writing
from records.days import long_date
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body
from tests.page import PageClient

Sign = Callable[..., Accepted]
NOBODYS = "0000-0000-0000-0000"


@pytest.fixture
def signs(cast: Cast, quick_press: None) -> Sign:
    def act(**changes: Any) -> Accepted:
        changes = {"person_id": str(cast.sian.id), "person": None} | changes
        return sign(cast.tablet, new_id(), signing_body(cast.version.id, **changes), None, None)

    return act


def test_the_page_asks_for_a_code(client: PageClient) -> None:
    assert "What is the check code?" in client.get("verify.ask").labels


def test_tells_the_facts_and_no_name(client: PageClient, signs: Sign) -> None:
    signed = signs(declaration={"kind": "other", "note": "A note."})
    page = client.get("verify.answer", code=signed.code)
    assert page.h1 == "A record with this code was signed"
    for fact in ("Bluebells", "Social Media Networking Policy, version 1", "newest signature"):
        assert fact in page.text
    assert long_date(clock.today("Europe/London")) in page.text
    for secret in ("Siân", "Llewellyn", "olunteer", "note", "Front door"):
        assert secret not in page.text
    assert str(signed.record_id) not in page.response.get_data(as_text=True)


def test_the_older_of_two_says_so(client: PageClient, signs: Sign) -> None:
    older, newer = signs(), signs()
    assert "It was signed again since." in client.get("verify.answer", code=older.code).text
    assert "newest signature" in client.get("verify.answer", code=newer.code).text


def test_somebody_elses_signature_changes_nothing(client: PageClient, signs: Sign) -> None:
    signed = signs()
    signs(person_id=None, person=signing_body(new_id())["person"])
    assert "newest signature" in client.get("verify.answer", code=signed.code).text


def test_the_day_is_the_settings_own(client: PageClient, signs: Sign) -> None:
    signed = signs()
    with writing():
        signing = db.session.get_one(Signing, signed.record_id)
        signing.effective_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert "Wednesday 1 July 2026" in client.get("verify.answer", code=signed.code).text


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), str])
def test_a_code_may_be_typed_in_any_way(
    client: PageClient, signs: Sign, change: Callable[[str], str]
) -> None:
    signed = signs()
    response = client.post("verify.ask", {"code": f" {change(signed.code)} "})
    assert response.location == f"/verify/{signed.code}"
    client.get(response.location)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the check code."),
        ("8K3M", "A check code has 16 letters and numbers. Please look again."),
        ("U" * 16, "A check code has 16 letters and numbers. Please look again."),
    ],
)
def test_what_cannot_be_a_code(client: PageClient, typed: str, sentence: str) -> None:
    page = client.post("verify.ask", {"code": typed}, expect=422)
    assert page.errors == [sentence]
    assert page.field("code").get("value") == typed


@pytest.mark.parametrize("code", [NOBODYS, "rubbish", "%00", "x" * 500])
def test_an_unknown_code(client: PageClient, code: str) -> None:
    page = client.get(f"/verify/{code}", expect=404)
    assert page.h1 == "We do not know this code"
    assert page.field("code") is not None


def test_guessing_codes_is_slow(client: PageClient) -> None:
    for _ in range(LIMITS["code_lookup"][0]):
        client.get("verify.answer", code=NOBODYS, expect=404)
    client.get("verify.answer", code=NOBODYS, expect=429)
