"""Names are found from three letters, masked, and never listed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

import clock
from extensions import db
from models.base import new_id
from models.names import clean_name, name_key
from models.people import Person, add_person
from models.throttles import LIMITS
from models.writing import writing
from records.signing import sign
from records.voiding import void
from renewals.dues import ask_first_time
from tests.cast import OTHER_TOKEN, TABLET_TOKEN, Cast, signing_body

HEADERS = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}

Search = Callable[..., Any]


@pytest.fixture
def search(raw_client: FlaskClient) -> Search:
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)

    def look_up(typed: object) -> Any:
        db.session.commit()
        return raw_client.post("/kiosk/people/search", json={"q": typed}, headers=HEADERS)

    return look_up


def add(
    cast: Cast, name: str, category: str = "volunteer", organisation: str | None = None
) -> Person:
    today = clock.today("Europe/London")
    with writing():
        person = add_person(
            cast.bluebells.id,
            full_name=name,
            category=category,
            organisation=organisation,
            since=today,
        )
        ask_first_time(cast.bluebells.id, person.id, category, today)
    return person


@pytest.mark.parametrize(
    "typed", ["sia", "SIÂN", "llew", "sian llew", "Llewellyn sian", "llewelyn", "  siân  "]
)
def test_forgiving(search: Search, cast: Cast, typed: str) -> None:
    found = search(typed).json["people"]
    assert [person["label"] for person in found] == ["Siân L."]
    assert found[0]["id"] == str(cast.sian.id)
    assert found[0]["category"] == "Volunteer"


@pytest.mark.parametrize("typed", ["", "s", "si", "s i", "--", "  "])
def test_three_letters_or_nothing(search: Search, typed: str) -> None:
    answer = search(typed)
    assert answer.status_code == 422
    assert "three letters" in answer.json["errors"]["q"]


@pytest.mark.parametrize("typed", [None, 7, ["sian"], "x" * 101])
def test_not_a_search(search: Search, typed: object) -> None:
    assert search(typed).status_code == 400


def test_nobody_else_matches(search: Search, cast: Cast) -> None:
    assert search("zzz").json == {"people": []}
    assert search("%%%").status_code == 422


def test_at_most_eight(search: Search, cast: Cast) -> None:
    for number in range(11):
        add(cast, f"Bethan Number{number}")
    assert len(search("bethan").json["people"]) == 8


def test_two_who_look_alike_are_told_apart(search: Search, cast: Cast) -> None:
    add(cast, "Siân Lewis")
    add(cast, "Ola Nowak", "agency_worker", "Bright Staff Ltd")
    add(cast, "Ola Nelson", "agency_worker", "Care Now")
    assert {p["label"] for p in search("sian").json["people"]} == {"Siân L. (not signed)"}
    assert {p["label"] for p in search("ola").json["people"]} == {
        "Ola N. (Bright Staff Ltd)",
        "Ola N. (Care Now)",
    }


def test_another_settings_people_are_not_found(
    search: Search, raw_client: FlaskClient, cast: Cast
) -> None:
    raw_client.set_cookie("fingerpost-tablet", OTHER_TOKEN)
    assert search("sian").json == {"people": []}
    assert raw_client.get(f"/kiosk/people/{cast.sian.id}").status_code == 404


def test_hammering_has_to_wait(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "people_search", (2, timedelta(minutes=1)))
    assert [search("sian").status_code for _ in range(3)] == [200, 200, 429]


def test_where_somebody_stands(
    search: Search, raw_client: FlaskClient, cast: Cast, quick_press: None
) -> None:
    person = cast.sian
    before = raw_client.get(f"/kiosk/people/{person.id}").json
    assert before["full_name"] == "Siân Llewellyn"
    assert before["agreements"][0]["stage"] == "due"
    assert before["agreements"][0]["version_signed"] is None
    body = signing_body(cast.version.id, person_id=str(person.id), person=None)
    db.session.commit()
    signed = raw_client.put(f"/kiosk/signings/{new_id()}", json=body, headers=HEADERS)
    after = raw_client.get(f"/kiosk/people/{person.id}").json["agreements"][0]
    assert after["stage"] == "current"
    assert after["due_on"] == signed.json["due_on"]
    assert after["version_signed"] == body["version_id"]


def test_a_voided_signing_leaves_no_trace_there(
    search: Search, raw_client: FlaskClient, cast: Cast, quick_press: None
) -> None:
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    signed = sign(cast.tablet, new_id(), body, clock.now(), None)
    void(cast.bluebells.id, signed.record_id, cast.bob.id, "The wrong name was picked.")
    path = f"/kiosk/people/{cast.sian.id}"
    db.session.commit()
    [where] = raw_client.get(path).json["agreements"]
    assert (where["stage"], where["version_signed"], where["signed_at"]) == ("due", None, None)


def test_a_stranger_is_404(search: Search, raw_client: FlaskClient) -> None:
    assert raw_client.get(f"/kiosk/people/{new_id()}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siân   Llewellyn ", "Siân Llewellyn"),
        ("Sia\u0302n", "Siân"),
        ("Ann\u202e\u200fe", "Anne"),
        ("A\x00nn\tLee", "Ann Lee"),
        ("👩‍🏫 Ann", "👩‍🏫 Ann"),
        ("陈伟", "陈伟"),
        ("ليلى حداد", "ليلى حداد"),
        ("Cher", "Cher"),
    ],
)
def test_a_name_as_it_will_be_sealed(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân Llewellyn", "SIAN llewellyn"),
        ("O’Connor", "oconnor"),
        ("Llewellyn-Fairweather", "llewellyn fairweather"),
        ("Łukasz Żółkiewski", "lukasz zolkiewski"),
    ],
)
def test_the_same_name_however_it_is_typed(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
