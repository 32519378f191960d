"""Policy health: the hints about a version, setting one aside, and taking that back."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from agreements.health import WEIGHTS, dismiss, health_of, take_back
from blueprints.manager.agreements import version_or_404
from blueprints.manager.blueprint import manager, show
from models.hints import dismissal_of
from models.managers import names_of
from web.access import desk
from web.answers import lines


class DismissalForm(FlaskForm):
    """Why a hint does not matter here."""

    reason = TextAreaField(
        "Why does it not matter here?",
        [
            DataRequired("Enter why it does not matter here."),
            Length(max=500, message="Please make this shorter, up to 500 characters."),
        ],
        description="The reason is kept, with your name and the day. An inspector may read it.",
        filters=[lines],
    )


@manager.get("/agreements/<uuid:version_id>/health")
def health(version_id: UUID) -> ResponseReturnValue:
    """Every hint about a version, and those that somebody set aside."""
    version = version_or_404(desk().setting.id, version_id)
    found = health_of(version.setting_id, version, version.agreement_id)
    by = names_of({row.by_id for _, row in found.set_aside})
    return show("health", "agreements", version=version, health=found, weights=WEIGHTS, by=by)


@manager.route("/agreements/<uuid:version_id>/health/<hint_key>/dismissal", methods=["GET", "POST"])
def dismiss_hint(version_id: UUID, hint_key: str) -> ResponseReturnValue:
    """Ask why, then set a hint aside."""
    version = version_or_404(desk().setting.id, version_id)
    hint = health_of(version.setting_id, version, version.agreement_id).open_hint(hint_key)
    if hint is None:
        abort(404)
    form = DismissalForm()
    if form.validate_on_submit():
        dismiss(version, hint, str(form.reason.data), desk().manager.id)
        flash("Set aside. It comes back when the words it is about change.", "success")
        return redirect(url_for("manager.health", version_id=version_id))
    return show("health_dismiss", "agreements", form=form, version=version, hint=hint)


@manager.post("/agreements/<uuid:version_id>/health/dismissals/<uuid:dismissal_id>/ending")
def show_hint_again(version_id: UUID, dismissal_id: UUID) -> ResponseReturnValue:
    """Take a dismissal back."""
    setting = desk().setting
    version = version_or_404(setting.id, version_id)
    row = dismissal_of(setting.id, dismissal_id)
    if row is None or row.agreement_id != version.agreement_id:
        abort(404)
    take_back(row, desk().manager.id)
    flash("The hint is back.", "success")
    return redirect(url_for("manager.health", version_id=version_id))
