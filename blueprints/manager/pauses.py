"""What somebody at the tablet put off, settled by a manager."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager
from models.pauses import Pause, pause_of, settle
from web.access import desk


@manager.post("/pauses/<uuid:pause_id>/ending")
def end_pause(pause_id: UUID) -> ResponseReturnValue:
    """The manager has talked with them, or it is settled in another way."""
    pause = pause_or_404(desk().setting.id, pause_id)
    settle(desk().setting.id, pause.id, desk().manager.id)
    flash("Thank you. It is noted, with your name and the time.", "success")
    return redirect(url_for("manager.home"))


def pause_or_404(setting_id: UUID, pause_id: UUID) -> Pause:
    """A wish of this setting, and of no other."""
    return pause_of(setting_id, pause_id) or abort(404)
