"""The desk says when the seal runs out, to those who can have something done about it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from extensions import db
from models.keys import Key, current_key, keys_for
from models.managers import Membership
from models.writing import writing
from records.keys import renew, renew_authority
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

YEAR = timedelta(days=365.25)


def in_years(monkeypatch: pytest.MonkeyPatch, years: float) -> None:
    moment = datetime.now(UTC) + years * YEAR
    monkeypatch.setattr("clock.now", lambda: moment)


def test_says_nothing_while_all_is_well(bob: PageClient) -> None:
    assert "seal" not in bob.get("manager.home").text


def test_warns_90_days_ahead(bob: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    in_years(monkeypatch, 9.9)
    text = bob.get("manager.home").text
    assert "The seal on your records runs out on " in text
    assert "flask keys renew seal --setting bluebells" in text


def test_says_that_it_ran_out_and_then_that_there_is_a_new_one(
    bob: PageClient, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_years(monkeypatch, 20.1)
    text = bob.get("manager.home").text
    assert "The seal on your records ran out on " in text
    assert "flask keys renew ca" in text
    signs()
    page = bob.get("manager.home")
    assert "ran out on " not in page.text
    assert "Your records have had a new seal since " in page.text
    assert page.links["download it"] == "/manager/settings#seal"


def test_one_that_was_renewed_in_time_is_no_news(
    bob: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_years(monkeypatch, 9.9)
    with writing():
        renew("seal", cast.bluebells)
    assert "seal" not in bob.get("manager.home").text


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_is_not_bothered(
    bob: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    in_years(monkeypatch, 9.9)
    assert "seal" not in bob.get("manager.home").text


def test_older_certificates_can_be_downloaded(bob: PageClient, cast: Cast) -> None:
    assert "Older records" not in bob.get("manager.settings").text
    old = current_key("ca").certificate
    list(renew_authority())
    page = bob.get("manager.settings")
    [address] = [href for href in page.links.values() if "/settings/seals/" in href]
    response = bob.raw("GET", address)
    assert (response.mimetype, response.data) == ("application/pkix-cert", old)
    assert 'filename="fingerpost-seal-' in response.headers["Content-Disposition"]
    newest = bob.raw("GET", "manager.seal_certificate").data
    assert newest == current_key("ca").certificate != old


def test_only_authorities_are_given_out(bob: PageClient, cast: Cast) -> None:
    for purpose in ("seal", "inbox"):
        key: Key = db.session.scalars(keys_for(purpose, cast.bluebells.id)).one()
        bob.get("manager.older_certificate", expect=404, key_id=key.id)
