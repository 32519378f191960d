"""Adding people at the desk: what they sign is asked from today, and it is in the history."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from models.agreements import agreements_signed_by
from models.base import new_id
from models.events import happened, happened_to_each
from models.names import name_key
from models.people import Person, PersonCategory, add_person, organisation_named
from models.writing import insert_all, writing
from people.particulars import Particulars
from records.page import missing_glyphs
from renewals.dues import ask_first_time, first_asked


def add(setting_id: UUID, manager_id: UUID, told: Particulars, today: date) -> Person:
    """Put one person on the list; raises CannotSave."""
    boxes = bool(missing_glyphs(told.full_name))
    with writing():
        return put_on_list(setting_id, manager_id, told, today, name_prints_boxes=boxes)


def put_on_list(
    setting_id: UUID,
    manager_id: UUID,
    told: Particulars,
    today: date,
    *,
    since: date | None = None,
    name_prints_boxes: bool,
) -> Person:
    """Put one person on the list inside writing(). since: from when they are here, or today."""
    person = add_person(
        setting_id,
        full_name=told.full_name,
        category=told.category,
        organisation=told.organisation,
        since=since or today,
        email=told.email,
        under_18=told.under_18,
        name_prints_boxes=name_prints_boxes,
    )
    ask_first_time(setting_id, person.id, told.category, today)
    happened(
        setting_id,
        "person.added",
        {"person": str(person.id), "manager": str(manager_id)},
        {"full_name": told.full_name, "category": told.category},
    )
    return person


def add_all(
    setting_id: UUID, manager_id: UUID, told: Sequence[tuple[Particulars, date | None]], today: date
) -> int:
    """Put many people on the list inside writing(), each as put_on_list() does, and quickly.

    told: what is known of each, and since when they are here (None: today).
    """
    people, categories, dues, events = [], [], [], []
    senders: dict[str, UUID] = {}
    there = {one.category for one, _since in told}
    asked = {category: agreements_signed_by(setting_id, category) for category in there}
    for one, since in told:
        person_id = new_id()
        people.append(_person(setting_id, person_id, one))
        if one.organisation and one.organisation not in senders:
            senders[one.organisation] = organisation_named(setting_id, one.organisation).id
        categories.append(
            PersonCategory(
                setting_id=setting_id,
                person_id=person_id,
                category=one.category,
                organisation_id=senders.get(one.organisation or ""),
                since=since or today,
            )
        )
        dues += [
            first_asked(setting_id, person_id, wanted, today) for wanted in asked[one.category]
        ]
        events.append(
            (
                {"person": str(person_id), "manager": str(manager_id)},
                {"full_name": one.full_name, "category": one.category},
            )
        )
    for rows in (people, categories, dues):
        insert_all(rows)
    happened_to_each(setting_id, "person.added", events)
    return len(people)


def _person(setting_id: UUID, person_id: UUID, told: Particulars) -> Person:
    return Person(
        id=person_id,
        setting_id=setting_id,
        full_name=told.full_name,
        name_key=name_key(told.full_name),
        email=told.email,
        under_18=told.under_18,
        name_prints_boxes=bool(missing_glyphs(told.full_name)),
    )
