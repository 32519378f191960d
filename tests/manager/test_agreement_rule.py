"""One agreement's own rule: asked, shown, and only then changed."""

import pytest

from extensions import db
from models.agreements import Agreement
from models.dues import due_of
from renewals.moving import change_rule
from renewals.schedule import Rule
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

SEPTEMBER = {"kind": "window", "from": "09-01", "until": "09-30"}
ANSWERS = {
    "kind": "window",
    "first_day": "1",
    "first_month": "9",
    "last_day": "30",
    "last_month": "9",
}


def own_rule(cast: Cast) -> dict[str, str] | None:
    return db.session.get_one(Agreement, cast.version.agreement_id).renewal_rule


def test_goes_with_all_the_others_until_told_otherwise(bob: PageClient, cast: Cast) -> None:
    version_id = cast.version.id
    page = bob.get("manager.agreement_rule", version_id=version_id)
    [chosen] = [box for box in page.all("input[@name='kind']") if box.get("checked") is not None]
    assert chosen.get("value") == "setting"
    assert "Everything else is signed again a year after they last signed." in page.text
    same = bob.post("manager.agreement_rule", {"kind": "setting"}, version_id=version_id)
    assert "That is the rule already" in bob.get(same.location).text


def test_is_changed_after_its_preview_and_back_again(
    bob: PageClient, cast: Cast, signs: Sign
) -> None:
    signs()
    version = cast.version
    version_id = version.id
    before = due_of(cast.bluebells.id, cast.sian.id, version.agreement_id)
    assert before is not None
    anniversary = before.due_on
    preview = bob.post("manager.agreement_rule", ANSWERS, version_id=version_id).location
    page = bob.get(preview)
    assert "again when they sign everything else again, a year after" in page.text
    assert "they sign it again between 1 September and 30 September" in page.text
    assert own_rule(cast) is None
    saved = bob.post(preview, {"seen": page.field("seen").get("value")})
    page = bob.get(saved.location)
    assert "Saved. 1 due day has moved." in page.text
    assert "People sign it again between 1 September and 30 September." in page.text
    assert own_rule(cast) == SEPTEMBER
    assert cast.bluebells.renewal_rule == {"kind": "anniversary"}
    back = bob.post("manager.agreement_rule", {"kind": "setting"}, version_id=version_id).location
    bob.post(back, {"seen": bob.get(back).field("seen").get("value")})
    assert own_rule(cast) is None
    after = due_of(cast.bluebells.id, cast.sian.id, version.agreement_id)
    assert after is not None
    assert after.due_on == anniversary


def test_a_rule_that_changed_meanwhile_is_refused_kindly(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    where = f"/manager/agreements/{version.id}/renewal/preview?kind=window&from=09-01&until=09-30"
    seen = bob.get(where).field("seen").get("value")
    change_rule(cast.bluebells.id, cast.alice.id, None, Rule(), version.agreement_id)
    page = bob.get(bob.post(where, {"seen": seen}).location)
    assert "Somebody changed the rule meanwhile. Nothing was saved" in page.text
    assert own_rule(cast) == {"kind": "anniversary"}


@pytest.mark.parametrize("query", ["", "?kind=window", "?kind=x"])
def test_an_address_that_says_no_rule_leads_back(bob: PageClient, cast: Cast, query: str) -> None:
    version_id = cast.version.id
    response = bob.raw("GET", f"/manager/agreements/{version_id}/renewal/preview{query}")
    assert response.location == f"/manager/agreements/{version_id}/renewal"


@pytest.mark.parametrize("endpoint", ["manager.agreement_rule", "manager.agreement_rule_preview"])
def test_is_not_for_another_setting(charlie: PageClient, cast: Cast, endpoint: str) -> None:
    assert charlie.raw("GET", endpoint, version_id=cast.version.id).status_code == 404
