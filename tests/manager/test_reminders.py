"""Reminders at the desk: whom to remind, one tap, what became of it, and what needs a look."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

import clock
from extensions import db
from models.base import new_id
from models.dues import Due
from models.feeds import digest_wish
from models.outbox import OutboxItem
from models.reminders import Reminder
from models.settings import of
from models.tablets import tablets_of
from models.writing import writing
from tests.cast import TABLET_TOKEN, Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words

DAY = timedelta(days=1)


def move_due(cast: Cast, days: int) -> None:
    """Siân's day, in days from today."""
    sian = cast.sian.id
    with writing():
        due = db.session.scalars(sa.select(Due).where(Due.person_id == sian)).one()
        due.due_on = clock.today("Europe/London") + timedelta(days=days)


def letter(
    cast: Cast, *, outcome: str | None = "sent", fault: str | None = None, ago: timedelta = DAY
) -> UUID:
    """A letter to Siân that was decided some time ago."""
    bluebells, sian, agreement = cast.bluebells.id, cast.sian.id, cast.version.agreement_id
    moment = clock.now() - ago
    with writing():
        item = OutboxItem(
            setting_id=bluebells, kind="reminder", about=str(new_id()), payload={},
            outcome=outcome, last_fault=fault, done_at=moment if outcome else None,
            not_before=clock.now(), made_at=moment,
        )  # fmt: skip
        db.session.add(item)
        db.session.flush()
        reminder = Reminder(
            setting_id=bluebells, person_id=sian, agreement_id=agreement, channel="letter",
            due_on=moment.date(), step=-7, outbox_id=item.id, made_at=moment,
        )  # fmt: skip
        db.session.add(reminder)
    return reminder.id


def buttons(page: Page) -> list[str]:
    return [words(button) for button in page.all("button")]


def test_the_year_at_a_glance(alice: PageClient, cast: Cast, signs: Sign) -> None:
    signs("Priya Raman")
    move_due(cast, -1)
    page = alice.get("manager.reminders")
    assert page.h1 == "Reminders"
    assert [words(h) for h in page.all("h3")] == [
        "Volunteer (1)", "The last twelve months", "The next twelve months",
    ]  # fmt: skip
    assert "Siân Llewellyn" in page.links
    assert "Reminded in person: Siân Llewellyn" in buttons(page)
    assert "Overdue today: 1." in page.text


def test_the_picture_is_told_in_words_and_in_a_table(
    alice: PageClient, cast: Cast, signs: Sign
) -> None:
    signs("Priya Raman")
    move_due(cast, -1)
    page = alice.get("manager.reminders")
    this_month = f"{clock.today('Europe/London'):%B %Y}"
    pictures = [svg for svg in page.root.iter() if svg.tag.endswith("svg") and svg.get("role")]
    assert [svg.get("role") for svg in pictures] == ["img", "img"]
    told = [words(e) for svg in pictures for e in svg.iter() if e.tag.endswith("desc")]
    assert told[0] == f"{this_month} 1."
    assert told[1].startswith("Overdue 1.")
    rows = [[words(cell) for cell in row] for row in page.all("tbody/tr")]
    assert [f"{this_month}, so far", "1", "1", "0"] in rows
    assert len([row for row in rows if len(row) == 4]) == 25


def test_one_tap_notes_a_reminder_and_a_second_one_does_not(alice: PageClient, cast: Cast) -> None:
    sian = cast.sian.id
    response = alice.post("manager.reminding", {}, person_id=sian)
    assert response.location.endswith("/manager/reminders#chase")
    page = alice.get("manager.reminders")
    assert "Noted: you reminded Siân Llewellyn today." in page.text
    assert "Reminded today" in page.text
    assert "Reminded in person: Siân Llewellyn" not in buttons(page)
    alice.post("manager.reminding", {}, person_id=sian)
    assert "was reminded today already" in alice.get("manager.reminders").text
    [row] = db.session.scalars(of(cast.bluebells.id, Reminder)).all()
    assert (row.channel, row.by_id, row.person_id) == ("in_person", cast.alice.id, sian)


def test_from_their_own_page_it_leads_back_there(bob: PageClient, cast: Cast) -> None:
    sian = cast.sian.id
    assert "Reminded in person: Siân Llewellyn" in buttons(
        bob.get("manager.person", person_id=sian)
    )
    response = bob.post("manager.reminding", {"back": "person"}, person_id=sian)
    assert response.location == f"/manager/people/{sian}"
    page = bob.get("manager.person", person_id=sian)
    assert "Reminded today" in page.text
    assert "Told by bob@example.org" in page.text


def test_nobody_who_is_up_to_date_can_be_reminded(bob: PageClient, cast: Cast, signs: Sign) -> None:
    signs()
    sian = cast.sian.id
    assert "Reminded" not in bob.get("manager.person", person_id=sian).text
    bob.post("manager.reminding", {}, person_id=sian)
    assert db.session.scalars(of(cast.bluebells.id, Reminder)).all() == []


def test_only_people_of_this_setting(charlie: PageClient, cast: Cast) -> None:
    charlie.post("manager.reminding", {}, expect=404, person_id=cast.sian.id)
    charlie.get("manager.reminding", expect=405, person_id=cast.sian.id)


@pytest.mark.parametrize(
    ("outcome", "fault", "sentence"),
    [
        ("sent", None, "Letter, 7 days before the due day Sent"),
        ("printed", None, "Printed"),
        ("sent, maybe twice", None, "Sent, maybe twice"),
        ("not needed any more", None, "Not needed any more"),
        ("refused", "No such address.", "Not sent. No such address."),
        ("given up", "Nobody answers.", "Not sent. Nobody answers."),
        (None, "It is slow.", "Not yet, and tried again. It is slow."),
        (None, None, "Waits to leave"),
    ],
)
def test_every_outcome_has_words(
    alice: PageClient, cast: Cast, outcome: str | None, fault: str | None, sentence: str
) -> None:
    letter(cast, outcome=outcome, fault=fault)
    page = alice.get("manager.reminder_history")
    assert sentence in page.text
    assert sentence in alice.get("manager.person", person_id=cast.sian.id).text


def test_the_history_goes_back_page_by_page(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.manager.reminders.PAGE", 2)
    for days in range(5):
        letter(cast, ago=days * DAY)
    page, seen = alice.get("manager.reminder_history"), 0
    while True:
        seen += len(page.all("tbody/tr"))
        older = page.links.get("Older reminders")
        if older is None:
            break
        page = alice.get(older)
    assert seen == 5
    assert "Back to the newest" in page.links


def test_the_history_of_another_setting_stays_closed(charlie: PageClient, cast: Cast) -> None:
    reminder = letter(cast)
    charlie.get(f"/manager/reminders/history?before={reminder}", expect=404)
    assert "Siân" not in charlie.get("manager.reminder_history").text
    assert "Siân" not in charlie.get("manager.reminders").text


def test_the_digest_can_be_wished_for(
    alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no letters and no weekly digest" in alice.get("manager.reminders").text
    with_mail(alice, monkeypatch)
    assert "Yes, please" in buttons(alice.get("manager.reminders"))
    alice.post("manager.digest_switch", {"wanted": "yes"})
    assert digest_wish(cast.bluebells.id, cast.alice.id) is not None
    assert "Stop it" in buttons(alice.get("manager.reminders"))
    alice.post("manager.digest_switch", {"wanted": "perhaps"})
    assert digest_wish(cast.bluebells.id, cast.alice.id) is not None
    alice.post("manager.digest_switch", {"wanted": "no"})
    assert digest_wish(cast.bluebells.id, cast.alice.id) is None


def with_mail(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if MAIL_URL were set."""
    from dataclasses import replace

    app = client.client.application
    changed = replace(app.config["FINGERPOST"], mail_url="console:")
    monkeypatch.setitem(app.config, "FINGERPOST", changed)


def test_an_empty_setting_says_what_comes(charlie: PageClient, cast: Cast) -> None:
    owls = cast.owls.id
    with writing():
        db.session.execute(sa.delete(Due).where(Due.setting_id == owls))
    page = charlie.get("manager.reminders")
    assert "Nobody has to sign yet" in page.text
    assert "Nobody was reminded yet" in charlie.get("manager.reminder_history").text


def test_the_tablet_is_told_a_number_and_no_name(
    raw_client: FlaskClient, cast: Cast, signs: Sign
) -> None:
    assert [tablet.name for tablet in tablets_of(cast.bluebells.id)] == ["Front door"]
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    db.session.commit()
    answer = raw_client.get("/kiosk/bundle")
    assert answer.json["people_due"] == 1
    assert "Llewellyn" not in answer.get_data(as_text=True)
    signs()
    db.session.commit()
    assert raw_client.get("/kiosk/bundle").json["people_due"] == 0
