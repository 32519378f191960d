"""The retention clock: whose time is over, what the owner lets go, and for how long is kept."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.retention_forms import ApprovalForm, YearsForm
from models.categories import CATEGORIES
from models.erasures import erasures_of
from models.holds import every_hold
from models.retentions import years_of
from models.settings import Setting
from records.erasing import Held, StillHere, erase
from records.retention import Kept, change_years, coming_up
from web.access import desk


@manager.route("/retention", methods=["GET", "POST"])
def retention() -> ResponseReturnValue:
    """Who comes up, and nothing happens by itself; an owner chooses who is erased."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    coming = coming_up(setting.id, today)
    over = [kept for kept in coming if kept.over(today)]
    form = ApprovalForm([kept for kept in over if not kept.held])
    if form.validate_on_submit():
        chosen = form.chosen_people()
        flash(_said(_erased(setting, chosen), len(chosen)), "success")
        return redirect(url_for("manager.retention"))
    return show(
        "retention",
        "settings",
        form=form,
        over=over,
        soon=[kept for kept in coming if not kept.over(today)],
        holds=every_hold(setting.id, today),
        years=years_of(setting.id),
        categories=CATEGORIES,
        erasures=erasures_of(setting.id),
    )


@manager.route("/retention/years", methods=["GET", "POST"])
def retention_years() -> ResponseReturnValue:
    """For how many years each category is kept: the setting's own decision."""
    setting = desk().setting
    form = YearsForm(years_of(setting.id))
    if form.validate_on_submit():
        changed = change_years(setting.id, desk().manager.id, form.years())
        flash("Saved." if changed else "Nothing was changed.", "success")
        return redirect(url_for("manager.retention"))
    return show("retention_years", "settings", form=form)


def _erased(setting: Setting, chosen: list[Kept]) -> int:
    """Erase each by itself; whoever is held or back meanwhile stays. Gives how many are gone."""
    manager_id, people = desk().manager.id, [kept.known.person.id for kept in chosen]
    gone = 0
    for person_id in people:
        try:
            erase(setting, person_id, manager_id, "retention")
        except (Held, StillHere):
            continue
        gone += 1
    return gone


def _said(gone: int, chosen: int) -> str:
    who = "One person was erased." if gone == 1 else f"{gone} people were erased."
    return who if gone == chosen else f"{who} The others are held or are back, and were kept."
