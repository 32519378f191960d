"""The register: a line for each person and agreement, as a page, as CSV and as a workbook."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
import python_calamine
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

import clock
from blueprints.manager import downloads
from extensions import db
from models.dues import due_of
from models.events import Event
from models.managers import Membership
from models.people import PersonCategory, add_person
from models.settings import of
from models.writing import writing
from records import register as domain
from records.register import HEADINGS, Entry, register
from records.register_csv import as_csv
from records.register_sheet import as_workbook
from renewals.chasing import remind_in_person
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

LONDON = "Europe/London"
DAY = date(2026, 11, 24)
# What a spreadsheet would work out, run, follow or take for something else.
TRICKY = (
    "-Anne", "=Siân", "+44 Jones", "@Zoë", "=HYPERLINK(\"http://x\",\"y\")", "http://Ann",
    "1-2", "0012", "’t Hooft", "Anna\tB", "'Quoted", "TRUE", "#N/A", "Łukasz 陈伟 🌼",
)  # fmt: skip


def today() -> date:
    return clock.today(LONDON)


def add(cast: Cast, full_name: str, **more: object) -> None:
    known = {"category": "employee", "organisation": None, "since": today()} | more
    with writing():
        add_person(cast.bluebells.id, full_name=full_name, **known)  # type: ignore[arg-type]


def whole(person: PageClient, kind: str) -> bytes:
    with person.raw("GET", f"manager.register_{kind}") as response:
        assert response.status_code == 200, response.get_data(as_text=True)[:300]
        assert response.headers["Cache-Control"] == "no-store"
        name = f'attachment; filename="register-bluebells-{today().isoformat()}.{kind}"'
        assert response.headers["Content-Disposition"] == name
        return response.get_data()


def lines(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbfName,")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["About", "Register"]
    return book.get_sheet_by_name("Register").to_python()


def entry(full_name: str, **more: object) -> Entry:
    known = {"category": "student", "organisation": full_name, "under_18": True} | more
    return Entry(full_name, **known)  # type: ignore[arg-type]


def test_says_all_of_somebody(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    with writing():
        due = due_of(cast.bluebells.id, cast.sian.id, cast.version.agreement_id)
        assert due is not None
        due.due_on = today() + timedelta(days=3)
    assert remind_in_person(cast.bluebells, cast.sian.id, cast.bob.id)
    (line,) = lines(whole(bob, "csv"))
    assert line == {
        "Name": "Siân Llewellyn",
        "Category": "Volunteer",
        "Organisation": "",
        "Under 18": "No",
        "Agreement": "Social Media Networking Policy",
        "Version signed": "1",
        "Last signed": today().isoformat(),
        "Check code": signed.code,
        "Due on": (today() + timedelta(days=3)).isoformat(),
        "Stage": "Soon",
        "Last reminded": today().isoformat(),
        "How": "In person",
        "How signed": "Drawn with a finger",
    }
    heading, row = sheet(whole(bob, "xlsx"))
    assert tuple(heading) == HEADINGS
    assert row[:6] == [
        "Siân Llewellyn", "Volunteer", "", "No", "Social Media Networking Policy", 1.0,
    ]  # fmt: skip
    assert row[6:10] == [today(), signed.code, today() + timedelta(days=3), "Soon"]


def test_who_never_signed_and_who_signs_nothing(bob: PageClient, cast: Cast) -> None:
    add(cast, "Ann Abel")
    first, second = lines(whole(bob, "csv"))
    assert (first["Name"], first["Stage"], first["Agreement"]) == (
        "Ann Abel", "Nothing to sign", "",
    )  # fmt: skip
    assert (second["Stage"], second["Last signed"], second["Check code"]) == ("Due", "", "")


def test_who_left_is_not_in_it(bob: PageClient, cast: Cast) -> None:
    with writing():
        rows = of(cast.bluebells.id, PersonCategory)
        db.session.scalars(rows).one().until = today()
    assert lines(whole(bob, "csv")) == []
    assert len(sheet(whole(bob, "xlsx"))) == 1
    page = bob.get("manager.register")
    assert "Nobody is on the list yet" in page.text


def test_every_person_once_however_few_are_read_at_a_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain, "PEOPLE_AT_ONCE", 2)
    for name in ("Ann Abel", "Ann Abel", "Bea Bell", "Cat Cole"):
        add(cast, name)
    db.session.rollback()
    found = [one.full_name for one in register(cast.bluebells.id, LONDON)]
    assert found == ["Ann Abel", "Ann Abel", "Bea Bell", "Cat Cole", "Siân Llewellyn"]


@pytest.mark.parametrize("name", TRICKY)
def test_a_workbook_keeps_every_name_and_works_nothing_out(name: str) -> None:
    with as_workbook([entry(name)], name, DAY, name) as file:
        data = file.read()
    _, row = sheet(data)
    assert (row[0], row[2]) == (name, name)
    assert b"<f>" not in unpacked(data)
    assert b"<hyperlink" not in unpacked(data)


@pytest.mark.parametrize("name", TRICKY)
def test_csv_puts_an_apostrophe_before_what_would_be_worked_out(name: str) -> None:
    (line,) = lines(b"".join(as_csv([entry(name)])))
    dangerous = name.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert line["Name"] == line["Organisation"] == (f"'{name}" if dangerous else name)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_no_cell_of_the_csv_begins_like_a_formula(name: str) -> None:
    text = b"".join(as_csv([entry(name)])).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert not row[0].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert row[0] in {name, f"'{name}"}


def test_the_title_sheet_says_whose_and_of_which_day() -> None:
    with as_workbook([], "Bluebells", DAY, "bob@example.org") as file:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
    said = book.get_sheet_by_name("About").to_python()
    assert said[0] == ["Bluebells"]
    assert said[1] == ["Register on Tuesday 24 November 2026, taken by bob@example.org"]


def test_rows_are_taken_one_by_one() -> None:
    """Whoever asks for a register of any length holds a few lines of it and no more."""
    made: list[int] = []

    def entries() -> Iterator[Entry]:
        for number in range(1000):
            made.append(number)
            yield entry("Ann Abel")

    seen = []
    for _piece in as_csv(entries()):
        seen.append(len(made))
    assert max(after - before for before, after in pairwise(seen)) <= 200


def test_the_history_says_who_took_it(bob: PageClient, cast: Cast) -> None:
    whole(bob, "csv")
    whole(bob, "xlsx")
    rows = of(cast.bluebells.id, Event).where(Event.kind == "register.downloaded")
    events = db.session.scalars(rows.order_by(Event.sequence)).all()
    manager = str(cast.bob.id)
    assert [event.ids for event in events] == [
        {"manager": manager, "as": "csv"}, {"manager": manager, "as": "xlsx"},
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_places_are_few_and_given_back(bob: PageClient, kind: str) -> None:
    for _ in range(downloads.AT_ONCE + 1):
        whole(bob, kind)
    open_ones = [bob.raw("GET", f"manager.register_{kind}") for _ in range(downloads.AT_ONCE)]
    page = bob.get(f"manager.register_{kind}", expect=503)
    assert "Two large downloads are under way already" in page.text
    for response in open_ones:
        response.close()
    whole(bob, kind)


@pytest.mark.parametrize("role", ["chair", "auditor", "dsl"])
def test_who_reads_sees_it_and_takes_nothing_away(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.register")
    assert "Siân Llewellyn" in page.text
    assert not [href for href in page.links.values() if "/register." in href]
    for kind in ("csv", "xlsx"):
        bob.get(f"manager.register_{kind}", expect=403)


def test_nothing_of_another_setting_is_in_it(charlie: PageClient) -> None:
    with charlie.raw("GET", "manager.register_csv") as response:
        assert "Llewellyn" not in response.get_data(as_text=True)
    assert "Llewellyn" not in charlie.get("manager.register").text


def unpacked(data: bytes) -> bytes:
    file = zipfile.ZipFile(io.BytesIO(data))
    return b"".join(file.read(name) for name in file.namelist())
