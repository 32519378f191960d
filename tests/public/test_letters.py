"""Where the links in letters lead: opening a page changes nothing, its one button does."""

import pytest

from extensions import db
from models.addresses import AddressCheck
from models.outbox import OutboxItem
from models.people import add_person
from models.settings import of
from models.throttles import LIMITS
from models.writing import writing
from renewals.addresses import new_check, token_of
from tests.cast import Cast
from tests.mail.fixtures import Mail
from tests.page import PageClient

PAGES = ["public.confirm_address", "public.disown_address"]
NOBODYS = "AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def token(cast: Cast, mail: Mail) -> str:
    """The token of a question that was put to Siân's address."""
    setting_id = cast.bluebells.id
    with writing():
        cast.sian.email = "sian@example.org"
        return token_of(setting_id, new_check(setting_id, cast.sian).id)


def the_check() -> AddressCheck:
    db.session.expire_all()
    (check,) = db.session.query(AddressCheck).all()
    return check


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing(client: PageClient, token: str, page: str) -> None:
    found = client.get(page, token=token)
    assert "Bluebells" in found.text
    assert len(found.all("form[@method='post']")) == 1
    assert (the_check().confirmed_at, the_check().disowned_at) == (None, None)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_whose_address_it_is(client: PageClient, token: str, page: str) -> None:
    for _ in range(2):
        html = client.get(page, token=token).response.get_data(as_text=True)
        for personal in ("Siân", "Llewellyn", "sian@example.org", "olunteer"):
            assert personal not in html
        client.post(page, {}, token=token)


def test_yes_it_is_mine(client: PageClient, token: str) -> None:
    client.post("public.confirm_address", {}, token=token)
    assert the_check().confirmed
    page = client.get("public.confirm_address", token=token)
    assert page.h1 == "Thank you"
    assert page.links["It wasn’t me"] == f"/letters/{token}/not-mine"


def test_it_was_not_me(client: PageClient, token: str) -> None:
    client.post("public.disown_address", {}, token=token)
    assert the_check().disowned_at is not None
    assert client.get("public.disown_address", token=token).h1 == "Thank you for telling us"
    again = client.get("public.confirm_address", token=token)
    assert again.h1 == "We write to you no more"
    assert again.all("form") == []


def test_not_me_after_yes(client: PageClient, token: str) -> None:
    client.post("public.confirm_address", {}, token=token)
    client.post("public.disown_address", {}, token=token)
    assert not the_check().confirmed


def test_another_settings_people_are_not_touched(
    client: PageClient, cast: Cast, token: str
) -> None:
    setting_id, today = cast.owls.id, cast.bluebells.made_at.date()
    with writing():
        owl = add_person(
            setting_id,
            full_name="Olive Owl",
            category="volunteer",
            organisation=None,
            since=today,
            email="sian@example.org",
        )
        check_id = new_check(setting_id, owl).id
    client.post("public.disown_address", {}, token=token)
    assert db.session.get_one(AddressCheck, check_id).disowned_at is None
    waiting = db.session.scalars(of(setting_id, OutboxItem).where(OutboxItem.kind == "copy")).all()
    assert waiting == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "token", [NOBODYS, "x", "01a2051b-5831-708b-9480-28919fd4f2cc", "%00", "é" * 40]
)
def test_an_unknown_link(client: PageClient, page: str, token: str) -> None:
    assert client.get(page, token=token, expect=404).h1 == "We do not know this link"
    client.post(page, {}, token=token, expect=404)


def test_guessing_links_is_slow(client: PageClient) -> None:
    for _ in range(LIMITS["letter_link"][0]):
        client.get("public.confirm_address", token=NOBODYS, expect=404)
    client.get("public.confirm_address", token=NOBODYS, expect=429)
