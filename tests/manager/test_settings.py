"""What the setting says about itself, and the certificate behind its seals."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography import x509
from PIL import Image

from extensions import db
from models.events import Event, EventDetails, check_history
from models.keys import current_key
from tests.cast import Cast
from tests.page import PageClient

SAME = {"name": "Bluebells", "charity_number": "", "ofsted_urn": "", "address": ""}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> Any:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return io.BytesIO(out.getvalue()), f"logo.{kind.lower()}"


def changes() -> list[dict[str, Any]]:
    found = sa.select(Event).where(Event.kind == "setting.changed").order_by(Event.sequence)
    events = db.session.scalars(found)
    return [db.session.get_one(EventDetails, event.id).body for event in events]


def test_shows_what_is_known(bob: PageClient) -> None:
    page = bob.get("manager.settings")
    assert page.field("name").get("value") == "Bluebells"
    assert "prints charity number 1072298, and your setting has given none" in page.text


def test_saves_and_remembers_what_it_was(bob: PageClient, cast: Cast) -> None:
    answers = {
        "name": "Bluebells Pre-School",
        "charity_number": " 1072298 ",
        "ofsted_urn": "EY123456",
        "address": "The Old Chapel\r\n\r\n Church Lane \r\nClevedon\r\n",
    }
    response = bob.post("manager.settings", answers)
    assert "Saved." in bob.get(response.location).text
    setting = cast.bluebells
    assert (setting.name, setting.charity_number) == ("Bluebells Pre-School", "1072298")
    assert setting.address == "The Old Chapel\n\nChurch Lane\nClevedon"
    [change] = changes()
    assert change["name"] == {"old": "Bluebells", "new": "Bluebells Pre-School"}
    assert set(change) == {"name", "charity_number", "ofsted_urn", "address"}
    assert check_history(setting.id).faults == []


def test_nothing_new_is_no_event(bob: PageClient) -> None:
    response = bob.post("manager.settings", SAME)
    assert "Nothing was different" in bob.get(response.location).text
    assert changes() == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Enter the name of your setting."),
        ("name", "***", "Write the name with at least one letter"),
        ("charity_number", "<b>", "Enter a charity number, such as 1072298."),
        ("charity_number", "1" * 21, "Enter a charity number, such as 1072298."),
        ("ofsted_urn", "?", "Enter an Ofsted number, such as EY123456."),
        ("address", "x" * 301, "Keep the address to 300 characters."),
        ("address", "\n".join("abcdefg"), "Keep the address to six lines."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    page = bob.post("manager.settings", SAME | {field: typed}, expect=422)
    assert len(page.errors) == 1
    assert page.errors[0].startswith(sentence)
    assert cast.bluebells.name == "Bluebells"
    assert changes() == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_comes_stays_and_goes(bob: PageClient, cast: Cast, kind: str) -> None:
    bob.post("manager.settings", SAME | {"logo": picture(kind)})
    shown = bob.raw("GET", "manager.logo")
    assert shown.mimetype == "image/png"
    assert Image.open(io.BytesIO(shown.data)).size == (40, 20)
    assert "/manager/settings/logo.png" in {
        i.get("src") for i in bob.get("manager.home").all("img")
    }
    bob.post("manager.settings", SAME | {"ofsted_urn": "EY1"})
    assert cast.bluebells.logo is not None
    bob.post("manager.settings", SAME | {"remove_logo": "y"})
    assert cast.bluebells.logo is None
    assert changes()[0] == {"logo": {"old": None, "new": "a picture"}}
    bob.get("manager.logo", expect=404)


@pytest.mark.parametrize(
    "logo",
    [
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "logo.svg"),
        (io.BytesIO(b""), "empty.png"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), "broken.png"),
        (io.BytesIO(b"\0" * 2_000_001), "large.png"),
    ],
    ids=["svg", "empty", "broken", "large"],
)
def test_what_is_no_picture_is_refused(bob: PageClient, logo: Any) -> None:
    page = bob.post("manager.settings", SAME | {"logo": logo}, expect=422)
    assert page.errors == ["Choose a PNG, JPEG or WebP picture of at most 2 MB."]


def test_far_too_large_is_refused_politely(bob: PageClient) -> None:
    logo = (io.BytesIO(b"\0" * 4_000_000), "huge.png")
    assert bob.post("manager.settings", SAME | {"logo": logo}, expect=413).h1


def test_the_authority_can_be_downloaded(bob: PageClient) -> None:
    response = bob.raw("GET", "manager.seal_certificate")
    assert response.mimetype == "application/pkix-cert"
    assert response.data == current_key("ca").certificate
    basic = x509.load_der_x509_certificate(response.data).extensions.get_extension_for_class(
        x509.BasicConstraints
    )
    assert basic.value.ca
    assert "How to make Acrobat trust it" in bob.get("manager.settings").text
