"""The devices that whoever is at the desk is signed in on."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.manager.blueprint import manager, show
from models.sessions import DeskSession, live_sessions
from settings.second_steps import sign_out
from web.access import desk
from web.sessions import this_session


@manager.post("/me/devices/<uuid:device_id>/ending")
def end_device(device_id: UUID) -> ResponseReturnValue:
    """Sign one device out, at once."""
    device = device_or_404(desk().manager.id, device_id)
    sign_out(desk().manager.id, [device])
    flash(f"{device.browser} is signed out.", "success")
    return redirect(url_for("manager.me"))


@manager.route("/me/devices/ending", methods=["GET", "POST"])
def end_devices() -> ResponseReturnValue:
    """Ask once, then sign out everywhere but here."""
    others = [one for one in live_sessions(desk().manager.id) if one.id != this_session().id]
    form = FlaskForm()
    if form.validate_on_submit():
        if others:
            sign_out(desk().manager.id, others)
        flash("You are signed out everywhere but here.", "success")
        return redirect(url_for("manager.me"))
    return show("my_devices", "me", form=form, others=others)


def device_or_404(manager_id: UUID, device_id: UUID) -> DeskSession:
    """A device that this manager is signed in on, and no other's."""
    found = {one.id: one for one in live_sessions(manager_id)}
    return found.get(device_id) or abort(404)
