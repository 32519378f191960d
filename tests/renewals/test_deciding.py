"""Who gets which step on which day, once, whatever happens in between."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from extensions import db
from models.addresses import AddressCheck
from models.agreements import Version
from models.events import Event, check_history
from models.holidays import Holiday
from models.outbox import OutboxItem
from models.people import Person
from models.reminders import Decision, Reminder, held_decision, last_run
from models.settings import of
from models.writing import writing
from renewals import deciding
from renewals.deciding import decide, decide_where_due, release
from renewals.steps import STEPS, askings, newest_step, still_untaken
from tests.cast import Cast
from tests.renewals.conftest import Freeze, Small, at

SIGNED = date(2026, 3, 10)
DUE = date(2027, 3, 10)


@pytest.fixture
def version(small: Small) -> Version:
    """What this test's people sign."""
    return small.agreement("Phones", "volunteer")


@pytest.fixture
def ann(small: Small, version: Version, freeze: Freeze) -> Person:
    """Ann signed two agreements on 10 March 2026 and is due for both on 10 March 2027."""
    freeze(SIGNED)
    keys = small.agreement("Keys", "volunteer")
    person = small.person("Ann", SIGNED)
    for one in (version, keys):
        small.signs(person, one, SIGNED)
    return person


def steps(small: Small) -> list[int | None]:
    """Every step of a letter so far, each agreement's for itself."""
    rows = of(small.setting_id, Reminder).where(Reminder.channel == "letter")
    return [row.step for row in db.session.scalars(rows.order_by(Reminder.made_at, Reminder.id))]


def letters(small: Small) -> list[OutboxItem]:
    """Every letter so far."""
    rows = of(small.setting_id, OutboxItem).where(OutboxItem.kind == "reminder")
    return list(db.session.scalars(rows.order_by(OutboxItem.id)))


def run(small: Small, freeze: Freeze, first: date, last: date) -> None:
    """Decide on every day from the first to the last."""
    day = first
    while day <= last:
        freeze(day)
        decide(small.setting, day, mail=True)
        day += timedelta(days=1)


@given(st.integers(-60, 400), st.booleans())
def test_the_newest_step_is_the_last_one_a_walk_passes(days: int, ever_signed: bool) -> None:
    day, passed = DUE - timedelta(days=60), None
    while day <= DUE + timedelta(days=days):
        step = (day - DUE).days
        if step in STEPS and (ever_signed or step >= -7):
            passed = step
        day += timedelta(days=1)
    assert newest_step(DUE, DUE + timedelta(days=days), ever_signed=ever_signed) == passed


def test_six_after_the_due_day_and_then_no_more() -> None:
    assert [step for step in STEPS if step > 0] == [1, 8, 15, 22, 29, 36]


def test_one_letter_for_everything_that_is_due_for_a_person(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    freeze(DUE)
    decided = decide(small.setting, DUE, mail=True)
    assert (decided.letters, decided.reminders) == (1, 2)
    [item] = letters(small)
    told = db.session.scalars(of(small.setting_id, Reminder)).all()
    assert item.about == f"{ann.id}:2027-03-10"
    assert item.payload == {"reminders": [str(row.id) for row in told]}
    assert item.not_before == at(DUE, 9)
    assert {row.outbox_id for row in told} == {item.id}
    assert {(row.person_id, row.due_on, row.step) for row in told} == {(ann.id, DUE, 0)}


def test_a_year_has_each_step_once(small: Small, ann: Person, freeze: Freeze) -> None:
    run(small, freeze, DUE - timedelta(days=33), DUE + timedelta(days=60))
    assert steps(small) == sorted([*STEPS, *STEPS])
    assert len(letters(small)) == len(STEPS)


def test_running_twice_changes_nothing(small: Small, ann: Person, freeze: Freeze) -> None:
    freeze(DUE)
    assert decide(small.setting, DUE, mail=True).letters == 1
    assert decide(small.setting, DUE, mail=True).letters == 0
    assert len(letters(small)) == 1
    assert [row.letters for row in db.session.scalars(of(small.setting_id, Decision))] == [1, 0]


def test_what_another_run_took_meanwhile_is_left_out(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    freeze(DUE + timedelta(days=2))
    read_before = askings(small.setting, DUE + timedelta(days=1))
    assert still_untaken(small.setting_id, read_before) == read_before
    decide(small.setting, DUE + timedelta(days=2), mail=True)
    assert still_untaken(small.setting_id, read_before) == []


def test_a_clock_set_back_repeats_nothing(small: Small, ann: Person, freeze: Freeze) -> None:
    run(small, freeze, DUE, DUE)
    with writing():
        db.session.execute(sa.delete(Decision))
    before = DUE - timedelta(days=1)
    freeze(before)
    assert askings(small.setting, before) == []
    assert decide(small.setting, before, mail=True).letters == 0


def test_nobody_without_an_address_that_is_theirs(
    small: Small, version: Version, freeze: Freeze
) -> None:
    freeze(SIGNED)
    for name, email in (("Bea", None), ("Cat", ""), ("Dot", "dot@example.org")):
        small.signs(small.person(name, SIGNED, email=email), version, SIGNED)
    dot = db.session.scalars(of(small.setting_id, Person).where(Person.full_name == "Dot")).one()
    with writing():
        db.session.add(
            AddressCheck(
                setting_id=small.setting_id,
                person_id=dot.id,
                email="dot@example.org",
                token_hash="none",
                disowned_at=at(SIGNED),
            )
        )
    freeze(DUE)
    assert decide(small.setting, DUE, mail=True).letters == 0
    with writing():
        db.session.get_one(Person, dot.id).email = "another@example.org"
    assert decide(small.setting, DUE, mail=True).letters == 1


def test_without_mail_no_letter_is_made_and_no_jump_is_seen(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    for day in (DUE - timedelta(days=30), DUE):
        freeze(day)
        assert decide(small.setting, day, mail=False).letters == 0
    assert held_decision(small.setting_id) is None
    assert decide(small.setting, DUE, mail=True).letters == 1


def test_another_setting_is_left_alone(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    freeze(DUE)
    assert decide(cast.bluebells, DUE, mail=True).letters == 0
    assert letters(small) == []


def test_a_holiday_decides_nothing_and_is_no_absence(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    first, last = DUE - timedelta(days=8), DUE + timedelta(days=3)
    with writing():
        db.session.add(
            Holiday(setting_id=small.setting_id, name="Easter", first_day=first, last_day=last)
        )
    run(small, freeze, DUE - timedelta(days=10), last)
    # The step of two weeks before was never taken: it went out on the first of these days.
    assert steps(small) == [-14, -14]
    run(small, freeze, last + timedelta(days=1), last + timedelta(days=1))
    assert steps(small)[2:] == [1, 1]
    assert held_decision(small.setting_id) is None


@pytest.mark.parametrize(
    ("days_before", "expected"),
    [(5, [-7, -1, 0]), (4, [-7, 0]), (3, [-7]), (1, [-7]), (0, [-7, -1]), (-1, [-7, -1, 0])],
)
def test_a_word_in_person_takes_the_place_of_a_letter(
    small: Small,
    ann: Person,
    version: Version,
    freeze: Freeze,
    days_before: int,
    expected: list[int],
) -> None:
    """The steps up to the due day: a word counts on its day and for the three days after it."""
    for before in range(7, -2, -1):
        day = DUE - timedelta(days=before)
        freeze(day)
        if before == days_before:
            small.word(ann, version)
        if before >= 0:
            decide(small.setting, day, mail=True)
    rows = of(small.setting_id, Reminder).where(
        Reminder.agreement_id == version.agreement_id, Reminder.step.is_not(None)
    )
    assert [row.step for row in db.session.scalars(rows.order_by(Reminder.step))] == expected


def test_a_word_stands_for_its_step_on_the_days_after_too(
    small: Small, ann: Person, version: Version, freeze: Freeze
) -> None:
    run(small, freeze, DUE, DUE)
    freeze(DUE + timedelta(days=1))
    small.word(ann, version)
    run(small, freeze, DUE + timedelta(days=1), DUE + timedelta(days=8))
    rows = of(small.setting_id, Reminder).where(Reminder.agreement_id == version.agreement_id)
    assert [row.step for row in db.session.scalars(rows.order_by(Reminder.made_at))] == [0, None, 8]


def test_who_never_signed_is_asked_from_being_added(
    small: Small, version: Version, freeze: Freeze
) -> None:
    added = date(2027, 1, 4)
    freeze(added)
    small.person("Eve", added)
    with writing():
        db.session.execute(sa.delete(OutboxItem).where(OutboxItem.kind == "reminder"))
    run(small, freeze, added, added + timedelta(days=8))
    assert sorted(set(steps(small)), key=lambda step: step or 0) == [-7, -1, 0, 1]


def test_what_comes_up_later_in_the_day_is_tomorrows(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    freeze(DUE)
    decide(small.setting, DUE, mail=True)
    late = small.agreement("Photographs", "volunteer")
    small.signs(ann, late, SIGNED)
    assert decide(small.setting, DUE, mail=True).letters == 0
    run(small, freeze, DUE + timedelta(days=1), DUE + timedelta(days=1))
    assert letters(small)[-1].about.endswith("2027-03-11")
    assert len(letters(small)[-1].payload["reminders"]) == 3


def test_at_night_letters_wait_for_the_morning(small: Small, ann: Person, freeze: Freeze) -> None:
    freeze(DUE, 22)
    decide(small.setting, DUE, mail=True)
    assert letters(small)[0].not_before == at(DUE + timedelta(days=1), 8)


def test_a_letter_for_a_day_to_come_waits_for_it(small: Small, ann: Person, freeze: Freeze) -> None:
    freeze(DUE - timedelta(days=10))
    decide(small.setting, DUE, mail=True)
    assert letters(small)[0].not_before == at(DUE, 8)


@pytest.mark.parametrize("gap", [4, 365, -1, -365])
def test_a_jump_waits_for_a_managers_yes(
    small: Small, ann: Person, cast: Cast, freeze: Freeze, gap: int
) -> None:
    start = DUE - timedelta(days=100)
    run(small, freeze, start, start)
    day = start + timedelta(days=gap)
    freeze(day)
    made = len(letters(small))
    for _ in range(2):
        decided = decide(small.setting, day, mail=True)
        assert (decided.held, decided.letters) == (True, 0)
    held = held_decision(small.setting_id)
    assert held is not None
    assert (held.day, held.letters, len(letters(small))) == (day, 0, made)
    release(held, cast.charlie.id)
    assert held_decision(small.setting_id) is None
    assert decide(small.setting, day, mail=True).held is False
    kinds = db.session.scalars(
        sa.select(Event.kind).where(Event.setting_id == small.setting_id)
    ).all()
    assert kinds.count("reminders.released") == 1
    assert check_history(small.setting_id).faults == []
    run(small, freeze, day + timedelta(days=1), day + timedelta(days=1))
    assert held_decision(small.setting_id) is None


def test_three_days_are_a_weekend_and_no_jump(small: Small, ann: Person, freeze: Freeze) -> None:
    run(small, freeze, DUE - timedelta(days=3), DUE - timedelta(days=3))
    run(small, freeze, DUE, DUE)
    assert held_decision(small.setting_id) is None
    assert steps(small)[-1] == 0


def test_only_the_newest_missed_step_goes_out(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=31), DUE - timedelta(days=30))
    day = DUE + timedelta(days=2)
    freeze(day)
    decide(small.setting, day, mail=True)
    held = held_decision(small.setting_id)
    assert held is not None
    release(held, cast.charlie.id)
    decide(small.setting, day, mail=True)
    assert steps(small) == [-30, -30, 1, 1]


def test_a_clock_that_comes_back_settles_the_question(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=2), DUE - timedelta(days=2))
    future = DUE + timedelta(days=365)
    freeze(future)
    assert decide(small.setting, future, mail=True).held
    run(small, freeze, DUE - timedelta(days=1), DUE - timedelta(days=1))
    assert held_decision(small.setting_id) is None
    assert steps(small)[-1] == -1


def test_the_yes_counts_for_its_own_day_only(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=60), DUE - timedelta(days=60))
    day = DUE - timedelta(days=50)
    freeze(day)
    decide(small.setting, day, mail=True)
    held = held_decision(small.setting_id)
    assert held is not None
    release(held, cast.charlie.id)
    freeze(DUE)
    assert decide(small.setting, DUE, mail=True).held


def test_a_yes_that_takes_a_week_is_still_a_yes(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=60), DUE - timedelta(days=60))
    run(small, freeze, DUE - timedelta(days=6), DUE)
    held = held_decision(small.setting_id)
    assert held is not None
    assert held.day == DUE - timedelta(days=6)
    release(held, cast.charlie.id)
    assert decide(small.setting, DUE, mail=True).letters == 1


def test_an_old_question_cannot_be_answered_twice(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=60), DUE - timedelta(days=60))
    freeze(DUE)
    decide(small.setting, DUE, mail=True)
    held = held_decision(small.setting_id)
    assert held is not None
    release(held, cast.charlie.id)
    given = held.released_at
    release(held, cast.charlie.id)
    assert db.session.get_one(Decision, held.id).released_at == given


def test_a_run_that_was_killed_goes_on_where_it_stopped(
    small: Small, version: Version, freeze: Freeze, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(SIGNED)
    for number in range(5):
        small.signs(small.person(f"Person{number}", SIGNED), version, SIGNED)
    monkeypatch.setattr(deciding, "PEOPLE_AT_ONCE", 2)
    written = deciding._rows
    calls = []

    def dies_in_the_second(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return written(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(deciding, "_rows", dies_in_the_second)
    freeze(DUE)
    with pytest.raises(KeyboardInterrupt):
        decide(small.setting, DUE, mail=True)
    assert len(letters(small)) == 2
    assert last_run(small.setting_id) is None
    assert decide(small.setting, DUE, mail=True).letters == 3
    assert len({item.about for item in letters(small)}) == 5


def test_the_chore_decides_once_a_day_from_eight_on(
    small: Small, ann: Person, freeze: Freeze
) -> None:
    freeze(DUE, 7, 59)
    decide_where_due(mail=True)
    assert letters(small) == []
    for minute in (0, 1):
        freeze(DUE, 8, minute)
        decide_where_due(mail=True)
    assert len(letters(small)) == 1
    assert len(db.session.scalars(of(small.setting_id, Decision)).all()) == 1


def test_after_a_yes_the_chore_goes_ahead_on_the_same_day(
    small: Small, ann: Person, cast: Cast, freeze: Freeze
) -> None:
    run(small, freeze, DUE - timedelta(days=60), DUE - timedelta(days=60))
    freeze(DUE)
    decide_where_due(mail=True)
    held = held_decision(small.setting_id)
    assert held is not None
    release(held, cast.charlie.id)
    freeze(DUE, 10)
    decide_where_due(mail=True)
    assert steps(small)[-1] == 0
