"""When people sign again: the rule, what another one would do, and the change."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.year_forms import ChangeForm, RuleForm
from renewals.moving import RuleChangedMeanwhile, change_rule, preview
from renewals.schedule import Rule, RuleNotUnderstood
from web.access import desk


@manager.route("/settings/renewal", methods=["GET", "POST"])
def renewal_rule() -> ResponseReturnValue:
    """Ask for a rule; nothing changes before its preview has been seen."""
    rule = Rule.read(desk().setting.renewal_rule)
    form = RuleForm(rule)
    if form.validate_on_submit():
        if form.rule() == rule:
            flash("That is the rule already, so nothing changed.", "success")
            return redirect(url_for("manager.renewal_rule"))
        return redirect(url_for("manager.renewal_preview", **form.rule().told()))
    return show("renewal_rule", "settings", form=form, rule=rule)


@manager.route("/settings/renewal/preview", methods=["GET", "POST"])
def renewal_preview() -> ResponseReturnValue:
    """Show who would move from when to when, and save the rule when the manager says so."""
    setting = desk().setting
    try:
        new = Rule.read(request.args)
    except RuleNotUnderstood:
        return redirect(url_for("manager.renewal_rule"))
    old = Rule.read(setting.renewal_rule)
    form = ChangeForm(seen=old.words)
    if form.validate_on_submit():
        return _change(old, new, form.seen.data)
    found = preview(setting, new, clock.today(setting.time_zone))
    return show("renewal_preview", "settings", form=form, preview=found, most=PAGE)


def _change(old: Rule, new: Rule, seen: str) -> ResponseReturnValue:
    setting_id, manager_id = desk().setting.id, desk().manager.id
    try:
        if old.words != seen:
            raise RuleChangedMeanwhile
        moved = change_rule(setting_id, manager_id, old, new)
    except RuleChangedMeanwhile as error:
        flash(str(error.__doc__), "error")
        return redirect(url_for("manager.renewal_preview", **new.told()))
    flash(moved_words(moved), "success")
    return redirect(url_for("manager.renewal_rule"))


def moved_words(moved: int) -> str:
    """What to say of a rule that was saved."""
    return f"Saved. {moved or 'No'} due {'day has' if moved == 1 else 'days have'} moved."
