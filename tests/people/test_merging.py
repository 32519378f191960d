"""Two entries become one person: everything stands under one, and nothing sealed is touched."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.accounts import Account, watched
from models.addresses import AddressCheck
from models.base import new_id
from models.dues import Due, due_of
from models.events import Event, check_history
from models.merges import Merge, kept_id, told_apart
from models.pauses import open_pause_of
from models.people import Person, known_person
from models.reminders import Reminder
from models.signings import Declaration, Record, Signing, whole_pdf
from models.standings import standing_of
from models.writing import writing
from people.adding import add
from people.doubles import doubles, doubles_of
from people.merging import CannotMerge, merge, side, tell_apart
from people.particulars import Particulars
from people.timeline import timeline
from records.pausing import pause
from records.signing import Accepted, sign
from records.voiding import void
from settings.accounts import add_account, add_monitor
from tests.cast import Cast, signing_body

TODAY = clock.today("Europe/London")


class Two:
    """Siân, who is on the list twice."""

    def __init__(self, cast: Cast) -> None:
        self.setting_id, self.manager_id = cast.bluebells.id, cast.alice.id
        told = Particulars("Sian Llewelyn", "volunteer", email="sian@example.org")
        self.merged = add(self.setting_id, self.manager_id, told, TODAY).id
        self.kept = cast.sian.id
        self.agreement = cast.version.agreement_id

    def merge(self) -> None:
        merge(self.setting_id, self.kept, self.merged, self.manager_id)

    def due(self, person_id: UUID) -> Due | None:
        return due_of(self.setting_id, person_id, self.agreement)


@pytest.fixture
def two(cast: Cast, quick_press: None) -> Two:
    return Two(cast)


def signs(cast: Cast, person_id: UUID, **changes: Any) -> Accepted:
    body = signing_body(cast.version.id, **changes) | {"person_id": str(person_id), "person": None}
    return sign(cast.tablet, new_id(), body, clock.now(), None)


def test_both_histories_stand_under_the_one_that_is_kept(cast: Cast, two: Two) -> None:
    older, newer = signs(cast, two.kept), signs(cast, two.merged)
    pause(cast.tablet, new_id(), {"kind": "talk_first", "person_id": str(two.merged)})
    two.merge()
    for table in (Signing, Declaration, Due, Reminder, AddressCheck):
        left = db.session.scalars(sa.select(table).where(table.person_id == two.merged)).all()
        assert left == [], table.__name__
    whose = dict(db.session.execute(sa.select(Signing.id, Signing.person_id)).all())
    assert whose == {older.record_id: two.kept, newer.record_id: two.kept}
    assert open_pause_of(two.setting_id, two.kept) is not None
    assert known_person(two.setting_id, two.merged) is None


def test_the_due_day_follows_the_newest_signing_of_either(cast: Cast, two: Two) -> None:
    signed = signs(cast, two.merged)
    two.merge()
    due = two.due(two.kept)
    assert due is not None
    assert (due.signing_id, due.due_on) == (signed.record_id, signed.due_on)


def test_an_older_signing_moves_nothing(cast: Cast, two: Two) -> None:
    signs(cast, two.merged)
    newest = signs(cast, two.kept)
    two.merge()
    due = two.due(two.kept)
    assert due is not None
    assert due.signing_id == newest.record_id


def test_a_voided_one_does_not_count(cast: Cast, two: Two) -> None:
    signed = signs(cast, two.merged)
    void(two.setting_id, signed.record_id, two.manager_id, "The wrong name was picked.")
    two.merge()
    due = two.due(two.kept)
    assert due is not None
    assert due.signing_id is None


def test_who_never_signed_goes_on_waiting_since_the_earlier_day(two: Two) -> None:
    with writing():
        due = two.due(two.merged)
        assert due is not None
        due.due_on = earlier = TODAY - timedelta(days=20)
    two.merge()
    due = two.due(two.kept)
    assert due is not None
    assert due.due_on == earlier


def test_records_stay_as_they_were_sealed_and_the_chain_is_whole(cast: Cast, two: Two) -> None:
    signed = signs(cast, two.merged)
    before = whole_pdf(db.session.get_one(Record, signed.record_id))
    events = {event.sequence: event.hash for event in db.session.scalars(sa.select(Event))}
    two.merge()
    db.session.expire_all()
    assert whole_pdf(db.session.get_one(Record, signed.record_id)) == before
    assert db.session.get_one(Signing, signed.record_id).full_name == "Sian Llewelyn"
    after = {event.sequence: event.hash for event in db.session.scalars(sa.select(Event))}
    assert events.items() <= after.items()
    assert check_history(two.setting_id).faults == []


def test_the_verdict_is_right_after(cast: Cast, two: Two) -> None:
    older, newer = signs(cast, two.merged), signs(cast, two.kept)
    assert standing_of(older.record_id).word == "current"
    two.merge()
    assert standing_of(older.record_id).word == "signed again"
    assert standing_of(newer.record_id).word == "current"


def test_the_event_holds_no_name(two: Two) -> None:
    two.merge()
    event = db.session.scalars(sa.select(Event).where(Event.kind == "person.merged")).one()
    ids = {"person": str(two.kept), "merged": str(two.merged), "manager": str(two.manager_id)}
    assert event.ids == ids


def test_a_tablet_that_knows_the_old_id_goes_on_working(cast: Cast, two: Two) -> None:
    two.merge()
    signed = signs(cast, two.merged)
    signing = db.session.get_one(Signing, signed.record_id)
    assert (signing.person_id, signing.full_name) == (two.kept, "Siân Llewellyn")
    due = two.due(two.kept)
    assert due is not None
    assert due.signing_id == signed.record_id


def test_a_wish_that_is_sent_again_is_the_same_wish(cast: Cast, two: Two) -> None:
    body = {"kind": "talk_first", "person_id": str(two.merged)}
    wish = new_id()
    assert not pause(cast.tablet, wish, body)
    two.merge()
    assert pause(cast.tablet, wish, body), "it was kept before"


def test_ids_answer_over_several_steps(cast: Cast, two: Two) -> None:
    third = add(two.setting_id, two.manager_id, Particulars("S Llewellyn", "volunteer"), TODAY).id
    two.merge()
    merge(two.setting_id, third, two.kept, two.manager_id)
    assert kept_id(two.setting_id, two.merged) == third
    assert kept_id(cast.owls.id, two.merged) == two.merged, "another setting knows nothing of it"


def test_an_address_is_taken_over_and_what_was_said_of_it(two: Two) -> None:
    with writing():
        db.session.get_one(Person, two.kept).email = "sian@example.org"
        for person_id, said in ((two.kept, None), (two.merged, clock.now())):
            db.session.add(
                AddressCheck(
                    setting_id=two.setting_id,
                    person_id=person_id,
                    email="sian@example.org",
                    token_hash=str(person_id),
                    confirmed_at=said,
                )
            )
    two.merge()
    kept = db.session.scalars(
        sa.select(AddressCheck).where(AddressCheck.person_id == two.kept)
    ).one()
    assert kept.confirmed


def test_an_empty_address_is_filled_in(two: Two) -> None:
    two.merge()
    assert db.session.get_one(Person, two.kept).email == "sian@example.org"


def test_one_pair_of_eyes_is_one_monitor(two: Two) -> None:
    answers = {"platform": "Facebook", "handle": "Bluebells", "check_every_days": 31}
    account = add_account(two.setting_id, two.manager_id, answers, TODAY)
    for person_id in (two.kept, two.merged):
        add_monitor(account, person_id, two.manager_id, TODAY)
    account_id = account.id
    two.merge()
    found = watched(db.session.get_one(Account, account_id))
    assert ([person.id for person in found.monitors], found.left) == ([two.kept], [])
    assert found.too_few


def test_the_same_letter_to_both_stays_once_each(two: Two) -> None:
    with writing():
        for person_id in (two.kept, two.merged):
            db.session.add(
                Reminder(
                    setting_id=two.setting_id, person_id=person_id, agreement_id=two.agreement,
                    due_on=date(2026, 11, 1), channel="letter", step=-7,
                )
            )  # fmt: skip
    two.merge()
    whose = db.session.scalars(sa.select(Reminder.person_id)).all()
    assert sorted(whose) == sorted([two.kept, two.merged])


def test_the_time_line_tells_of_both(cast: Cast, two: Two) -> None:
    signs(cast, two.merged)
    two.merge()
    words = [moment.words for moment in timeline(cast.sian, 20)]
    assert words[0] == "Another entry was joined to this one: Sian Llewelyn"
    assert "Signed Social Media Networking Policy, version 1." in words


@pytest.mark.parametrize("again", [True, False], ids=["twice", "with itself"])
def test_only_two_current_entries_become_one(two: Two, again: bool) -> None:
    if again:
        two.merge()
        with pytest.raises(CannotMerge):
            two.merge()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Merge)) == 1
    else:
        with pytest.raises(CannotMerge):
            merge(two.setting_id, two.kept, two.kept, two.manager_id)


def test_a_stranger_of_another_setting_is_not_joined(cast: Cast, two: Two) -> None:
    other = add(cast.owls.id, cast.charlie.id, Particulars("Siân Llewellyn", "volunteer"), TODAY)
    with pytest.raises(CannotMerge):
        merge(two.setting_id, two.kept, other.id, two.manager_id)


def test_what_is_shown_of_an_entry(cast: Cast, two: Two) -> None:
    signs(cast, two.merged)
    known = known_person(two.setting_id, two.merged)
    assert known is not None
    shown = side(known, "Europe/London")
    assert (shown.signings, shown.pauses, shown.reminders) == (1, 0, 0)
    assert shown.last_signed == TODAY


def test_who_was_told_apart_is_not_asked_about_again(two: Two) -> None:
    found = doubles(two.setting_id, 10)
    assert [(d.first.person.id, d.second.person.id) for d in found] == [(two.kept, two.merged)]
    for _ in range(2):
        tell_apart(two.setting_id, two.merged, two.kept, two.manager_id)
    assert len(told_apart(two.setting_id)) == 1
    assert doubles(two.setting_id, 10) == []
    assert doubles_of(two.setting_id, two.kept, "Siân Llewellyn") == []
