"""A page that another one leads to has a way back: on a phone most places are folded away."""

import pytest

from tests.cast import Cast
from tests.page import PageClient


@pytest.mark.parametrize(
    ("endpoint", "way", "to"),
    [
        ("contacts", "Back to the settings", "/manager/settings"),
        ("accounts", "Back to the settings", "/manager/settings"),
        ("holidays", "Back to the settings", "/manager/settings"),
        ("renewal_rule", "Back to the settings", "/manager/settings"),
        ("team", "Back to the settings", "/manager/settings"),
        ("seen", "Back to the settings", "/manager/settings"),
        ("retention", "Back to the settings", "/manager/settings"),
        ("privacy", "Back to the settings", "/manager/settings"),
        ("reminder_history", "Back to the reminders", "/manager/reminders"),
        ("calendar", "Back to the reminders", "/manager/reminders"),
        ("left", "Back to everybody", "/manager/people"),
        ("organisations", "Back to everybody", "/manager/people"),
        ("on_list_twice", "Back to everybody", "/manager/people"),
        ("pauses", "Back to Today", "/manager/"),
        ("my_name", "Cancel", "/manager/me"),
        ("my_password", "Cancel", "/manager/me"),
    ],
)
def test_leads_back(alice: PageClient, endpoint: str, way: str, to: str) -> None:
    assert alice.get(f"manager.{endpoint}").links[way] == to


def test_a_version_leads_to_all_agreements(alice: PageClient, cast: Cast) -> None:
    page = alice.get("manager.version", version_id=cast.version.id)
    assert page.links["All agreements"] == "/manager/agreements"


def test_whoever_is_here_is_not_erased_and_the_page_leads_back(
    alice: PageClient, cast: Cast
) -> None:
    page = alice.get("manager.erasure", person_id=cast.sian.id)
    assert page.links["Back to their page"] == f"/manager/people/{cast.sian.id}"
