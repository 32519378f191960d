"""Erasing one person: what goes and what stays is said first, then a word is asked for."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.person import person_or_404
from blueprints.manager.retention_forms import ErasureForm
from models.holds import holds_on
from records.erasing import Held, StillHere, erase, what_goes
from web.access import desk


@manager.route("/people/<uuid:person_id>/erasure", methods=["GET", "POST"])
def erasure(person_id: UUID) -> ResponseReturnValue:
    """Erase somebody who left; refused with a sentence while a hold or a category stands."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    form = ErasureForm()
    if form.validate_on_submit():
        try:
            erase(setting, person_id, desk().manager.id, str(form.why.data))
        except (Held, StillHere) as error:
            flash(str(error.__doc__), "error")
            return redirect(url_for("manager.person", person_id=person_id))
        flash("Erased. The history notes that it was done, and no name.", "success")
        return redirect(url_for("manager.retention"))
    return show(
        "erasure",
        "people",
        form=form,
        known=known,
        goes=what_goes(setting.id, person_id),
        holds=holds_on(setting.id, person_id, clock.today(setting.time_zone)),
    )
