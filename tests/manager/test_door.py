"""The manager's door: who may come in, and with which form."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from extensions import db
from models.base import new_id
from models.signings import Declaration
from records.pausing import pause
from tests.cast import Cast
from tests.guards.routes import routes_of
from tests.manager.conftest import Sign
from tests.page import PageClient

PLACES = [
    "", "people", "people/new", "records", "reminders", "reminders/history", "reminders/calendar",
    "agreements", "tablets", "settings",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_strangers_are_sent_to_sign_in_and_back(raw_client: FlaskClient, place: str) -> None:
    response = raw_client.get(f"/manager/{place}")
    assert response.status_code == 302
    assert response.location == f"/login?next=/manager/{place}"


@pytest.mark.parametrize("place", PLACES)
def test_managers_come_in(bob: PageClient, place: str) -> None:
    assert bob.get(f"/manager/{place}").text


def test_the_way_back_keeps_a_tablets_code(raw_client: FlaskClient) -> None:
    response = raw_client.get("/manager/tablets/approve?code=BCDFGHJK")
    assert response.location == "/login?next=/manager/tablets/approve?code%3DBCDFGHJK"


def test_a_form_of_another_setting_is_refused(app: Flask, alice: PageClient, cast: Cast) -> None:
    alice.at(cast.owls)
    posts = [r for r in routes_of(app) if r.method == "POST" and r.rule.startswith("/manager/")]
    assert posts
    for route in posts:
        assert "belongs to another setting" in alice.post(route.path, {}, expect=409).text


def test_nothing_of_one_setting_opens_at_another(
    charlie: PageClient, cast: Cast, signs: Sign
) -> None:
    signed = signs(declaration={"kind": "other", "note": "Something."})
    told = db.session.scalars(sa.select(Declaration.id)).one()
    pause_id = new_id()
    pause(cast.tablet, pause_id, {"kind": "talk_first", "person_id": str(cast.sian.id)})
    ids = {
        "manager.person": {"person_id": cast.sian.id},
        "manager.record": {"signing_id": signed.record_id},
        "manager.void_record": {"signing_id": signed.record_id},
        "manager.version": {"version_id": cast.version.id},
        "manager.revoke_tablet": {"tablet_id": cast.tablet.id},
        "manager.declaration": {"declaration_id": told},
        "manager.talk": {"pause_id": pause_id},
    }
    for endpoint, values in ids.items():
        charlie.get(endpoint, expect=404, **values)


def test_a_manager_of_nothing_sees_nothing(bob: PageClient, cast: Cast) -> None:
    from models.managers import memberships_now
    from models.writing import writing

    with writing():
        for held in memberships_now(cast.bob.id):
            held.until = held.since.replace(year=held.since.year - 1)
    assert bob.get("manager.home", expect=403).h1 == "This page is not yours to open"


def test_every_page_can_be_left(alice: PageClient) -> None:
    page = alice.get("manager.home")
    [form] = [form for form in page.all("form") if form.get("action") == "/logout"]
    assert form.get("method") == "post"
    alice.post("/logout")
    assert alice.raw("GET", "/manager/").location.startswith("/login")
