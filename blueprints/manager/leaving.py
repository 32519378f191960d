"""Somebody leaves, stays after all, or is back; and the people who left."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.leaving_forms import LeavingForm, ReturnForm
from blueprints.manager.person import person_or_404
from blueprints.manager.person_forms import SearchForm
from models.accounts import accounts_watched_by
from models.leavings import leaving_of, people_who_left
from models.people import Known
from models.retentions import years_of
from models.search import close_names
from records.days import long_date
from renewals.leaving import come_back, leave, stay
from web.access import desk

MOST_MATCHES = 50


@manager.route("/people/<uuid:person_id>/leaving", methods=["GET", "POST"])
def leaving(person_id: UUID) -> ResponseReturnValue:
    """Say what will happen, ask for the last day, and let it happen."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    back = url_for("manager.person", person_id=person_id)
    if known.left_on or leaving_of(setting.id, person_id):
        return redirect(back)
    today = clock.today(setting.time_zone)
    form = LeavingForm(today, since=clock.local_day(known.person.made_at, setting.time_zone))
    if form.validate_on_submit():
        last_day, full_name = form.last_day.data, known.person.full_name
        leave(setting, person_id, last_day, desk().manager.id, str(form.reason.data))
        flash(_said(full_name, last_day > today, long_date(last_day)), "success")
        return redirect(back)
    return show(
        "leaving",
        "people",
        form=form,
        known=known,
        accounts=accounts_watched_by(setting.id, person_id),
        years=years_of(setting.id)[known.category],
    )


@manager.post("/people/<uuid:person_id>/leaving/taking-back")
def take_back_leaving(person_id: UUID) -> ResponseReturnValue:
    """They stay: the last day that was to come is taken back."""
    known = person_or_404(desk().setting.id, person_id)
    full_name = known.person.full_name
    stay(desk().setting.id, person_id, desk().manager.id)
    flash(f"{full_name} stays on the list.", "success")
    return redirect(url_for("manager.person", person_id=person_id))


@manager.route("/people/<uuid:person_id>/return", methods=["GET", "POST"])
def coming_back(person_id: UUID) -> ResponseReturnValue:
    """Somebody who left is back: what are they here as now?"""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    back = url_for("manager.person", person_id=person_id)
    if known.left_on is None:
        return redirect(back)
    form = ReturnForm(known)
    if form.validate_on_submit():
        full_name = known.person.full_name
        sender = form.organisation.data or None
        come_back(setting, person_id, str(form.category.data), sender, desk().manager.id)
        flash(f"{full_name} is on the list again. The tablet finds the name.", "success")
        return redirect(back)
    return show("coming_back", "people", form=form, known=known)


@manager.route("/people/left", methods=["GET", "POST"])
def left() -> ResponseReturnValue:
    """Those who left, the last ones first; or, after a search, those whose name may be meant."""
    form, everybody = SearchForm(), people_who_left(desk().setting.id)
    searched = form.validate_on_submit()
    if searched:
        found = _meant(str(form.name.data), everybody)[:MOST_MATCHES]
        return show("left", "people", form=form, found=found, searched=True, after=None)
    rest = _after(everybody, request.args.get("after", type=UUID))
    after = rest[PAGE - 1].person.id if len(rest) > PAGE else None
    return show("left", "people", form=form, found=rest[:PAGE], searched=False, after=after)


def _meant(typed: str, everybody: list[Known]) -> list[Known]:
    by_id = {known.person.id: known for known in everybody}
    names = ((known.person.id, known.person.name_key) for known in everybody)
    return [by_id[person_id] for person_id in close_names(typed, names)]


def _after(everybody: list[Known], last: UUID | None) -> list[Known]:
    """The list from after somebody on; all of it when nobody on it is meant."""
    ids = [known.person.id for known in everybody]
    return everybody[ids.index(last) + 1 :] if last in ids else everybody


def _said(full_name: str, to_come: bool, day: str) -> str:
    if to_come:
        return f"It is written down: {full_name}’s last day is {day}."
    return f"{full_name} is off the list. The records are kept."
