"""The set-up page: once, with the newest link, and nothing typed is lost."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

import clock
from extensions import db
from models.agreements import current_versions
from models.events import check_history
from models.links import Link
from models.managers import holders, manager_by_email
from models.settings import Setting, all_settings
from models.throttles import LIMITS
from models.writing import writing
from tests.page import Page, PageClient

ANSWERS = {
    "name": "Cylch Meithrin Bro Dŵr",
    "charity_number": "1072298",
    "email": " Rhian@Example.org ",
    "password": "dŵr a thân mawr",
    "is_dsl": "yes",
}
NewLink = Callable[[], str]


@pytest.fixture
def set_up(newcomer: PageClient, new_setup_link: NewLink) -> Callable[..., Any]:
    token = new_setup_link()

    def send(expect: int = 302, **changes: Any) -> Any:
        data = {k: v for k, v in (ANSWERS | changes).items() if v is not None}
        return newcomer.post("setup.open_page", data, token=token, expect=expect)

    return send


def test_asks_with_the_charity_number_filled_in(
    newcomer: PageClient, new_setup_link: NewLink
) -> None:
    page = newcomer.get("setup.open_page", token=new_setup_link())
    assert page.field("charity_number").get("value") == "1072298"
    assert "prints 1072298 in its first line" in page.text
    assert page.errors == []


def test_opens_the_setting_and_its_desk(newcomer: PageClient, set_up: Callable[..., Any]) -> None:
    assert set_up().location == "/manager/"
    assert newcomer.get("manager.home").h1 == "Today"
    [setting] = all_settings()
    assert (setting.name, setting.slug) == ("Cylch Meithrin Bro Dŵr", "cylch-meithrin-bro-dwr")
    assert setting.ofsted_urn is None
    assert [version.number for version in current_versions(setting.id)] == [1]
    for role in ("owner", "manager", "dsl"):
        assert [held.email for held in holders(setting, role)] == ["rhian@example.org"]
    assert check_history(setting.id).faults == []


def test_somebody_else_is_the_safeguarding_lead(
    newcomer: PageClient, set_up: Callable[..., Any]
) -> None:
    set_up(is_dsl="no")
    assert holders(all_settings()[0], "dsl") == []
    assert "No safeguarding lead is named yet" in newcomer.get("manager.home").text


@pytest.mark.parametrize("typed", ["dŵr a thân mawr", "dw\u0302r a tha\u0302n mawr"])
def test_the_password_works_from_every_keyboard(
    newcomer: PageClient, set_up: Callable[..., Any], typed: str
) -> None:
    set_up()
    newcomer.post("/logout")
    form = {"email": "rhian@example.org", "password": typed}
    assert newcomer.post("/login", form).location.endswith("/manager/")


def test_a_logo_is_kept(set_up: Callable[..., Any]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (2000, 300), "teal").save(out, "JPEG")
    set_up(logo=(io.BytesIO(out.getvalue()), "logo.jpg"))
    kept = all_settings()[0].logo
    assert kept is not None
    assert Image.open(io.BytesIO(kept)).width == 800


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Enter the name of your setting."),
        ("name", "  ", "Enter the name of your setting."),
        ("charity_number", "none!", "Enter a charity number, such as 1072298."),
        ("ofsted_urn", "?", "Enter an Ofsted number, such as EY123456."),
        ("address", "x" * 301, "Keep the address to 300 characters."),
        ("email", "", "Enter your e-mail address."),
        ("email", "rhian", "Enter an e-mail address, such as name@example.org."),
        ("email", "a" * 250 + "@example.org", "Enter an e-mail address, such as name@example.org."),
        ("password", "", "Choose a password."),
        ("password", "eleven chrs", "Choose a password of at least 12 characters."),
        ("is_dsl", None, "Say whether you are the safeguarding lead."),
        ("is_dsl", "perhaps", "Say whether you are the safeguarding lead."),
        ("logo", (io.BytesIO(b"GIF89a"), "a.gif"), "Choose a PNG, JPEG or WebP picture"),
    ],
)
def test_each_field_says_what_to_do(
    set_up: Callable[..., Any], field: str, typed: Any, sentence: str
) -> None:
    page = set_up(expect=422, **{field: typed})
    assert len(page.errors) == 1
    assert page.errors[0].startswith(sentence)
    kept = "email" if field == "name" else "name"
    assert page.field(kept).get("value") == ANSWERS[kept].strip()
    assert all_settings() == []


def test_a_password_is_never_sent_back(set_up: Callable[..., Any]) -> None:
    page = set_up(expect=422, name="")
    assert ANSWERS["password"] not in page.response.get_data(as_text=True)


def test_errors_lead_to_their_fields(set_up: Callable[..., Any]) -> None:
    page: Page = set_up(expect=422, name="", is_dsl=None)
    ids = {e.get("id") for e in page.root.iter()}
    for target in (href for href in page.links.values() if href.startswith("#")):
        assert target[1:] in ids


def test_an_unknown_link(newcomer: PageClient) -> None:
    page = newcomer.get("setup.open_page", token="nonsense", expect=410)
    assert page.h1 == "This set-up link does not work"
    assert "flask setup link" in page.text


def test_only_the_newest_link_works(newcomer: PageClient, new_setup_link: NewLink) -> None:
    old, new = new_setup_link(), new_setup_link()
    newcomer.get("setup.open_page", token=old, expect=410)
    newcomer.post("setup.open_page", ANSWERS, token=old, expect=410)
    newcomer.get("setup.open_page", token=new)


def test_a_link_grows_old(newcomer: PageClient, new_setup_link: NewLink) -> None:
    token = new_setup_link()
    with writing():
        for link in db.session.scalars(sa.select(Link)):
            link.expires_at = clock.now() - timedelta(seconds=1)
    newcomer.get("setup.open_page", token=token, expect=410)


def test_afterwards_the_door_is_gone(
    newcomer: PageClient, set_up: Callable[..., Any], new_setup_link: NewLink
) -> None:
    set_up()
    page = set_up(expect=404, name="Another", email="other@example.org")
    assert page.links["Sign in"] == "/manager/"
    newcomer.get("setup.open_page", token=new_setup_link(), expect=404)
    assert manager_by_email("other@example.org") is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Setting)) == 1


def test_guessing_links_is_slow(newcomer: PageClient) -> None:
    for _ in range(LIMITS["setup_link"][0]):
        newcomer.get("setup.open_page", token="nonsense", expect=410)
    newcomer.get("setup.open_page", token="nonsense", expect=429)
