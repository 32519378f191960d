"""One person: the facts on file, where they stand, and their records."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from extensions import db
from models.agreements import version_names
from models.people import Known, known_person
from models.signings import Signing, signings_newest_first
from renewals.dues import standings
from web.access import desk


@manager.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Everything the desk knows about somebody."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    signings = signings_newest_first(setting.id).where(Signing.person_id == person_id)
    return show(
        "person",
        "people",
        known=known,
        standings=standings(known, clock.today(setting.time_zone)),
        signings=db.session.execute(signings.limit(PAGE)).all(),
        versions=version_names(setting.id),
    )


def person_or_404(setting_id: UUID, person_id: UUID) -> Known:
    """A person of this setting, and of no other."""
    return known_person(setting_id, person_id) or abort(404)
