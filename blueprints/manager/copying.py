"""A copy of everything that is held about somebody, for when they ask for it."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager
from blueprints.manager.downloads import to_save
from blueprints.manager.person import person_or_404
from blueprints.manager.rules import may
from records.copying import CopyFailed, copy_of
from web.access import desk


@manager.get("/people/<uuid:person_id>/copy.zip")
def copy_of_person(person_id: UUID) -> ResponseReturnValue:
    """One tap. What was told to the safeguarding lead is in it for nobody else."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    day = clock.today(setting.time_zone)
    try:
        data = copy_of(setting, known, desk().manager, lead=may("declarations"))
    except CopyFailed as error:
        flash(str(error.__doc__), "error")
        return redirect(url_for("manager.person", person_id=person_id))
    return to_save(data, "application/zip", f"copy-{day.isoformat()}.zip")
