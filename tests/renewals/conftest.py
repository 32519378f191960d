"""A small setting whose people sign without tablets and PDFs: only who signed what, and when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from agreements.publishing import Edition, publish
from extensions import db
from models.agreements import Version, current_versions
from models.base import new_id
from models.categories import CATEGORIES
from models.dues import Due, due_of
from models.outbox import OutboxItem
from models.people import Person, add_person
from models.reminders import Reminder
from models.settings import Setting
from models.signings import Signing
from models.tablets import Tablet
from models.writing import writing
from renewals.dues import ask_first_time, renew, runs_to
from tests.cast import Cast

LONDON = "Europe/London"
Freeze = Callable[..., None]


def at(day: date, hour: int = 9, minute: int = 0, zone: str = LONDON) -> datetime:
    """A moment by the clock on the wall, in UTC as everywhere."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    """Let it be a day, at nine in the morning unless another hour is given."""

    def to(day: date, hour: int = 9, minute: int = 0) -> None:
        moment = at(day, hour, minute)
        monkeypatch.setattr("clock.now", lambda: moment)

    return to


class Small:
    """A setting and what happens in it, in one line each."""

    def __init__(self, setting_id: UUID) -> None:
        self.setting_id = setting_id
        tablet = Tablet(setting_id=setting_id, name="By the door", token_hash=str(new_id()))
        with writing():
            db.session.add(tablet)
        self.tablet_id = tablet.id

    @property
    def setting(self) -> Setting:
        """The setting as it is now."""
        return db.session.get_one(Setting, self.setting_id)

    def nothing_to_sign(self) -> None:
        """Let what there is be for visitors only."""
        for version in current_versions(self.setting_id):
            self.agreement(version.title, "visitor")

    def agreement(self, title: str, *categories: str) -> Version:
        """Publish something that these categories sign; all of them when none is named."""
        wordings = dict.fromkeys(categories or CATEGORIES, "I agree to follow it.")
        with writing():
            version = publish(
                self.setting_id, Edition(title, "Be kind.", "Be kind.", None, "Name", wordings)
            )
            # Nobody signs it here, so its pages need not be laid out.
            db.session.execute(sa.delete(OutboxItem).where(OutboxItem.kind == "layout"))
        return version

    def person(self, name: str, since: date, category: str = "volunteer", **more: Any) -> Person:
        """Add somebody, with an address of their own unless told otherwise."""
        more = {"email": f"{name.lower()}@example.org"} | more
        with writing():
            person = add_person(
                self.setting_id,
                full_name=name,
                category=category,
                organisation=None,
                since=since,
                **more,
            )
            ask_first_time(self.setting_id, person.id, category, since)
        return person

    def signs(self, person: Person, version: Version, day: date) -> Signing:
        """Somebody signs, and is due when the rules say."""
        moment = at(day)
        signing = Signing(
            id=new_id(),
            setting_id=self.setting_id,
            sitting_id=new_id(),
            person_id=person.id,
            agreement_id=version.agreement_id,
            version_id=version.id,
            tablet_id=self.tablet_id,
            full_name=person.full_name,
            category="volunteer",
            method="typed",
            found="chosen",
            device_signed_at=moment,
            received_at=moment,
            effective_at=moment,
            due_on=day,
            body_mac="none",
        )
        with writing():
            db.session.add(signing)
            db.session.flush()
            day = runs_to(signing, LONDON)
            signing.due_on = day.on
            renew(signing, day)
        return signing

    def word(self, person: Person, version: Version) -> None:
        """A manager reminds somebody in person."""
        due = self.due(person, version)
        with writing():
            db.session.add(
                Reminder(
                    setting_id=self.setting_id,
                    person_id=due.person_id,
                    agreement_id=due.agreement_id,
                    due_on=due.due_on,
                    channel="in_person",
                )
            )

    def due(self, person: Person, version: Version) -> Due:
        """When somebody is due."""
        found = due_of(self.setting_id, person.id, version.agreement_id)
        assert found is not None
        return found


@pytest.fixture
def small(cast: Cast) -> Small:
    """A setting with nobody in it, whose starting agreement is for visitors only by now."""
    made = Small(cast.owls.id)
    made.nothing_to_sign()
    return made
