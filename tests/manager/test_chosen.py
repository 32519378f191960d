"""Some records at once: those that were ticked, or all that were found."""

import csv
import io
import zipfile

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from blueprints.manager.exports import NONE_MEANT, NONE_TICKED
from extensions import db
from models.base import new_id
from models.events import Event
from models.managers import Membership
from models.settings import of
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient


def ticks(person: PageClient, *records: object) -> TestResponse:
    """The ticked records, sent as the form does."""
    assert person.setting is not None
    data = {"record": [str(one) for one in records], "setting": str(person.setting.id)}
    with person.raw("POST", "manager.chosen_zip", data=data) as response:
        response.get_data()
        return response


def codes(response: TestResponse) -> list[str]:
    assert response.mimetype == "application/zip"
    assert response.headers["Content-Length"] == str(len(response.data))
    file = zipfile.ZipFile(io.BytesIO(response.data))
    assert file.testzip() is None
    index = file.read("index.csv").decode("utf-8-sig")
    found = [row["Check code"] for row in csv.DictReader(io.StringIO(index, newline=""))]
    assert len([name for name in file.namelist() if name.startswith("records/")]) == len(found)
    assert file.read("READ-ME.txt").startswith(b"Some of the records of Bluebells")
    return found


def newest_export(cast: Cast) -> Event | None:
    rows = of(cast.bluebells.id, Event).where(Event.kind == "records.exported")
    return db.session.scalars(rows.order_by(Event.sequence.desc())).first()


def test_the_ticked_ones_and_no_other(bob: PageClient, signs: Sign, cast: Cast) -> None:
    one, _two, three = signs("Ann Abel"), signs("Bea Bell"), signs("Cat Cole")
    response = ticks(bob, one.record_id, three.record_id)
    assert codes(response) == [one.code, three.code]
    event = newest_export(cast)
    assert event is not None
    assert (event.ids["manager"], event.ids["records"]) == (str(cast.bob.id), "2")


def test_all_that_were_found(bob: PageClient, signs: Sign) -> None:
    signs("Typed Only", method="typed", typed_name="Typed Only", drawing=None)
    drawn = signs()
    page = bob.get("manager.records", method="drawn")
    with bob.raw("GET", page.links["Download the ZIP file"]) as response:
        response.get_data()
    assert codes(response) == [drawn.code]


def test_nothing_ticked_asks_to_tick(bob: PageClient, signs: Sign, cast: Cast) -> None:
    signs()
    for ticked in ([], ["nothing"], [new_id()]):
        assert ticks(bob, *ticked).location == "/manager/records"
        assert NONE_TICKED in bob.get("manager.records").text
    assert newest_export(cast) is None


def test_coming_back_by_the_address_asks_to_tick(bob: PageClient) -> None:
    response = bob.raw("GET", "manager.chosen_zip")
    assert response.location == "/manager/records"


def test_nothing_found_is_said(bob: PageClient, signs: Sign, cast: Cast) -> None:
    signs()
    response = bob.raw("GET", "/manager/records.zip?method=mark")
    assert response.location == "/manager/records?method=mark"
    assert NONE_MEANT in bob.get(response.location).text
    assert newest_export(cast) is None


def test_a_foreign_record_is_never_in_it(charlie: PageClient, signs: Sign, cast: Cast) -> None:
    assert ticks(charlie, signs().record_id).location == "/manager/records"
    assert newest_export(cast) is None


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_only_reads_ticks_nothing(bob: PageClient, signs: Sign, cast: Cast, role: str) -> None:
    signed = signs()
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.records")
    assert not [box for box in page.all("input") if box.get("name") == "record"]
    assert ticks(bob, signed.record_id).status_code == 403
    assert newest_export(cast) is None
