"""The demo: three years of a believable setting, the same each day, and all of it verifies."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from agreements.drafting import edition_of_version
from agreements.publishing import Change, news, publish
from extensions import db
from models.adoptions import history_of
from models.agreements import current_versions
from models.dues import Due, dues_asked
from models.events import Event, check_history
from models.people import Person
from models.reminders import Reminder
from models.settings import Setting
from models.signings import Record, Signing
from models.writing import writing
from outbox.watching import silent_since
from records.verdicts import verdict_on_record
from renewals.asking import effect
from renewals.coverage import STAGES
from renewals.groups import counts, groups
from settings.demo import CAST, Part, play, story
from tests.guards.code import product

LONDON = "Europe/London"
DAYS = [date(2026, 11, 22), date(2027, 3, 1), date(2028, 2, 29), date(2026, 12, 31)]


@pytest.mark.parametrize("today", DAYS)
def test_it_is_the_same_story_for_the_same_day(today: date) -> None:
    acts = story(CAST, today, LONDON)
    assert acts == story(CAST, today, LONDON)
    assert acts[0].kind == "opens"
    assert all(one.at <= other.at for one, other in pairwise(acts))
    assert acts[-1].at.astimezone(ZoneInfo(LONDON)).date() < today
    assert (acts[-1].at - acts[0].at).days > 3 * 365 - 40


@pytest.mark.parametrize("today", DAYS)
def test_nobody_signs_before_they_come_or_after_they_left(today: date) -> None:
    lives: dict[Part, list[str]] = {}
    for act in story(CAST, today, LONDON):
        if act.part is not None:
            lives.setdefault(act.part, []).append(act.kind)
    assert len(lives) == len(CAST)
    for part, kinds in lives.items():
        assert kinds[0] == "joins"
        assert kinds.count("signs") == len(part.signed)
        assert ("leaves" in kinds[:-1]) is False
        assert (kinds[-1] == "leaves") == (part.left is not None)


def test_it_has_what_a_setting_has() -> None:
    assert len(CAST) >= 40
    assert sum(part.left is not None for part in CAST) >= 8
    assert len({part.category for part in CAST}) == 8
    assert 60 <= sum(len(part.signed) for part in CAST) <= 120
    lapsed = [part for part in CAST if part.organisation == "Harbour Supply Teachers"]
    assert len(lapsed) == 3
    assert all(part.signed[-1] > 400 for part in lapsed)


def test_only_the_demo_sets_the_clock() -> None:
    setters = {
        module.name
        for module in product()
        if "clock.set_to" in module.path.read_text(encoding="utf-8")
    }
    assert setters == {"settings.demo.playing"}


def test_the_clock_comes_back_even_after_a_fault() -> None:
    leap_day = date(2024, 2, 29)

    def fails_at(moment: datetime) -> None:
        with clock.set_to(moment):
            assert clock.today(LONDON) == leap_day
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_at(datetime(2024, 2, 29, 8, tzinfo=ZoneInfo(LONDON)))
    assert clock.now().year > leap_day.year
    with pytest.raises(ValueError, match="zone"):
        fails_at(datetime(2024, 2, 29))  # noqa: DTZ001


def test_played_by_a_few_it_verifies(own_app: Callable[..., Flask], quick_press: None) -> None:
    with own_app().app_context():
        today = clock.today(LONDON)
        acts = story(CAST[:12], today, LONDON)
        done = Counter(play(acts, "a long enough password"))
        assert done == Counter(act.kind for act in acts)
        setting_id = db.session.scalars(
            sa.select(Setting.id).where(Setting.name == "Bluebells Pre-School")
        ).one()
        found = counts(groups(setting_id, today))
        assert all(found[stage] for stage in STAGES), found
        assert check_history(setting_id).faults == []
        _times_are_of_the_past(setting_id, acts[0].at)
        _records_are_genuine(setting_id)
        _reminders_of_each_channel(setting_id)
        assert silent_since(setting_id) is None
        _history_of_the_agreement(setting_id)
        _a_preview_is_what_then_happens(setting_id, today)


def _times_are_of_the_past(setting_id: UUID, begins: datetime) -> None:
    events = db.session.scalars(
        sa.select(Event).where(Event.setting_id == setting_id).order_by(Event.sequence)
    ).all()
    assert events[0].at == begins
    assert all(one.at <= other.at for one, other in pairwise(events))
    signing, person = db.session.execute(
        sa.select(Signing, Person)
        .join(Person, Person.id == Signing.person_id)
        .where(Signing.setting_id == setting_id)
        .order_by(Signing.received_at)
        .limit(1)
    ).one()
    assert signing.received_at.year < clock.now().year
    assert signing.effective_at == signing.received_at == signing.device_signed_at
    assert person.made_at < signing.received_at


def _records_are_genuine(setting_id: UUID) -> None:
    ids = db.session.scalars(sa.select(Record.signing_id).where(Record.setting_id == setting_id))
    verdicts = [verdict_on_record(record_id) for record_id in ids.all()]
    assert len(verdicts) == sum(len(part.signed) for part in CAST[:12])
    assert all(verdict and verdict.genuine for verdict in verdicts)


def _reminders_of_each_channel(setting_id: UUID) -> None:
    channels = db.session.scalars(
        sa.select(Reminder.channel).where(Reminder.setting_id == setting_id)
    )
    assert set(channels) == {"letter", "in_person", "slip"}


def _history_of_the_agreement(setting_id: UUID) -> None:
    [version] = current_versions(setting_id)
    second, first = history_of(setting_id, version.agreement_id)
    assert (first.change, second.change) == ("first", "minor")
    assert second.reason
    assert all(one.adoption and one.adoption.signed_role == "Chair" for one in (first, second))


def _a_preview_is_what_then_happens(setting_id: UUID, today: date) -> None:
    [version] = current_versions(setting_id)
    wordings = {
        "volunteer": "I agree.",
        "parent_helper": "I agree.",
        "employee": "I will see to it.",
    }
    edition = replace(edition_of_version(version), wordings=wordings)
    change = Change("material", today, "Only some sign it now.")
    says = effect(setting_id, news(version.agreement_id, edition, change, version), today)
    assert says.asked
    assert says.stopped
    with writing():
        publish(setting_id, edition, None, change)
    columns = dues_asked(setting_id).with_only_columns(Due.person_id, Due.due_on)
    assert {person: due_on for person, due_on in db.session.execute(columns)} == {  # noqa: C416
        **{new.who.person_id: new.day.on for new in says.asked},
        **{who.person_id: who.was.on for who in says.waiting if who.was},
    }
