"""Same person? Two entries side by side, and what a manager says of them."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager, show
from blueprints.manager.person import person_or_404
from blueprints.manager.person_forms import JoiningForm, SearchForm
from models.search import find_people
from people.doubles import doubles
from people.merging import CannotMerge, merge, side, tell_apart
from web.access import desk

MOST_PAIRS = 50
MOST_MATCHES = 20


@manager.get("/people/doubles")
def on_list_twice() -> ResponseReturnValue:
    """The pairs of people whose names are the same, or nearly."""
    return show("doubles", "people", pairs=doubles(desk().setting.id, MOST_PAIRS))


@manager.route("/people/<uuid:person_id>/joining", methods=["GET", "POST"])
def find_double(person_id: UUID) -> ResponseReturnValue:
    """Find the other entry of somebody who is on the list under two names."""
    setting_id = desk().setting.id
    known, form = person_or_404(setting_id, person_id), SearchForm()
    searched = form.validate_on_submit()
    found = find_people(setting_id, str(form.name.data), MOST_MATCHES) if searched else []
    found = [one for one in found if one.person.id != person_id]
    return show("double_find", "people", form=form, known=known, found=found, searched=searched)


@manager.route("/people/<uuid:person_id>/joining/<uuid:other_id>", methods=["GET", "POST"])
def joining(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Compare two entries, say what will happen, and let them be one person."""
    setting = desk().setting
    here, other = person_or_404(setting.id, person_id), person_or_404(setting.id, other_id)
    # The ids are in the order of making, and the older entry is the one that is usually kept.
    first, second = sorted((here, other), key=lambda known: known.person.id)
    form = JoiningForm(first, second)
    if person_id == other_id:
        return redirect(url_for("manager.person", person_id=person_id))
    if form.validate_on_submit():
        return _join(*form.kept_and_merged())
    sides = [side(known, setting.time_zone) for known in (first, second)]
    return show("joining", "people", form=form, sides=sides, back=person_id)


@manager.post("/people/<uuid:person_id>/telling-apart/<uuid:other_id>")
def telling_apart(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """These are two people."""
    setting_id = desk().setting.id
    here, other = person_or_404(setting_id, person_id), person_or_404(setting_id, other_id)
    if person_id != other_id:
        names = f"{here.person.full_name} and {other.person.full_name}"
        tell_apart(setting_id, person_id, other_id, desk().manager.id)
        flash(f"Noted: {names} are two people. You are not asked again.", "success")
    return redirect(url_for("manager.on_list_twice"))


def _join(kept_id: UUID, merged_id: UUID) -> ResponseReturnValue:
    try:
        merge(desk().setting.id, kept_id, merged_id, desk().manager.id)
    except CannotMerge as error:
        flash(str(error.__doc__), "warning")
        return redirect(url_for("manager.on_list_twice"))
    flash(
        "They are one person now, with both histories. Records stay as they were sealed.", "success"
    )
    return redirect(url_for("manager.person", person_id=kept_id))
