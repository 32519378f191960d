"""When the setting is closed: the list, adding a holiday, taking one away."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.year_forms import HolidayForm
from models.holidays import holidays_of
from settings.holidays import add_holiday, remove_holiday
from web.access import desk


@manager.route("/settings/holidays", methods=["GET", "POST"])
def holidays() -> ResponseReturnValue:
    """The holidays to come and those that are over, and a form for one more."""
    setting = desk().setting
    form = HolidayForm()
    if form.validate_on_submit():
        name, first, last = form.name.data, form.first_day.data, form.last_day.data
        add_holiday(setting.id, desk().manager.id, name, first, last)
        flash(f"{name} is on the list. No letter leaves on these days.", "success")
        return redirect(url_for("manager.holidays"))
    today, everything = clock.today(setting.time_zone), holidays_of(setting.id)
    coming = [holiday for holiday in everything if holiday.last_day >= today]
    over = [holiday for holiday in reversed(everything) if holiday.last_day < today]
    return show("holidays", "settings", form=form, coming=coming, over=over)


@manager.post("/settings/holidays/<uuid:holiday_id>/removal")
def remove_a_holiday(holiday_id: UUID) -> ResponseReturnValue:
    """Take one holiday away."""
    if not remove_holiday(desk().setting.id, desk().manager.id, holiday_id):
        abort(404)
    flash("It is off the list. Letters leave on these days as on any other.", "success")
    return redirect(url_for("manager.holidays"))
