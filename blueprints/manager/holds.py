"""A legal hold on somebody's records: put on with a reason, and lifted."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.hold_forms import HoldForm
from blueprints.manager.person import person_or_404
from models.holds import Hold, hold_of
from records.holding import hold, lift
from web.access import desk


@manager.route("/people/<uuid:person_id>/hold", methods=["GET", "POST"])
def hold_person(person_id: UUID) -> ResponseReturnValue:
    """Say what a hold does, ask why, and put it on."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    today = clock.today(setting.time_zone)
    form = HoldForm(today)
    if form.validate_on_submit():
        reason = str(form.reason.data)
        hold(setting.id, person_id, desk().manager.id, today, form.until.data, reason)
        flash("The hold is on. Nothing of them can be erased.", "success")
        return redirect(url_for("manager.person", person_id=person_id))
    return show("hold", "people", form=form, known=known)


@manager.route("/people/<uuid:person_id>/holds/<uuid:hold_id>/lifting", methods=["GET", "POST"])
def lift_hold(person_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """Ask once, and lift the hold."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    found = hold_or_404(setting.id, person_id, hold_id)
    form = FlaskForm()
    if form.validate_on_submit():
        lift(setting.id, person_id, hold_id, desk().manager.id)
        flash("The hold is lifted. What is kept, and until when, is as for everybody.", "success")
        return redirect(url_for("manager.person", person_id=person_id))
    return show("hold_lift", "people", form=form, known=known, hold=found)


def hold_or_404(setting_id: UUID, person_id: UUID, hold_id: UUID) -> Hold:
    """A hold on this person of this setting, and of no other."""
    return hold_of(setting_id, person_id, hold_id) or abort(404)
