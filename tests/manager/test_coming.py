"""What comes up next stands on the first page; what is over stands there as a worry."""

from datetime import timedelta

import clock
from models.contacts import CHECK_AGAIN_AFTER, contacts_of
from models.writing import writing
from settings.accounts import add_account
from settings.contacts import add_contact
from tests.cast import Cast
from tests.page import PageClient

CARD = {"kind": "lado", "name": "LADO team", "phone": "01275 888 808", "email": None}


def test_the_next_check_of_each_kind(bob: PageClient, cast: Cast) -> None:
    assert "Coming up" not in bob.get("manager.home").text
    today = clock.today(cast.bluebells.time_zone)
    for kind in ("dsl", "lado"):
        add_contact(cast.bluebells.id, cast.bob.id, CARD | {"kind": kind}, today)
    with writing():
        contacts_of(cast.bluebells.id)[1].checked_on -= timedelta(days=3)
    answers = {"platform": "Facebook", "handle": "Bluebells", "check_every_days": 31}
    add_account(cast.bluebells.id, cast.bob.id, answers, today)
    adoption = {
        "adopted_by": "the committee", "adopted_on": "2026-01-14", "review_on": "2199-01-14",
        "signed_name": "M Pugh", "signed_role": "Chair",
    }  # fmt: skip
    bob.post("manager.adoption", adoption, version_id=cast.version.id)
    links = bob.get("manager.home").links
    assert links["Check a contact: Local authority designated officer (LADO)"]
    assert "Check a contact: Safeguarding lead" not in links
    assert links["Look at an account: Facebook, Bluebells"] == "/manager/accounts"
    assert links["Review: Social Media Networking Policy"] == "/manager/agreements"


def test_a_card_that_nobody_checked_is_a_worry(bob: PageClient, cast: Cast) -> None:
    today = clock.today(cast.bluebells.time_zone)
    add_contact(cast.bluebells.id, cast.bob.id, CARD, today)
    assert "not been checked" not in bob.get("manager.home").text
    with writing():
        contacts_of(cast.bluebells.id)[0].checked_on = today - CHECK_AGAIN_AFTER
    text = bob.get("manager.home").text
    assert "1 contact card has not been checked for half a year." in text
    assert "Check a contact" not in text


def test_nobody_elses_checks(charlie: PageClient, cast: Cast) -> None:
    today = clock.today(cast.bluebells.time_zone)
    add_contact(cast.bluebells.id, cast.bob.id, CARD, today - CHECK_AGAIN_AFTER)
    text = charlie.get("manager.home").text
    assert "contact" not in text
