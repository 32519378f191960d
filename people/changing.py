"""Changing what is on file about somebody; their records keep what was sealed."""

from datetime import date
from uuid import UUID

from extensions import db
from models.events import happened, wait_for_turn
from models.names import name_key
from models.people import PersonCategory, begin_category, known_person
from models.settings import of
from models.writing import writing
from people.particulars import Particulars, particulars_of
from records.page import missing_glyphs
from renewals.dues import ask_in_new_category


def change(
    setting_id: UUID, person_id: UUID, manager_id: UUID, wanted: Particulars, today: date
) -> bool:
    """Save somebody's particulars; False, and nothing happens, where nothing is different.

    Another category or organisation is a new dated row, and what newly applies is asked at once.
    """
    boxes = bool(missing_glyphs(wanted.full_name))
    with writing():
        wait_for_turn(setting_id)
        known = known_person(setting_id, person_id)
        if known is None or (was := particulars_of(known)) == wanted:
            return False
        person = known.person
        person.full_name, person.name_key = wanted.full_name, name_key(wanted.full_name)
        person.email, person.under_18 = wanted.email, wanted.under_18
        person.name_prints_boxes = boxes
        if (was.category, was.organisation) != (wanted.category, wanted.organisation):
            _move(setting_id, person_id, wanted, today)
        if was.category != wanted.category:
            ask_in_new_category(setting_id, person_id, was.category, wanted.category, today)
        happened(
            setting_id,
            "person.changed",
            {"person": str(person_id), "manager": str(manager_id)},
            was.differences(wanted),
        )
    return True


def _move(setting_id: UUID, person_id: UUID, wanted: Particulars, today: date) -> None:
    """End the category of today and begin the next one."""
    rows = of(setting_id, PersonCategory).where(
        PersonCategory.person_id == person_id, PersonCategory.until.is_(None)
    )
    for row in db.session.scalars(rows):
        row.until = today
    db.session.flush()
    begin_category(setting_id, person_id, wanted.category, wanted.organisation, today)
