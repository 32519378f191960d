"""Who saw what: each look is noted, and found again by whom, at whom, and when."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.events import Event, happened
from models.managers import Membership
from models.signings import Declaration
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words

TOLD = {"kind": "other", "note": "My niece starts in January."}
Looked = Callable[..., Page]


def rows(page: Page) -> list[str]:
    """What each line of the table says of who did what, the newest first."""
    lines = [[words(cell) for cell in row.findall("td")] for row in page.all("tbody/tr")]
    return [" ".join(line) for line in lines]


@pytest.fixture
def looked(alice: PageClient, bob: PageClient, cast: Cast, signs: Sign) -> Looked:
    """Alice read Siân's declaration, and Bob then downloaded Nia's record; gives the page."""
    signs(declaration=TOLD)
    nia = signs("Nia Powell")
    told = db.session.scalars(sa.select(Declaration.id).where(Declaration.told)).one()
    alice.get("manager.declaration", declaration_id=told)
    bob.raw("GET", "manager.record", signing_id=nia.record_id).close()

    def page(expect: int = 200, **form: object) -> Page:
        if not form:
            return alice.get("manager.seen")
        found = alice.post("manager.seen", form, expect=expect)
        assert isinstance(found, Page)
        return found

    return page


NIAS = "bob@example.org downloaded a record of Nia Powell"
SIANS = "alice@example.org opened what Siân Llewellyn told the safeguarding lead"


def test_says_who_what_and_when(looked: Looked) -> None:
    page = looked()
    assert rows(page) == [NIAS, SIANS]
    assert " at " in words(page.all("tbody/tr/th")[0])
    assert "niece" not in page.text


def test_nobody_looked_yet(alice: PageClient) -> None:
    assert "Nothing was looked at" in alice.get("manager.seen").text


def test_by_whose_it_was(looked: Looked) -> None:
    assert rows(looked(name="sian")) == [SIANS]
    assert rows(looked(name="nia powell")) == [NIAS]


def test_what_was_taken_of_everybody_counts_for_each(looked: Looked, bob: PageClient) -> None:
    bob.raw("GET", "manager.records_zip").close()
    assert rows(looked(name="sian")) == ["bob@example.org downloaded records as a ZIP file", SIANS]


def test_by_who_looked(looked: Looked, cast: Cast) -> None:
    assert rows(looked(manager=cast.bob.id)) == [NIAS]
    assert rows(looked(manager=cast.alice.id, name="nia")) == []


def test_by_day(looked: Looked) -> None:
    today = clock.today("Europe/London")
    assert len(rows(looked(first_day=today, last_day=today))) == 2
    assert rows(looked(last_day=today - timedelta(days=1))) == []
    assert rows(looked(first_day=today + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "Zebedee"}, "Nobody on the list is or was called that."),
        ({"name": "x" * 121}, "Please make this shorter, up to 120 characters."),
        ({"manager": str(uuid4())}, "Choose one of the list."),
        ({"last_day": "9999-12-31"}, "Enter a date, such as 25 10 2027."),
        ({"first_day": "2026-02-02", "last_day": "2026-02-01"}, "The last day comes before"),
    ],
)
def test_what_does_not_fit_is_said(looked: Looked, form: dict[str, object], sentence: str) -> None:
    page = looked(expect=422, **form)
    assert page.errors[0].startswith(sentence)


def test_somebody_who_was_erased(alice: PageClient, cast: Cast) -> None:
    with writing():
        ids = {"person": str(uuid4()), "manager": str(cast.alice.id)}
        happened(cast.bluebells.id, "record.downloaded", ids)
    assert rows(alice.get("manager.seen")) == [
        "alice@example.org downloaded a record of somebody who was erased"
    ]


def test_what_is_new_is_told_plainly(alice: PageClient, cast: Cast) -> None:
    with writing():
        happened(cast.bluebells.id, "inspection_pack.downloaded", {"manager": str(cast.bob.id)})
        happened(cast.bluebells.id, "access_file.exported", {"person": str(cast.sian.id)})
    assert rows(alice.get("manager.seen")) == [
        "Whoever hosts exported the access file of Siân Llewellyn",
        "bob@example.org downloaded the inspection pack",
    ]


def test_goes_on_where_the_page_ended(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.manager.seen.PAGE", 2)
    with writing():
        for number in range(5):
            by = cast.bob if number % 2 else cast.alice
            ids = {"manager": str(by.id)}
            happened(cast.bluebells.id, "records.exported", ids)
    found, page = [], alice.get("manager.seen")
    while True:
        found += rows(page)
        [more] = [f for f in page.all("form") if f.get("class") == "pager"] or [None]
        if more is None:
            break
        form = {i.get("name"): i.get("value") for i in more.iter("input")}
        form.pop("csrf_token")
        page = alice.post("manager.seen", form, expect=200)  # type: ignore[assignment]
    assert [line.split("@")[0] for line in found] == ["alice", "bob", "alice", "bob", "alice"]


def test_as_a_list(looked: Looked, alice: PageClient, cast: Cast) -> None:
    looked()
    form = {"name": "nia", "setting": str(cast.bluebells.id)}
    response = alice.raw("POST", "manager.seen_csv", data=form)
    assert response.mimetype == "text/csv"
    assert "who-saw-what-bluebells-" in response.headers["Content-Disposition"]
    heading, line = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert heading == ["Day", "Time", "Who", "What"]
    assert line[2:] == ["bob@example.org", "downloaded a record of Nia Powell"]
    assert rows(alice.get("manager.seen"))[0].endswith("downloaded the list of who saw what")


def test_a_list_that_cannot_be_made_is_the_form_again(alice: PageClient) -> None:
    page = alice.post("manager.seen_csv", {"name": "Zebedee"}, expect=422)
    assert page.errors  # type: ignore[union-attr]


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_does_not(bob: PageClient, cast: Cast, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    assert "can do that" in bob.get("manager.seen", expect=403).text
    assert "Who saw what" not in bob.get("manager.settings").text


def test_nothing_of_another_setting(looked: Looked, charlie: PageClient) -> None:
    looked()
    assert rows(charlie.get("manager.seen")) == []


def test_a_download_is_one_event(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signed = signs()
    bob.raw("GET", "manager.record", signing_id=signed.record_id).close()
    kind = Event.kind == "record.downloaded"
    event = db.session.scalars(sa.select(Event).where(kind)).one()
    assert event.ids == {
        "record": str(signed.record_id),
        "person": str(cast.sian.id),
        "manager": str(cast.bob.id),
    }
    assert UUID(event.ids["person"]) == cast.sian.id
