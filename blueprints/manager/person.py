"""One person: the facts on file, where they stand, and their records."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from extensions import db
from models.addresses import check_of
from models.agreements import version_names
from models.people import Known, known_person
from models.reviews import told_of
from models.signings import Signing, signings_newest_first
from records.voiding import voided
from renewals.chasing import asked
from renewals.dues import standings
from renewals.told import told
from web.access import desk

MOST_REMINDERS = 20


@manager.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Everything the desk knows about somebody."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    today = clock.today(setting.time_zone)
    signings = signings_newest_first(setting.id).where(Signing.person_id == person_id)
    found = db.session.execute(signings.limit(PAGE)).all()
    return show(
        "person",
        "people",
        known=known,
        address=check_of(setting.id, person_id, known.person.email) if known.person.email else None,
        standings=standings(known, today),
        asked=asked(setting.id, today, [person_id]),
        declared=told_of(setting.id, person_id),
        reminders=told(setting.id, MOST_REMINDERS, person_id=person_id),
        today=today,
        signings=found,
        voids=voided(setting.id, [signing.id for signing, _record in found]),
        versions=version_names(setting.id),
    )


def person_or_404(setting_id: UUID, person_id: UUID) -> Known:
    """A person of this setting, and of no other."""
    return known_person(setting_id, person_id) or abort(404)
