"""Plays the demo's story: each act at its own time, by the same verbs that real life uses."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

import clock
from agreements.adopting import Adopted, note_adoption
from agreements.publishing import Change, publish
from agreements.starter import starter_edition
from extensions import db
from models.agreements import Version, current_versions
from models.base import new_id
from models.dues import Due
from models.events import happened
from models.outbox import OutboxItem
from models.people import add_person
from models.reminders import Reminder
from models.settings import Setting, of
from models.tablets import Tablet, approve_pairing, new_pairing, seen
from models.writing import end_reading, writing
from records.page import missing_glyphs
from records.signing import sign
from renewals.chasing import asked, note_slips, remind_in_person
from renewals.dues import ask_first_time
from renewals.leaving import leave
from renewals.schedule import anniversary
from settings.demo.cast import Part
from settings.demo.props import body_of, sent
from settings.demo.story import Act
from settings.opening import Opening, open_setting

EMAIL = "demo@example.org"
ADDED_CLAUSE = """

## Phones and cameras:

Personal phones, watches and tablets that can take pictures stay in the lockers by the office
while children are on the premises. Photographs are taken with the setting's own camera only.
"""

REASON = (
    "A paragraph on phones and cameras was added. Everybody was told at the staff meeting, and "
    "reads it when they next sign."
)


def play(acts: Iterable[Act], password: str) -> Iterator[str]:
    """Open the setting and let everything happen; gives a word for each act that is done."""
    stage = _Stage(password)
    for act in acts:
        with clock.set_to(act.at):
            getattr(stage, act.kind)(act)
        yield act.kind
    stage.closes()


class _Stage:
    """The setting, its tablet and its people while the story is played; one verb for each kind."""

    def __init__(self, password: str) -> None:
        self.password = password
        self.people: dict[Part, UUID] = {}
        self.setting: Setting
        self.tablet: Tablet

    def opens(self, _act: Act) -> None:
        """The first day: a setting, its agreement, its tablet."""
        self.setting = open_setting(_opening(self.password))
        self.tablet = approve_pairing(self.setting, new_pairing().user_code, "Front door", None)
        with writing():
            self._adopts(current_versions(self.setting.id)[0])

    def publishes(self, _act: Act) -> None:
        """A second version with one clause more, which nobody has to sign before their day."""
        first = starter_edition()
        change = Change("minor", clock.today(self.setting.time_zone), REASON)
        with writing():
            edition = replace(first, text=first.text.rstrip() + ADDED_CLAUSE)
            self._adopts(publish(self.setting.id, edition, None, change))

    def _adopts(self, version: Version) -> None:
        """The committee adopts a version on the day it is published, and looks again in a year."""
        today = clock.today(self.setting.time_zone)
        chair = ("Margaret Ann Pugh", "Chair")
        adopted = Adopted("the committee", today, anniversary(today), *chair)
        note_adoption(version.setting_id, version.id, None, adopted)

    def joins(self, act: Act) -> None:
        """Somebody is put on the list at the desk."""
        part, today = _part(act), clock.today(self.setting.time_zone)
        boxes = bool(missing_glyphs(part.full_name))
        with writing():
            person = add_person(
                self.setting.id,
                full_name=part.full_name,
                category=part.category,
                organisation=part.organisation,
                since=today,
                email=part.email,
                under_18=part.under_18,
            )
            person.name_prints_boxes = boxes
            ask_first_time(self.setting.id, person.id, part.category, today)
            happened(self.setting.id, "person.added", {"person": str(person.id)}, {"by": "demo"})
        self.people[part] = person.id

    def signs(self, act: Act) -> None:
        """Somebody signs at the tablet what is current that day."""
        part = _part(act)
        version_id = current_versions(self.setting.id)[0].id
        end_reading()
        body = body_of(version_id, self.people[part], part, act.turn)
        sign(self.tablet, new_id(), body, clock.now(), None)
        seen(self.tablet)

    def leaves(self, act: Act) -> None:
        """Somebody is not there any more, and nothing is asked of them."""
        today = clock.today(self.setting.time_zone)
        leave(self.setting, self.people[_part(act)], today, None)

    def in_person(self, act: Act) -> None:
        """A word at the door."""
        remind_in_person(self.setting, self.people[_part(act)], None)

    def slip(self, act: Act) -> None:
        """A slip of paper in a pigeonhole."""
        today = clock.today(self.setting.time_zone)
        note_slips(self.setting.id, asked(self.setting.id, today, [self.people[_part(act)]]), None)

    def letter(self, act: Act) -> None:
        """An e-mail of long ago; one address has stopped working."""
        part, today = _part(act), clock.today(self.setting.time_zone)
        person_id, works = self.people[part], not part.mail_fails or act.turn < -1
        with writing():
            item = sent(self.setting.id, f"{person_id}:{today}", works=works)
            db.session.add(item)
            db.session.flush()
            rows = [
                Reminder(
                    setting_id=self.setting.id,
                    person_id=person_id,
                    agreement_id=due.agreement_id,
                    due_on=due.due_on,
                    channel="letter",
                    step=(today - due.due_on).days,
                    outbox_id=item.id,
                )
                for due in db.session.scalars(
                    of(self.setting.id, Due).where(Due.person_id == person_id)
                )
            ]
            db.session.add_all(rows)
            db.session.flush()
            item.payload = {"reminders": [str(row.id) for row in rows]}

    def closes(self) -> None:
        """The copies of all records wait from now on: nobody has been late with them."""
        with writing():
            db.session.execute(
                sa.update(OutboxItem)
                .where(OutboxItem.setting_id == self.setting.id, OutboxItem.done_at.is_(None))
                .values(not_before=clock.now())
            )


def _part(act: Act) -> Part:
    if act.part is None:
        raise ValueError(f"Nobody {act.kind}.")
    return act.part


def _opening(password: str) -> Opening:
    return Opening(
        "Bluebells Pre-School",
        EMAIL,
        password,
        is_dsl=True,
        charity_number="1072298",
        ofsted_urn="EY123456",
        address="The Old Chapel, Church Lane, Clevedon BS21 6AB",
        asks_second_step=False,
    )
