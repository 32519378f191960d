"""When people sign one agreement again, where it goes by a rule of its own."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.agreements import agreement_or_404, version_or_404
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.renewal_rule import moved_words
from blueprints.manager.year_forms import AgreementRuleForm, ChangeForm
from models.agreements import Version
from renewals.moving import RuleChangedMeanwhile, change_rule, preview, rule_of
from renewals.schedule import Rule, RuleNotUnderstood
from web.access import desk

AS_THE_SETTING = {"kind": "setting"}


@manager.route("/agreements/<uuid:version_id>/renewal", methods=["GET", "POST"])
def agreement_rule(version_id: UUID) -> ResponseReturnValue:
    """Ask for a rule; nothing changes before its preview has been seen."""
    setting = desk().setting
    found = version_or_404(setting.id, version_id)
    rule = rule_of(setting, agreement_or_404(found))
    form = AgreementRuleForm(rule)
    if form.validate_on_submit():
        new = form.chosen()
        if new == rule:
            flash("That is the rule already, so nothing changed.", "success")
            return redirect(url_for("manager.agreement_rule", version_id=version_id))
        told = new.told() if new else AS_THE_SETTING
        return redirect(url_for("manager.agreement_rule_preview", version_id=version_id, **told))
    settings_rule = Rule.read(setting.renewal_rule)
    return show("renewal_rule", "agreements", form=form, version=found, settings_rule=settings_rule)


@manager.route("/agreements/<uuid:version_id>/renewal/preview", methods=["GET", "POST"])
def agreement_rule_preview(version_id: UUID) -> ResponseReturnValue:
    """Show who would move from when to when, and save the rule when the manager says so."""
    setting = desk().setting
    found = version_or_404(setting.id, version_id)
    agreement = agreement_or_404(found)
    try:
        new = None if request.args.get("kind") == "setting" else Rule.read(request.args)
    except RuleNotUnderstood:
        return redirect(url_for("manager.agreement_rule", version_id=version_id))
    old = rule_of(setting, agreement)
    form = ChangeForm(seen=_words(old))
    if form.validate_on_submit():
        return _change(found, old, new, form.seen.data)
    would = preview(setting, new, clock.today(setting.time_zone), agreement)
    return show(
        "renewal_preview",
        "agreements",
        form=form,
        preview=would,
        most=PAGE,
        version=found,
        settings_rule=Rule.read(setting.renewal_rule),
    )


def _change(found: Version, old: Rule | None, new: Rule | None, seen: str) -> ResponseReturnValue:
    version_id, about = found.id, (found.setting_id, desk().manager.id)
    try:
        if _words(old) != seen:
            raise RuleChangedMeanwhile
        moved = change_rule(*about, old, new, found.agreement_id)
    except RuleChangedMeanwhile as error:
        flash(str(error.__doc__), "error")
        told = new.told() if new else AS_THE_SETTING
        return redirect(url_for("manager.agreement_rule_preview", version_id=version_id, **told))
    flash(moved_words(moved), "success")
    return redirect(url_for("manager.version", version_id=version_id))


def _words(rule: Rule | None) -> str:
    return rule.words if rule else "as the setting"
