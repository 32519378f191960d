"""Tablets are let in by their code, named, and their access is taken away."""

import pytest

import clock
from extensions import db
from models.tablets import Pairing, new_pairing, tablet_by_name, tablets_of
from models.throttles import LIMITS
from models.writing import writing
from tests.cast import TABLET_TOKEN, Cast
from tests.page import PageClient, words


def test_lists_them(bob: PageClient) -> None:
    page = bob.get("manager.tablets")
    assert [words(cell) for cell in page.all("tbody/tr/th")] == ["Front door"]
    assert "Owls" not in page.text
    assert "http://localhost/kiosk/" in page.text


def test_a_typed_code_leads_on(bob: PageClient) -> None:
    [form] = [f for f in bob.get("manager.tablets").all("form") if f.get("method") == "get"]
    assert form.get("action") == "/manager/tablets/approve"
    assert [i.get("name") for i in form.iter("input")] == ["code"]


def test_the_code_is_shown_before_it_is_approved(bob: PageClient) -> None:
    page = bob.get("manager.approve_tablet", code="bcdf-ghjk")
    assert "BCDF GHJK" in page.text.upper().replace("-", " ")
    assert "Is this the code on the tablet in front of you?" in page.text
    assert page.field("code").get("type") == "hidden"


def test_without_a_code_it_is_asked(bob: PageClient) -> None:
    assert "Which code does the tablet show?" in bob.get("manager.approve_tablet").labels


def test_approves(bob: PageClient, cast: Cast) -> None:
    code = new_pairing().user_code
    response = bob.post("manager.approve_tablet", {"code": code.lower(), "name": " Office "})
    tablet = tablet_by_name(cast.bluebells.id, "Office")
    assert tablet is not None
    assert tablet.paired_by_id == cast.bob.id
    assert "Office is connected" in bob.get(response.location).text


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("", "Office", "Enter the code that the tablet shows."),
        ("BCDF", "Office", "The code has eight letters. Please look at the tablet again."),
        ("BCDFGHJK", "Office", "This code has expired or was used."),
        (None, "", "Give the tablet a name, such as Front door."),
        (None, "x" * 61, "Choose a shorter name, up to 60 characters."),
        (None, "Front door", "Another tablet of this setting has this name."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, code: str | None, name: str, sentence: str
) -> None:
    code = new_pairing().user_code if code is None else code
    page = bob.post("manager.approve_tablet", {"code": code, "name": name}, expect=422)
    assert len(page.errors) == 1
    assert page.errors[0].startswith(sentence)
    assert page.field("name").get("value") == name
    assert len(tablets_of(cast.bluebells.id)) == 1


def test_a_code_works_once_and_not_for_long(bob: PageClient) -> None:
    code = new_pairing().user_code
    bob.post("manager.approve_tablet", {"code": code, "name": "Office"})
    bob.post("manager.approve_tablet", {"code": code, "name": "Hall"}, expect=422)
    late = new_pairing().user_code
    with writing():
        for pairing in db.session.scalars(db.select(Pairing)):
            pairing.expires_at = clock.now()
    bob.post("manager.approve_tablet", {"code": late, "name": "Hall"}, expect=422)


def test_guessing_codes_is_slow(bob: PageClient) -> None:
    form = {"code": "BCDFGHJK", "name": "Office"}
    for _ in range(LIMITS["pairing_approval"][0]):
        bob.post("manager.approve_tablet", form, expect=422)
    assert bob.post("manager.approve_tablet", form, expect=429).h1 == "Please wait a little"


def test_asks_once_before_access_is_taken_away(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.revoke_tablet", tablet_id=cast.tablet.id)
    assert page.h1 == "Take access away from Front door?"
    assert cast.tablet.revoked_at is None


def test_takes_access_away(bob: PageClient, cast: Cast) -> None:
    bob.client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    assert bob.raw("GET", "kiosk.bundle").status_code == 200
    response = bob.post("manager.revoke_tablet", {}, tablet_id=cast.tablet.id)
    assert "Front door has no access any more." in bob.get(response.location).text
    assert bob.raw("GET", "kiosk.bundle").status_code == 401
    assert cast.tablet.revoked_by_id == cast.bob.id
    assert bob.raw("GET", "manager.revoke_tablet", tablet_id=cast.tablet.id).status_code == 302
