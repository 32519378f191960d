"""Slips and the list of the overdue, as the desk hands them out."""

import io
from typing import Any

import pikepdf
import pytest

import clock
from extensions import db
from models.people import add_person
from models.reminders import Reminder
from models.settings import of
from models.writing import writing
from records.papers import Line, Slip
from renewals.dues import ask_first_time
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.manager.test_reminders import buttons, move_due
from tests.page import PageClient

Printed = list[Any]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """What is handed to the press; how it looks has tests of its own."""
    found: Printed = []

    def instead(_name: str, papers: list[Any], *_more: object) -> bytes:
        found.extend(papers)
        return b"%PDF-1.7 a stand-in"

    for verb in ("print_slips", "print_overdue"):
        monkeypatch.setattr(f"blueprints.manager.slips.{verb}", instead)
    return found


@pytest.fixture
def chloe(cast: Cast) -> None:
    """Somebody from an agency, due like Siân."""
    bluebells, today = cast.bluebells.id, clock.today("Europe/London")
    with writing():
        person = add_person(
            bluebells, full_name="Chloe Adeyemi", category="agency_worker",
            organisation="Bright Staff Ltd", since=today,
        )  # fmt: skip
        ask_first_time(bluebells, person.id, "agency_worker", today)


def channels(cast: Cast) -> list[str]:
    return [row.channel for row in db.session.scalars(of(cast.bluebells.id, Reminder))]


def test_a_slip_for_each_and_a_reminder_noted(
    alice: PageClient, cast: Cast, chloe: None, printed: Printed
) -> None:
    answer = alice.raw("POST", "manager.slips", data=form(cast, "pressing"))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="slips-20')
    assert [type(slip) for slip in printed] == [Slip, Slip]
    assert {slip.full_name for slip in printed} == {"Siân Llewellyn", "Chloe Adeyemi"}
    assert all(slip.first and not slip.overdue and slip.address is None for slip in printed)
    assert channels(cast) == ["slip", "slip"]


def test_the_choices(
    alice: PageClient, cast: Cast, chloe: None, signs: Sign, printed: Printed
) -> None:
    signs()
    move_due(cast, 20)
    page = alice.get("manager.reminders")
    options = {option.text: option.get("value", "") for option in page.all("option")}
    assert list(options) == [
        "Overdue and due now (1)", "Everybody due within 30 days too (2)", "Bright Staff Ltd",
    ]  # fmt: skip
    for choice, names in (
        ("Overdue and due now (1)", ["Chloe Adeyemi"]),
        ("Everybody due within 30 days too (2)", ["Chloe Adeyemi", "Siân Llewellyn"]),
        ("Bright Staff Ltd", ["Chloe Adeyemi"]),
    ):
        printed.clear()
        alice.raw("POST", "manager.slips", data=form(cast, options[choice]))
        assert [slip.full_name for slip in printed] == names


def test_the_code_leads_to_the_text_and_names_nobody(
    alice: PageClient, cast: Cast, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    public(alice, monkeypatch)
    alice.raw("POST", "manager.slips", data=form(cast, "pressing"))
    [slip] = printed
    address = "https://sign.example.org/agreements/bluebells/social-media-networking-policy"
    assert slip.address == address


@pytest.mark.parametrize("whom", ["", "nobody-of-that-kind"])
def test_nobody_needs_one(alice: PageClient, cast: Cast, printed: Printed, whom: str) -> None:
    response = alice.post("manager.slips", {"whom": whom})
    assert response.location == "/manager/reminders"
    assert "Nobody needs a slip just now." in alice.get("manager.reminders").text
    assert printed == []
    assert channels(cast) == []


def test_there_is_no_form_when_nobody_is_due(alice: PageClient, signs: Sign) -> None:
    signs()
    page = alice.get("manager.reminders")
    assert "Print slips" not in buttons(page)
    assert "Nobody needs chasing today." in page.text


def test_the_overdue_with_their_last_reminder(
    alice: PageClient, cast: Cast, chloe: None, printed: Printed
) -> None:
    move_due(cast, -1)
    alice.post("manager.reminding", {}, person_id=cast.sian.id)
    answer = alice.raw("GET", "manager.overdue_list")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="overdue-20')
    [line] = printed
    assert isinstance(line, Line)
    assert line.full_name == "Siân Llewellyn"
    assert line.reminded.startswith("In person, ")


@pytest.mark.pdf
def test_what_comes_is_a_pdf(alice: PageClient, cast: Cast) -> None:
    answer = alice.raw("POST", "manager.slips", data=form(cast, "pressing"))
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    answer = alice.raw("GET", "manager.overdue_list")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert "Who is overdue" in str(pdf.docinfo.Title)


def form(cast: Cast, whom: str) -> dict[str, str]:
    return {"setting": str(cast.bluebells.id), "whom": whom}


def public(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if BASE_URL could be reached from elsewhere."""
    from dataclasses import replace

    app = client.client.application
    changed = replace(app.config["FINGERPOST"], base_url="https://sign.example.org")
    monkeypatch.setitem(app.config, "FINGERPOST", changed)
