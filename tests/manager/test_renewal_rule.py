"""When people sign again: asked, shown, and only then changed."""

from datetime import timedelta

import pytest

import clock
from models.settings import Setting
from renewals.moving import change_rule
from renewals.schedule import Rule, due
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient, words

ANNIVERSARY = {"kind": "anniversary"}
OVER_NEW_YEAR = {
    "kind": "window",
    "first_day": "15",
    "first_month": "12",
    "last_day": "15",
    "last_month": "1",
}
RULE = {"kind": "window", "from": "12-15", "until": "01-15"}
PREVIEW = "/manager/settings/renewal/preview?kind=window&from=12-15&until=01-15"


def rule_of(setting: Setting) -> dict[str, str]:
    return setting.renewal_rule


def test_shows_the_rule_there_is(bob: PageClient) -> None:
    page = bob.get("manager.renewal_rule")
    [chosen] = [box for box in page.all("input[@name='kind']") if box.get("checked") is not None]
    assert chosen.get("value") == "anniversary"
    assert "When people sign again" in bob.get("manager.settings").links


def test_a_choice_leads_to_its_preview_and_changes_nothing(bob: PageClient, cast: Cast) -> None:
    response = bob.post("manager.renewal_rule", OVER_NEW_YEAR)
    assert response.location == PREVIEW
    page = bob.get(PREVIEW)
    assert "they sign again between 15 December and 15 January" in page.text
    assert "Nobody’s due day would move." in page.text
    assert rule_of(cast.bluebells) == ANNIVERSARY


def test_the_preview_names_who_moves(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    today = clock.today("Europe/London")
    page = bob.get(PREVIEW)
    [row] = page.all("tbody/tr")
    assert words(row).startswith("Siân Llewellyn")
    then = due(today, Rule.read(RULE)).on
    assert row.findall(".//time")[1].get("datetime") == then.isoformat()
    way = "later" if then > due(today, Rule()).on else "earlier"
    assert [words(line) for line in page.all("main//li")] == [f"1 due day would come {way}"]


def test_saves_after_the_preview(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    seen = bob.get(PREVIEW).field("seen").get("value")
    response = bob.post(PREVIEW, {"seen": seen})
    assert "Saved. 1 due day has moved." in bob.get(response.location).text
    assert rule_of(cast.bluebells) == RULE
    page = bob.get("manager.renewal_rule")
    chosen = page.field("first_month").find("option[@selected]")
    assert chosen is not None
    assert words(chosen) == "December"


def test_a_rule_that_changed_meanwhile_is_refused_kindly(bob: PageClient, cast: Cast) -> None:
    seen = bob.get(PREVIEW).field("seen").get("value")
    other = Rule.read({"kind": "window", "from": "09-01", "until": "09-30"})
    change_rule(cast.bluebells.id, cast.alice.id, Rule(), other)
    response = bob.post(PREVIEW, {"seen": seen})
    page = bob.get(response.location)
    assert "Somebody changed the rule meanwhile. Nothing was saved" in page.text
    assert "Now people sign again between 1 September and 30 September" in page.text
    assert rule_of(cast.bluebells) == other.told()


def test_the_same_rule_again_is_no_change(bob: PageClient) -> None:
    response = bob.post("manager.renewal_rule", {"kind": "anniversary"})
    assert "That is the rule already" in bob.get(response.location).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "monthly"}, "Choose when people sign again."),
        ({"first_day": "31", "first_month": "9"}, "Choose a day that this month has."),
        ({"last_day": "30", "last_month": "2"}, "Choose a day that this month has."),
        ({"last_day": "x"}, "Choose a day that this month has."),
        ({"last_month": "13"}, "Choose a day that this month has."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, changes: dict[str, str], sentence: str
) -> None:
    page = bob.post("manager.renewal_rule", OVER_NEW_YEAR | changes, expect=422)
    assert page.errors == [sentence]


def test_29_february_may_be_chosen(bob: PageClient) -> None:
    response = bob.post(
        "manager.renewal_rule", OVER_NEW_YEAR | {"last_day": "29", "last_month": "2"}
    )
    assert response.location.endswith("until=02-29")


@pytest.mark.parametrize("query", ["", "?kind=window", "?kind=window&from=1&until=2", "?kind=x"])
def test_an_address_that_says_no_rule_leads_back(bob: PageClient, query: str) -> None:
    response = bob.raw("GET", f"/manager/settings/renewal/preview{query}")
    assert response.location == "/manager/settings/renewal"


def test_a_long_preview_says_how_long_it_is(
    bob: PageClient, cast: Cast, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.manager.renewal_rule.PAGE", 1)
    signs()
    signs("Another Person")
    assert "The first 1 of 2" in bob.get(PREVIEW).text


def test_who_would_be_overdue_at_once_is_said(
    bob: PageClient, cast: Cast, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = signs()
    later = signed.signed_at + timedelta(days=200)
    yesterday = (later - timedelta(days=1)).date()
    day = f"{yesterday:%m-%d}"
    monkeypatch.setattr("clock.now", lambda: later)
    page = bob.get(f"/manager/settings/renewal/preview?kind=window&from={day}&until={day}")
    assert "1 due day would be overdue at once" in page.text
    assert "reminded on the next day" in page.text
