"""Every record at once: who may, how large it is, and what is left when it is cancelled."""

import io
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

import clock
from blueprints.manager import downloads as view
from extensions import db
from models.base import new_id
from models.events import Event
from models.managers import Manager, Membership
from models.settings import of
from models.writing import writing
from records.signing import sign
from tests.cast import Cast, signing_body
from tests.manager.conftest import Sign
from tests.page import PageClient, words


@pytest.fixture
def holding(app: Flask, cast: Cast) -> Callable[[str], PageClient]:
    """Somebody who holds just one role at Bluebells, at its desk."""

    def made(role: str) -> PageClient:
        someone = Manager(email=f"{role}@example.org", fs_uniquifier=new_id().hex)
        today = clock.today("Europe/London")
        with writing():
            db.session.add(someone)
            db.session.flush()
            held = {"setting_id": cast.bluebells.id, "manager_id": someone.id, "role": role}
            db.session.add(Membership(**held, since=today))
        return PageClient(app.test_client()).sign_in(someone).at(cast.bluebells)

    return made


def download(person: PageClient) -> TestResponse:
    """The whole answer, taken to its end as a browser does."""
    with person.raw("GET", "manager.records_zip") as response:
        response.get_data()
        return response


def exports(cast: Cast) -> list[Event]:
    rows = of(cast.bluebells.id, Event).where(Event.kind == "records.exported")
    return list(db.session.scalars(rows))


def test_the_page_says_how_many_and_how_large(bob: PageClient, signs: Sign) -> None:
    signs()
    page = bob.get("manager.records")
    assert "Download the one record" in page.text
    assert "one ZIP file of about 1" in page.text
    assert page.links["Download the ZIP file"] == "/manager/records.zip"
    signs("Bea Bell")
    assert "Download all 2 records" in bob.get("manager.records").text


def test_without_a_record_there_is_nothing_to_download(bob: PageClient) -> None:
    assert "Download" not in bob.get("manager.records").text


def test_it_comes_whole_with_its_exact_length(bob: PageClient, signs: Sign, cast: Cast) -> None:
    codes = [signs().code, signs("Bea Bell").code]
    response = download(bob)
    assert (response.status_code, response.mimetype) == (200, "application/zip")
    assert response.headers["Content-Length"] == str(len(response.data))
    assert response.headers["Cache-Control"] == "no-store"
    day = clock.now().date().isoformat()
    assert f'filename="records-bluebells-{day}.zip"' in response.headers["Content-Disposition"]
    names = zipfile.ZipFile(io.BytesIO(response.data)).namelist()
    assert all(code in " ".join(names) for code in codes)


def test_the_history_notes_who_took_it(bob: PageClient, signs: Sign, cast: Cast) -> None:
    signs()
    download(bob)
    (event,) = exports(cast)
    assert event.ids["manager"] == str(cast.bob.id)


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_these_may(holding: Callable[[str], PageClient], signs: Sign, role: str) -> None:
    signs()
    person = holding(role)
    assert "Download the ZIP file" in person.get("manager.records").links
    assert download(person).status_code == 200


@pytest.mark.parametrize("role", ["dsl", "chair", "auditor"])
def test_these_may_not(
    holding: Callable[[str], PageClient], signs: Sign, cast: Cast, role: str
) -> None:
    signs()
    person = holding(role)
    assert "Download the ZIP file" not in person.get("manager.records").links
    page = person.get("manager.records_zip", expect=403)
    assert "Only an owner or a manager" in page.text
    assert exports(cast) == []


def test_nothing_of_another_setting_is_in_it(charlie: PageClient, signs: Sign, cast: Cast) -> None:
    code = signs().code
    assert code.encode() not in download(charlie).data
    assert exports(cast) == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_two_at_a_time_and_each_gives_its_place_back(bob: PageClient, method: str) -> None:
    for _ in range(view.AT_ONCE + 1):
        with bob.raw(method, "manager.records_zip") as response:
            assert response.status_code == 200
    open_ones = [bob.raw("GET", "manager.records_zip") for _ in range(view.AT_ONCE)]
    page = bob.get("manager.records_zip", expect=503)
    assert "Please try again" in page.text
    for response in open_ones:
        response.close()
    assert download(bob).status_code == 200


def test_a_download_that_is_cancelled_leaves_nothing_open(
    quick_press: None, own_app: Callable[..., Flask]
) -> None:
    app = own_app()
    with app.app_context():
        cast = Cast()
        for _ in range(3):
            sign(cast.tablet, new_id(), signing_body(cast.version.id), clock.now(), None)
        client = PageClient(app.test_client()).sign_in(cast.bob)
        db.session.remove()
    response = client.client.get("/manager/records.zip", buffered=False)
    pieces = response.iter_encoded()
    for _ in range(12):
        next(pieces)
        assert opened(app) == 0
    response.close()
    with app.app_context():
        assert opened(app) == 0
        with writing():
            db.session.execute(sa.select(1))
        db.engine.dispose()


def opened(app: Flask) -> int:
    """How many connections are in use."""
    with app.app_context():
        return int(db.engine.pool.checkedout())  # type: ignore[attr-defined]


def test_the_button_is_not_shown_by_its_words_alone(bob: PageClient, signs: Sign) -> None:
    """It stands behind a question, because names leave with it."""
    signs()
    page = bob.get("manager.records")
    [details] = [one for one in page.all("details") if "ZIP file" in words(one)]
    assert "It holds names" in words(details)
