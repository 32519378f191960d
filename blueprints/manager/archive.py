"""Archiving an agreement and taking it back; each asks once."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from agreements.archiving import archive, take_back
from blueprints.manager.agreements import agreement_or_404, version_or_404
from blueprints.manager.blueprint import manager, show
from web.access import desk


@manager.route("/agreements/<uuid:version_id>/archiving", methods=["GET", "POST"])
def archiving(version_id: UUID) -> ResponseReturnValue:
    """Ask nobody for it any more."""
    found = version_or_404(desk().setting.id, version_id)
    agreement = agreement_or_404(found)
    form = FlaskForm()
    if form.validate_on_submit():
        archive(agreement, desk().manager.id)
        flash("Archived. Nobody is asked for it any more.", "success")
        return redirect(url_for("manager.agreements"))
    return show("agreement_archiving", "agreements", form=form, version=found)


@manager.route("/agreements/<uuid:version_id>/taking-back", methods=["GET", "POST"])
def taking_back(version_id: UUID) -> ResponseReturnValue:
    """Ask for it again."""
    found = version_or_404(desk().setting.id, version_id)
    agreement = agreement_or_404(found)
    form = FlaskForm()
    if form.validate_on_submit():
        take_back(agreement, desk().manager.id)
        flash("Taken back. The tablet shows it again.", "success")
        return redirect(url_for("manager.version", version_id=version_id))
    return show(
        "agreement_taking_back",
        "agreements",
        form=form,
        version=found,
        since=clock.local_day(agreement.archived_at, desk().setting.time_zone)
        if agreement.archived_at
        else None,
    )
