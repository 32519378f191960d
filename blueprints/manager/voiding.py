"""Voiding a record: what will happen, the reason, and then it counts no more."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager, show
from blueprints.manager.voiding_forms import VoidForm
from models.agreements import version_names
from models.signings import Signing, signing_of
from models.voids import voided_at
from records.voiding import void
from renewals.dues import without
from web.access import desk


@manager.route("/records/<uuid:signing_id>/voiding", methods=["GET", "POST"])
def void_record(signing_id: UUID) -> ResponseReturnValue:
    """Say what will happen, ask why, and let the record count no more."""
    setting = desk().setting
    signing = signing_or_404(setting.id, signing_id)
    back = url_for("manager.person", person_id=signing.person_id)
    if voided_at(setting.id, signing_id) is not None:
        return redirect(back)
    form = VoidForm()
    if form.validate_on_submit():
        void(setting.id, signing_id, desk().manager.id, str(form.reason.data))
        flash("The record is voided. It stays as it was sealed, and counts no more.", "success")
        return redirect(back)
    return show(
        "void_record",
        "records",
        form=form,
        signing=signing,
        what=version_names(setting.id)[signing.version_id],
        after=without(signing, setting.time_zone),
    )


def signing_or_404(setting_id: UUID, signing_id: UUID) -> Signing:
    """A signing of this setting, and of no other."""
    return signing_of(setting_id, signing_id) or abort(404)
