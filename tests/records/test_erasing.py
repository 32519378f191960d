"""Erased: the name is nowhere, the chain is whole, and nothing that looks at records stumbles."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.database import Base
from backends.storage import DiskStorage, StorageAway
from config import Config
from extensions import db, storage
from models.accounts import Monitor
from models.addresses import AddressCheck
from models.base import new_id
from models.dues import Due
from models.erasures import ERASED_NAME, erased_at, erasures_of
from models.events import Event, EventDetails
from models.leavings import anybody, people_who_left
from models.merges import Merge
from models.outbox import OutboxItem
from models.people import Person, add_person
from models.reminders import Reminder
from models.settings import of
from models.signings import Declaration, Record, Signing, record_pdf
from models.standings import standing_of
from models.writing import writing
from outbox.errands import GIVEN_UP, REFUSED, TRY_AGAIN
from outbox.putting import put
from outbox.worker import worker_of
from records.archive import REMOVED, remove_again
from records.checking import check_all
from records.erasing import GOES, STAYS, Held, StillHere, erase, erase_again, what_goes
from records.export import begin_export
from records.history import verify_history
from records.holding import hold
from records.pausing import pause
from records.signing import Accepted, sign
from records.turns import Begun
from records.verdicts import verdict_on_file
from records.voiding import void
from renewals.addresses import new_check
from renewals.leaving import leave
from settings.accounts import add_account, add_monitor
from tests.cast import Cast, signing_body

FIRST, LAST = "Gwenllian", "Fairweather"
NAME = f"{FIRST} Morfydd Angharad {LAST}"
EMAIL = "g.fairweather@example.org"
NOTE = "My niece starts in the Bluebell room."
REASON = "Gwenllian picked the wrong name."


@pytest.fixture
def house(
    own_app: Callable[..., Flask], config: Config, tmp_path: Path, quick_press: None
) -> Iterator[Flask]:
    """Somebody signed twice, told something, put it off, was reminded, had one record voided, and
    left; Siân signed, too. Every copy is in the archive."""
    archive = tmp_path / "archive"
    app = own_app(FINGERPOST=replace(config, storage_url=f"disk:{archive}"))
    app.extensions["storage"] = DiskStorage(archive)
    with app.app_context():
        _life()
        works_off(app)
        yield app


def _life() -> None:
    cast, told = Cast(), {"kind": "relationship", "note": NOTE}
    first = signs(declaration=told)
    person_id = db.session.get_one(Signing, first.record_id).person_id
    with writing():
        person = db.session.get_one(Person, person_id)
        person.email = EMAIL
        check = new_check(cast.bluebells.id, person)
        letter = put(cast.bluebells.id, "confirm", str(check.id))
        letter.last_fault = f"550 {EMAIL}: no such mailbox"
        letter.done_at, letter.outcome = clock.now(), REFUSED
    second = signs()
    body = {"kind": "read_later", "person_id": str(person_id), "person": None}
    pause(cast.tablet, new_id(), body)
    with writing():
        about = {"person_id": person_id, "agreement_id": cast.version.agreement_id}
        today = clock.today("Europe/London")
        reminder = {"setting_id": cast.bluebells.id, "due_on": today, "channel": "slip"}
        db.session.add(Reminder(**about, **reminder))
    void(cast.bluebells.id, second.record_id, cast.bob.id, REASON)
    sian = {"person_id": str(cast.sian.id), "person": None}
    sign(cast.tablet, new_id(), signing_body(cast.version.id, **sian), clock.now(), None)
    leave(
        cast.bluebells, person_id, clock.today("Europe/London"), cast.bob.id, "Moves to Fairweather"
    )


def signs(**changes: Any) -> Accepted:
    cast = Cast()
    body = signing_body(cast.version.id)
    body["person"] |= {"full_name": NAME}
    return sign(cast.tablet, new_id(), body | changes, clock.now(), None)


def works_off(app: Flask) -> list[str]:
    """Work off the outbox; gives what became of it."""
    outcomes, worker = [], worker_of(app)
    while outcome := worker.one():
        outcomes.append(outcome)
    return outcomes


def leaver() -> UUID:
    """Whoever left, by their number; after the erasure nobody finds it by name."""
    (known,) = people_who_left(Cast().bluebells.id)
    return known.person.id


def records_of(person_id: UUID) -> list[tuple[UUID, str]]:
    rows = sa.select(Record.signing_id, Record.code).join(Signing, Signing.id == Record.signing_id)
    return [tuple(row) for row in db.session.execute(rows.where(Signing.person_id == person_id))]


def erases(person_id: UUID, why: str = "request") -> None:
    erase(Cast().bluebells, person_id, Cast().alice.id, why)


def everything_said() -> str:
    """Every text of every row of the database."""
    said = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            said += [str(value) for value in row if not isinstance(value, bytes)]
    return "\n".join(said)


def test_no_row_says_the_name_any_more(house: Flask) -> None:
    person_id = leaver()
    before = everything_said()
    assert all(word in before for word in (FIRST, LAST, EMAIL, REASON))
    erases(person_id)
    after = everything_said()
    for word in (FIRST, FIRST.lower(), LAST, LAST.lower(), EMAIL, REASON, "Moves to"):
        assert word not in after
    assert "Siân Llewellyn" in after
    assert db.session.get_one(Person, person_id).full_name == ERASED_NAME
    kept = db.session.scalars(sa.select(Declaration).where(Declaration.person_id == person_id))
    assert kept.all() == []
    assert db.session.scalars(sa.select(Due).where(Due.person_id == person_id)).all() == []
    assert db.session.scalars(sa.select(AddressCheck)).all() == []


def test_what_stayed_with_an_entry_that_was_joined_goes_too(house: Flask) -> None:
    person_id, cast, today = leaver(), Cast(), clock.today("Europe/London")
    with writing():
        twin = add_person(
            cast.bluebells.id, full_name=NAME, category="volunteer", organisation=None,
            since=today, email=EMAIL,
        )  # fmt: skip
        twin_id = twin.id
        new_check(cast.bluebells.id, twin)
        about = {"person_id": twin_id, "agreement_id": cast.version.agreement_id}
        reminder = {"setting_id": cast.bluebells.id, "due_on": today, "channel": "slip"}
        joined = {"merged_id": twin_id, "kept_id": person_id, "by_id": cast.bob.id}
        db.session.add_all(
            [Reminder(**about, **reminder), Merge(setting_id=cast.bluebells.id, **joined)]
        )
    erases(person_id)
    assert not [word for word in (FIRST, EMAIL) if word in everything_said()]
    assert db.session.scalars(sa.select(Reminder)).all() == []


@pytest.mark.parametrize("again", [False, True], ids=["at the desk", "after a restore"])
def test_what_ends_with_it_ends_on_the_settings_own_day(
    house: Flask, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    person_id, setting_id, manager_id = leaver(), Cast().bluebells.id, Cast().alice.id
    account = add_account(
        setting_id,
        manager_id,
        {"platform": "Facebook", "handle": "Bluebells", "check_every_days": 31},
        date(2026, 6, 1),
    )
    add_monitor(account, person_id, manager_id, date(2026, 6, 1))
    half_past_midnight = datetime(2027, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr("clock.now", lambda: half_past_midnight.astimezone(UTC))
    if again:
        erase_again(setting_id, person_id, "request")
    else:
        erases(person_id)
    assert db.session.scalars(sa.select(Monitor)).one().until == date(2027, 7, 1)


def test_the_chain_is_whole_and_counts_what_was_erased(house: Flask) -> None:
    setting = Cast().bluebells
    before = verify_history(setting.id, setting.slug)
    erases(leaver())
    works_off(house)
    setting = Cast().bluebells
    after = verify_history(setting.id, setting.slug)
    assert after.faults == []
    assert after.events == before.events + 1
    assert after.erased > before.erased
    about = sa.select(Event, EventDetails).outerjoin(
        EventDetails, EventDetails.event_id == Event.id
    )
    ((event, details),) = db.session.execute(about.where(Event.kind == "person.erased"))
    assert set(event.ids) == {"person", "erasure", "manager"}
    assert details.body == {"why": "request", "records": 2}


def test_the_night_and_every_command_find_nothing_wrong(house: Flask) -> None:
    setting = Cast().bluebells
    erases(leaver())
    works_off(house)
    setting = Cast().bluebells
    outcome = check_all(setting.id, setting.slug, setting.time_zone, Begun())
    assert (outcome.faults, outcome.records) == ([], 1)
    for command in ("records verify --all", "history verify", "records list"):
        ran = house.test_cli_runner().invoke(args=[*command.split(), "--setting", "bluebells"])
        assert ran.exit_code == 0, ran.output
    assert (
        "with erased details, unbroken"
        in house.test_cli_runner()
        .invoke(args=["history", "verify", "--setting", "bluebells"])
        .output
    )


def test_the_archive_lets_go(house: Flask) -> None:
    person_id = leaver()
    codes = [code for _id, code in records_of(person_id)]
    assert sum(any(code in name for code in codes) for name in storage.names("bluebells")) == 2
    erases(person_id)
    assert works_off(house) == [REMOVED, REMOVED]
    assert not any(any(code in name for code in codes) for name in storage.names("bluebells"))
    assert len(storage.names("bluebells")) == 1


def test_an_archive_that_may_not_let_go_is_asked_again_and_told(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id, locked = leaver(), "The archive keeps this file until 3 May 2027."
    codes = sorted(code for _id, code in records_of(person_id))

    def refuse(_self: DiskStorage, _name: str) -> bool:
        raise StorageAway(locked)

    with monkeypatch.context() as patch:
        patch.setattr(DiskStorage, "remove", refuse)
        erases(person_id)
        setting = Cast().bluebells
        assert check_all(setting.id, setting.slug, setting.time_zone, Begun()).faults == []
        assert set(works_off(house)) == {TRY_AGAIN}
        setting = Cast().bluebells
        faults = check_all(setting.id, setting.slug, setting.time_zone, Begun()).faults
        assert sorted(faults) == [
            f"The archive still holds its copy of the record {code}, which was erased."
            for code in codes
        ]
    with writing():
        for item in db.session.scalars(of(Cast().bluebells.id, OutboxItem)):
            if item.kind == "unarchive":
                assert item.last_fault == locked
                item.done_at, item.outcome = clock.now(), GIVEN_UP
    remove_again(Cast().bluebells.id)
    assert works_off(house) == [REMOVED, REMOVED]


def test_a_copy_that_was_on_its_way_is_taken_away_again(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = leaver()
    late = signs(person_id=str(person_id), person=None)
    kept = DiskStorage.keep

    def erased_meanwhile(self: DiskStorage, name: str, data: bytes) -> bool:
        if late.code in name and erased_at(late.record_id) is None:
            erases(person_id)
            # Another worker is quicker, and finds nothing to take away yet.
            assert works_off(house) == [REMOVED] * 3
        return kept(self, name, data)

    monkeypatch.setattr(DiskStorage, "keep", erased_meanwhile)
    works_off(house)
    assert len(storage.names("bluebells")) == 1


def test_whoever_kept_the_pdf_can_still_have_it_checked(house: Flask) -> None:
    person_id = leaver()
    setting_id = Cast().bluebells.id
    ((first, _), _other) = sorted(records_of(person_id))
    found = record_pdf(setting_id, first)
    assert found is not None
    pdf = found[2]
    erases(person_id, "retention")
    assert record_pdf(setting_id, first) is None
    verdict = verdict_on_file(pdf)
    assert verdict.genuine
    assert verdict.standing is not None
    assert verdict.standing.word == "erased"
    standing = standing_of(first)
    assert standing.title == "This record was erased."
    assert standing.sentence.endswith("It was erased by the setting’s retention rule.")


def test_no_pdf_can_be_put_together_again(house: Flask) -> None:
    person_id = leaver()
    ids = [signing_id for signing_id, _ in records_of(person_id)]
    erases(person_id)
    for signing_id in ids:
        record = db.session.get_one(Record, signing_id)
        assert (record.pdf, record.template_id) == (b"", None)
        assert len(record.sha256) == 64
        signing = db.session.get_one(Signing, signing_id)
        assert (signing.drawing, signing.organisation) == (None, None)


def test_an_export_holds_the_others_only(house: Flask) -> None:
    erases(leaver())
    with begin_export(Cast().bluebells.id, {"by": "test"}) as export:
        assert export.count == 1
        data = b"".join(export.zip())
    assert len(data) == export.size
    assert export.damaged == []


def test_the_file_of_the_database_holds_no_name(house: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has files of its own, and VACUUM.")
    erases(leaver())
    works_off(house)
    worker_of(house).do_chores_in_time()
    db.session.remove()
    # Whoever closes last empties the log, and a server stays open.
    assert db.engine.pool.checkedin()  # type: ignore[attr-defined]
    file = Path(str(db.engine.url.database))
    left = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert b"SQLite format 3" in left
    for word in (FIRST, LAST, FIRST.lower(), LAST.lower(), EMAIL, REASON):
        assert word.encode() not in left, word


def test_a_hold_beats_it(house: Flask) -> None:
    person_id, cast = leaver(), Cast()
    today = clock.today("Europe/London")
    hold(cast.bluebells.id, person_id, cast.bob.id, today, None, "An insurer asked.")
    with pytest.raises(Held):
        erases(person_id)
    assert anybody(Cast().bluebells.id, person_id) is not None
    assert erasures_of(Cast().bluebells.id) == []


def test_a_hold_that_is_over_does_not(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id, cast = leaver(), Cast()
    today = clock.today("Europe/London")
    hold(cast.bluebells.id, person_id, cast.bob.id, today, today, "An insurer asked.")
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr("clock.now", lambda: tomorrow)
    erases(person_id)
    assert "insurer" not in everything_said()


def test_whoever_is_here_stays(house: Flask) -> None:
    with pytest.raises(StillHere):
        erases(Cast().sian.id)
    assert Cast().sian.full_name == "Siân Llewellyn"


def test_erasing_twice_is_erasing_once(house: Flask) -> None:
    person_id = leaver()
    erases(person_id)
    erases(person_id)
    ((erasure, records),) = erasures_of(Cast().bluebells.id)
    assert (erasure.person_id, records) == (person_id, 2)
    assert people_who_left(Cast().bluebells.id) == []


def test_what_is_said_before_is_what_goes(house: Flask) -> None:
    goes = what_goes(Cast().bluebells.id, leaver())
    assert (goes.records, goes.letters) == (2, 1)


def test_a_tablet_that_asks_again_brings_nothing_back(house: Flask) -> None:
    body, signing_id = signing_body(Cast().version.id), new_id()
    sign(Cast().tablet, signing_id, body, clock.now(), None)
    person_id = db.session.get_one(Signing, signing_id).person_id
    leave(Cast().bluebells, person_id, clock.today("Europe/London"), None)
    erases(person_id)
    assert sign(Cast().tablet, signing_id, body, clock.now(), None).replayed
    assert FIRST not in db.session.get_one(Signing, signing_id).full_name


def test_the_other_settings_stay_as_they_are(house: Flask) -> None:
    owls = Cast().owls
    before = verify_history(owls.id, owls.slug)
    erases(leaver())
    owls = Cast().owls
    assert verify_history(owls.id, owls.slug) == before


def test_every_table_with_a_person_is_thought_of() -> None:
    """Whoever adds a table about people says here whether its rows go or say no word of them."""
    with_a_person = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }
    assert with_a_person == {table.__tablename__ for table in GOES} | set(STAYS)
