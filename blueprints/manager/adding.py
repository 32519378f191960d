"""Adding a person, one after the other where there are several."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.person_forms import PersonForm
from people.adding import add
from people.listing import organisations_in_use
from web.access import desk

# The category that was added last: whoever adds one parent helper usually adds another.
LAST = "added_as"


@manager.route("/people/new", methods=["GET", "POST"])
def add_someone() -> ResponseReturnValue:
    """Add a person, so that the tablet finds their name; what they sign is asked from today."""
    setting = desk().setting
    form = PersonForm(setting.id, category=session.get(LAST, ""))
    if form.validate_on_submit():
        person = add(setting.id, desk().manager.id, form.answers(), clock.today(setting.time_zone))
        session[LAST] = form.category.data
        flash(f"{person.full_name} is on the list.", "success")
        if request.form.get("onward") == "another":
            return redirect(url_for("manager.add_someone"))
        return redirect(url_for("manager.person", person_id=person.id))
    return show("person_new", "people", form=form, organisations=organisations_in_use(setting.id))
