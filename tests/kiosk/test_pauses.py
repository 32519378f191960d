"""Reading at the break and talking first: kept once, known again, over when somebody signs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from extensions import db
from models.base import new_id
from models.events import Event, EventDetails, check_history
from models.pauses import Pause, open_pause_of
from models.people import Person, known_person
from models.tablets import revoke
from models.throttles import LIMITS
from models.writing import writing
from records.signing import sign
from tests.cast import OTHER_TOKEN, TABLET_TOKEN, Cast, signing_body

HEADERS = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}
NEWCOMER = {
    "full_name": "Gwenllian Morfydd Angharad Llewellyn-Fairweather",
    "category": "agency_worker",
    "organisation": "Bright Staff Ltd",
    "email": None,
    "under_18": True,
}

Put = Callable[..., TestResponse]


@pytest.fixture
def put(raw_client: FlaskClient) -> Put:
    """PUT a pause from Bluebells' tablet."""
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)

    def send(body: Any, pause_id: UUID | None = None, **more: Any) -> TestResponse:
        db.session.commit()
        return raw_client.put(
            f"/kiosk/pauses/{pause_id or new_id()}", **({"headers": HEADERS, "json": body} | more)
        )

    return send


def wish(cast: Cast, kind: str = "talk_first", **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "person_id": str(cast.sian.id), "person": None} | changes


def newcomer(kind: str = "read_later", **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "person_id": None, "person": NEWCOMER | changes}


@pytest.mark.parametrize("kind", ["talk_first", "read_later"])
def test_kept_and_shown_when_they_come_back(
    put: Put, cast: Cast, raw_client: FlaskClient, kind: str
) -> None:
    pause_id, path = new_id(), f"/kiosk/people/{cast.sian.id}"
    db.session.commit()
    assert raw_client.get(path).json["pause"] is None
    answer = put(wish(cast, kind), pause_id)
    assert (answer.status_code, answer.json) == (201, {"pause_id": str(pause_id)})
    db.session.commit()
    assert raw_client.get(path).json["pause"] == kind


def test_the_history_says_so_without_a_name(put: Put, cast: Cast) -> None:
    pause_id = new_id()
    put(wish(cast), pause_id)
    event = db.session.scalars(sa.select(Event).where(Event.kind == "pause.asked")).one()
    assert event.ids == {
        "pause": str(pause_id),
        "person": str(cast.sian.id),
        "tablet": str(cast.tablet.id),
    }
    details = db.session.get_one(EventDetails, event.id).body
    assert (details["kind"], details["full_name"]) == ("talk_first", "Siân Llewellyn")
    assert check_history(cast.bluebells.id).faults == []


def test_the_same_again_is_kept_once(put: Put, cast: Cast) -> None:
    for body in (wish(cast), newcomer()):
        pause_id = new_id()
        assert put(body, pause_id).status_code == 201
        assert put(body, pause_id).status_code == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Pause)) == 2


def test_another_wish_under_the_same_id(put: Put, cast: Cast) -> None:
    pause_id, newcomers_id = new_id(), new_id()
    put(wish(cast), pause_id)
    put(newcomer(), newcomers_id)
    assert put(wish(cast, "read_later"), pause_id).status_code == 409
    assert put(newcomer("talk_first"), pause_id).status_code == 409
    for changes in ({"full_name": "Priya Raman"}, {"organisation": "Other Staff"}):
        assert put(newcomer(**changes), newcomers_id).status_code == 409
    assert put(wish(cast, "read_later"), newcomers_id).status_code == 409


def test_another_settings_id_is_never_the_same(
    put: Put, cast: Cast, raw_client: FlaskClient
) -> None:
    pause_id = new_id()
    put(newcomer(), pause_id)
    raw_client.set_cookie("fingerpost-tablet", OTHER_TOKEN)
    assert put(newcomer(), pause_id).status_code == 409


def test_a_newcomer_is_added_once_and_matched_when_they_sign(
    put: Put, cast: Cast, quick_press: None
) -> None:
    put(newcomer())
    put(newcomer("talk_first"))
    added = db.session.scalars(
        sa.select(Person).where(Person.full_name == NEWCOMER["full_name"])
    ).one()
    known = known_person(cast.bluebells.id, added.id)
    assert known
    assert (known.category, known.organisation, added.under_18) == (
        "agency_worker", "Bright Staff Ltd", True,
    )  # fmt: skip
    assert open_pause_of(cast.bluebells.id, added.id)
    sign(cast.tablet, new_id(), signing_body(cast.version.id, person=NEWCOMER), None, None)
    assert open_pause_of(cast.bluebells.id, added.id) is None


def test_what_is_not_acceptable_is_kept_nowhere(put: Put, cast: Cast) -> None:
    answer = put({"kind": "never", "person_id": None, "person": NEWCOMER | {"full_name": " "}})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"kind", "full_name"}
    nobody = put({"kind": "talk_first", "person_id": None})
    assert set(nobody.json["errors"]) == {"person"}
    both = put(wish(cast, person=NEWCOMER))
    assert set(both.json["errors"]) == {"person"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Pause)) == 0


def test_somebody_this_setting_never_had(put: Put, cast: Cast, raw_client: FlaskClient) -> None:
    body = wish(cast)
    assert put(wish(cast, person_id=str(new_id()))).status_code == 404
    raw_client.set_cookie("fingerpost-tablet", OTHER_TOKEN)
    assert put(body).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"json": None, "data": b"{", "content_type": "application/json"}, 400),
        ({"json": None, "data": b'{"kind": NaN}', "content_type": "application/json"}, 400),
        ({"json": None, "data": b"kind=talk_first", "content_type": "text/plain"}, 415),
        ({"json": {"kind": "x" * 17_000}}, 413),
        ({"headers": {"Sec-Fetch-Site": "same-origin"}}, 403),
        ({"headers": HEADERS | {"Sec-Fetch-Site": "cross-site"}}, 403),
    ],
)
def test_the_same_guard_and_strictness_as_for_signings(
    put: Put, cast: Cast, more: dict[str, Any], status: int
) -> None:
    more = {key: value for key, value in more.items() if value is not None}
    body = None if "data" in more else wish(cast)
    answer = put(body, **({"json": None} | more if "data" in more else more))
    assert answer.status_code == status


def test_a_revoked_tablet_asks_nothing(put: Put, cast: Cast) -> None:
    body = wish(cast)
    revoke(cast.tablet, None)
    assert put(body).status_code == 401


def test_hammering_waits(put: Put, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "pauses", (2, LIMITS["pauses"][1]))
    body = wish(cast)
    answers = [put(body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_tablet_is_told_who_is_under_18(cast: Cast, raw_client: FlaskClient) -> None:
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    path = f"/kiosk/people/{cast.sian.id}"
    assert raw_client.get(path).json["under_18"] is False
    with writing():
        cast.sian.under_18 = True
    assert raw_client.get(path).json["under_18"] is True
