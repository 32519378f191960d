"""Whether a setting asks its managers for a second step, or only offers it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.manager.blueprint import manager, show
from models.second_steps import DAYS_TO_SET_UP
from settings.second_steps import ask_for_second_step
from web.access import desk


@manager.route("/settings/second-step", methods=["GET", "POST"])
def ask_second_step() -> ResponseReturnValue:
    """Say what will change, ask once, and turn it round."""
    setting, form = desk().setting, FlaskForm()
    asks = setting.second_step_since is not None
    today = clock.today(setting.time_zone)
    if form.validate_on_submit():
        ask_for_second_step(setting.id, desk().manager.id, None if asks else today)
        flash(
            "A second step is only offered now." if asks else "A second step is asked for.",
            "success",
        )
        return redirect(url_for("manager.settings"))
    return show("ask_second_step", "settings", form=form, asks=asks, days=DAYS_TO_SET_UP)
