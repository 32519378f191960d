"""The calendar's addresses: made, shown once, taken away; and the door that only a key opens."""

import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient

from blueprints.manager.blueprint import OWN_GUARD
from extensions import db
from models.feeds import FeedKey, feed_key
from models.managers import Membership
from models.writing import writing
from tests.cast import Cast
from tests.page import PageClient


def made(client: PageClient, **answers: str) -> str:
    """Make an address; gives its key."""
    assert client.post("manager.calendar", answers).location == "/manager/reminders/calendar"
    page = client.get("manager.calendar")
    [shown] = [code for code in page.all("code") if "renewals.ics" in (code.text or "")]
    return parse_qs(urlsplit(shown.text or "").query)["key"][0]


def forget_alice() -> None:
    """Requests of one test share its app context, in which the login stays known."""
    g.pop("_login_user", None)


def fetch(client: FlaskClient, key: str, **headers: str) -> tuple[int, str]:
    """What a calendar program gets, which never signs in."""
    db.session.commit()
    response = client.get(f"/manager/renewals.ics?key={key}", headers=headers)
    return response.status_code, response.get_data(as_text=True)


def test_a_key_opens_the_calendar_and_nothing_else(
    alice: PageClient, raw_client: FlaskClient
) -> None:
    key = made(alice)
    status, body = fetch(raw_client, key)
    assert status == 200
    assert body.startswith("BEGIN:VCALENDAR\r\n")
    assert "1 person is due to sign" in body
    assert "Siân" not in body
    forget_alice()
    for path in ("/manager/", "/manager/reminders", "/manager/reminders/overdue.pdf"):
        assert raw_client.get(f"{path}?key={key}").location.startswith("/login")


def test_it_is_shown_once_and_kept_as_a_hash(alice: PageClient) -> None:
    key = made(alice)
    assert "renewals.ics" not in alice.get("manager.calendar").text
    row = db.session.scalars(sa.select(FeedKey)).one()
    assert key not in row.key_hash
    assert re.fullmatch("[0-9a-f]{64}", row.key_hash)
    assert len(key) == 32


def test_names_only_when_they_were_asked_for(alice: PageClient, raw_client: FlaskClient) -> None:
    without, with_names = made(alice), made(alice, names="y")
    assert "Siân Llewellyn" in fetch(raw_client, with_names)[1]
    assert "Siân" not in fetch(raw_client, without)[1]
    rows = [row.find("td[3]") for row in alice.get("manager.calendar").all("tbody/tr")]
    page = alice.get("manager.calendar").text
    assert len(rows) == 2
    assert "Names" in page
    assert "How many" in page


@pytest.mark.parametrize("key", ["", "x", "a" * 32, "%00", "é", "a" * 5000])
def test_a_wrong_key_opens_nothing(alice: PageClient, raw_client: FlaskClient, key: str) -> None:
    made(alice)
    status, body = fetch(raw_client, key)
    assert status == 404
    assert "BEGIN" not in body


def test_signing_in_is_no_key(alice: PageClient) -> None:
    alice.get("manager.renewals_feed", expect=404)


def test_a_key_can_be_taken_away(alice: PageClient, raw_client: FlaskClient) -> None:
    key, other = made(alice), made(alice)
    row = feed_key(key)
    assert row is not None
    page = alice.get("manager.revoke_feed", key_id=row.id)
    assert page.h1 == "Take this address away?"
    alice.post("manager.revoke_feed", {}, key_id=row.id)
    assert fetch(raw_client, key)[0] == 404
    assert fetch(raw_client, other)[0] == 200
    assert len(alice.get("manager.calendar").all("tbody/tr")) == 1
    assert alice.raw("GET", "manager.revoke_feed", key_id=row.id).status_code == 302


def test_another_settings_key_cannot_be_taken_away(alice: PageClient, charlie: PageClient) -> None:
    row = feed_key(made(alice))
    assert row is not None
    forget_alice()
    charlie.get("manager.revoke_feed", expect=404, key_id=row.id)
    charlie.post("manager.revoke_feed", {}, expect=404, key_id=row.id)


def test_a_key_shows_its_own_setting(charlie: PageClient, raw_client: FlaskClient) -> None:
    body = fetch(raw_client, made(charlie, names="y"))[1]
    assert "Little Owls" in body
    assert "Siân" not in body


def test_it_ends_with_its_maker(bob: PageClient, cast: Cast, raw_client: FlaskClient) -> None:
    key, manager = made(bob), cast.bob.id
    assert fetch(raw_client, key)[0] == 200
    with writing():
        db.session.execute(sa.delete(Membership).where(Membership.manager_id == manager))
    assert fetch(raw_client, key)[0] == 404


def test_what_has_not_changed_is_not_sent_again(alice: PageClient, raw_client: FlaskClient) -> None:
    key = made(alice)
    first = raw_client.get(f"/manager/renewals.ics?key={key}")
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert fetch(raw_client, key, **{"If-None-Match": first.headers["ETag"]}) == (304, "")
    alice.post("manager.add_someone", {"full_name": "Priya Raman", "category": "volunteer"})
    status, body = fetch(raw_client, key, **{"If-None-Match": first.headers["ETag"]})
    assert status == 200
    assert "2 people are due to sign" in body


def test_the_key_is_never_written_down(
    app: Flask,
    alice: PageClient,
    raw_client: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not when it works, and not when something breaks."""
    key = made(alice)
    caplog.set_level(logging.DEBUG)
    fetch(raw_client, key)

    def broken(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("blueprints.manager.feeds.feed", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    status, body = fetch(raw_client, key)
    assert status == 500
    out, err = capfd.readouterr()
    for text in (caplog.text, out, err, body):
        assert key not in text


def test_the_doors_exceptions_are_these() -> None:
    assert {"manager.renewals_feed"} == OWN_GUARD


def test_the_events_name_the_key_by_its_number(alice: PageClient, cast: Cast) -> None:
    from models.events import Event

    key = made(alice)
    event = db.session.scalars(
        sa.select(Event).where(Event.kind == "feed_key.made").order_by(Event.sequence)
    ).all()[-1]
    assert event.ids["manager"] == str(cast.alice.id)
    assert key not in str(event.ids)
