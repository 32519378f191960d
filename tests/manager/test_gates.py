"""Asking again before what takes much away, and a second step that is overdue."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from blueprints.manager.rules import AGAIN
from extensions import db
from models.managers import Membership
from models.throttles import LIMITS
from models.writing import writing
from settings.second_steps import ask_for_second_step, make_recovery_codes
from tests.cast import PASSWORD, Cast
from tests.manager.conftest import Sign
from tests.page import PageClient, sign_in
from tests.second_steps import code_of, with_app, with_passkey

A_WHILE = timedelta(minutes=15)
ZIP = "/manager/records.zip"


@pytest.fixture
def late(app: Flask, cast: Cast) -> PageClient:
    """Bob, who showed a quarter of an hour ago that it was him."""
    client = PageClient(app.test_client()).at(cast.bluebells)
    sign_in(client.client, cast.bob, confirmed_at=clock.now() - A_WHILE)
    return client


def shows(client: PageClient, way: str = "password", given: str = PASSWORD, to: str = ZIP) -> str:
    """Show that it is Bob; where that leads."""
    data = {"way": way, "answer" if way == "passkey" else way: given}
    return str(client.post(f"/manager/again?next={to}", data).location)


def opens(client: PageClient) -> bool:
    """Whether the download begins; it is closed again, because few may run at a time."""
    with client.raw("GET", ZIP) as answer:
        return answer.status_code == 200


def test_each_of_them_is_there(app: Flask) -> None:
    assert set(app.view_functions) >= AGAIN


def test_whatever_is_taken_away_as_a_whole_asks_again(app: Flask) -> None:
    whole = (".zip", ".csv", ".xlsx")
    taken = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/manager/") and rule.rule.endswith(whole)
    }
    assert taken
    assert taken <= AGAIN, "name the new export in AGAIN, in blueprints/manager/rules.py"


def test_whoever_has_just_signed_in_is_not_asked(bob: PageClient, signs: Sign) -> None:
    signs()
    assert opens(bob)


def test_a_download_asks_and_is_then_there(late: PageClient, signs: Sign) -> None:
    signs()
    assert late.raw("GET", ZIP).location == f"/manager/again?next={ZIP}"
    page = late.get(f"/manager/again?next={ZIP}")
    assert page.h1 == "Is it still you?"
    assert page.labels == ["What is your password?"]
    assert shows(late) == f"/manager/again?next={ZIP}"
    ready = late.get(f"/manager/again?next={ZIP}")
    assert ready.links["Get the file"] == ZIP
    assert opens(late)


def test_a_page_opens_at_once(late: PageClient) -> None:
    assert late.raw("GET", "/manager/me/codes").location == "/manager/again?next=/manager/me/codes"
    assert shows(late, to="/manager/me/codes") == "/manager/me/codes"


def test_everything_else_is_open_as_ever(late: PageClient) -> None:
    assert late.get("manager.people")


def test_it_holds_for_a_quarter_of_an_hour(
    late: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    shows(late)
    monkeypatch.setattr("clock.now", lambda: now + A_WHILE - timedelta(seconds=1))
    assert opens(late)
    monkeypatch.setattr("clock.now", lambda: now + A_WHILE + timedelta(seconds=5))
    assert not opens(late)


def test_by_a_code_or_a_passkey(late: PageClient, cast: Cast) -> None:
    secret, device = with_app(cast.bob), with_passkey(cast.bob)
    page = late.get(f"/manager/again?next={ZIP}")
    assert "Which code does your app show?" in page.labels
    assert "Use my passkey" in page.text
    shows(late, "code", code_of(secret))
    assert opens(late)
    late.client.get("/manager/")
    answer = device.uses(late.raw("POST", "/login/challenge").get_json())
    assert shows(late, "passkey", answer, to="/manager/people") == "/manager/people"


@pytest.mark.parametrize(
    ("way", "given", "sentence"),
    [
        ("password", "not his password", "That is not your password. Please try again."),
        ("password", "", "That is not your password. Please try again."),
        ("code", "123456", "That code does not fit, or it was used already."),
        ("passkey", "{}", "That passkey did not fit."),
    ],
)
def test_nothing_else_shows_it(
    late: PageClient, cast: Cast, way: str, given: str, sentence: str
) -> None:
    with_app(cast.bob)
    data = {"way": way, "answer" if way == "passkey" else way: given}
    page = late.post(f"/manager/again?next={ZIP}", data, expect=422)
    assert page.errors[0].startswith(sentence)
    assert not opens(late)


def test_a_recovery_code_is_too_good_for_this(late: PageClient, cast: Cast) -> None:
    code = make_recovery_codes(cast.bob.id)[0]
    data = {"way": "recovery_code", "recovery_code": code}
    late.post(f"/manager/again?next={ZIP}", data, expect=200)
    assert not opens(late)


def test_guessing_is_slow(late: PageClient) -> None:
    wrong = {"way": "password", "password": "wrong"}
    for _ in range(LIMITS["second_step"][0]):
        late.post("/manager/again", wrong, expect=422)
    page = late.post("/manager/again", wrong | {"password": PASSWORD}, expect=422)
    assert page.errors[0].startswith("Too many tries.")


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example/x.zip", "/manager/again?next=/manager/again", ""]
)
def test_it_leads_back_inside_and_never_to_itself(late: PageClient, to: str) -> None:
    assert shows(late, to=to) == "/manager/"


def test_a_form_that_was_sent_too_late_did_nothing_and_says_so(
    late: PageClient, cast: Cast
) -> None:
    with_app(cast.bob)
    sent = late.post("/manager/me/app/removal", {})
    assert sent.location == "/manager/again?next=/manager/me/app/removal"
    assert "Nothing was done yet" in late.get(sent.location).text
    assert shows(late, to="/manager/me/app/removal") == "/manager/me/app/removal"
    assert late.get("manager.remove_my_app").h1 == "Remove the app?"


def test_a_button_leads_back_to_the_page_it_stood_on(late: PageClient) -> None:
    db.session.commit()
    sent = late.client.post(
        "/manager/me/app/beginning",
        data={"setting": str(late.setting and late.setting.id)},
        headers={"Referer": "http://localhost/manager/me"},
    )
    assert sent.location == "/manager/again?next=/manager/me"


@pytest.fixture
def asked_since(cast: Cast) -> Callable[[int], None]:
    """Let Bluebells have asked for so many days, and everybody have been there for longer."""

    def since(days: int) -> None:
        today = clock.today(cast.bluebells.time_zone)
        with writing():
            for held in db.session.scalars(sa.select(Membership)):
                held.since = date(2020, 1, 1)
        ask_for_second_step(cast.bluebells.id, cast.alice.id, today - timedelta(days=days))

    return since


def test_where_it_is_only_offered_nobody_is_told(bob: PageClient) -> None:
    assert "second step" not in bob.get("manager.home").text


@pytest.mark.parametrize("days", [0, 14])
def test_until_its_last_day_a_quiet_line_says_so(
    bob: PageClient, asked_since: Callable[[int], None], cast: Cast, days: int
) -> None:
    asked_since(days)
    by = clock.today(cast.bluebells.time_zone) + timedelta(days=14 - days)
    page = bob.get("manager.home")
    assert f"Please set up a second step for signing in by {by:%A} {by.day} {by:%B %Y}" in page.text
    assert bob.get("manager.people")


def test_after_it_the_desk_leads_there_and_nowhere_else(
    bob: PageClient, asked_since: Callable[[int], None], cast: Cast
) -> None:
    asked_since(15)
    for path in ("/manager/", "/manager/people", ZIP, "/manager/settings"):
        assert bob.raw("GET", path).location == "/manager/me", path
    assert bob.post("manager.add_someone", {"full_name": "Too Late"}).location == "/manager/me"
    page = bob.get("manager.me")
    assert "The last day for it was" in page.text
    assert bob.post("manager.begin_my_app", {}).location == "/manager/me/app"
    assert bob.get("manager.my_app").h1 == "Set up an app"
    assert bob.raw("GET", "manager.logo").status_code == 404


def test_as_soon_as_there_is_one_the_desk_opens(
    bob: PageClient, asked_since: Callable[[int], None], cast: Cast
) -> None:
    asked_since(15)
    with_passkey(cast.bob)
    assert bob.get("manager.home").h1 == "Today"


def test_another_setting_asks_for_itself(
    charlie: PageClient, asked_since: Callable[[int], None]
) -> None:
    asked_since(100)
    assert charlie.get("manager.home").h1 == "Today"
