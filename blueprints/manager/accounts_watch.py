"""Who watches a social media account, and when somebody last looked at it."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.account_forms import CheckForm, MonitorForm
from blueprints.manager.accounts import account_or_404
from blueprints.manager.blueprint import manager, show
from extensions import db
from models.accounts import Account, checks_of, watched
from models.people import Person, people_now
from models.settings import of
from settings.accounts import add_monitor, end_monitor, note_check
from web.access import desk

CHECKS_SHOWN = 24


@manager.route("/accounts/<uuid:account_id>", methods=["GET", "POST"])
def account(account_id: UUID) -> ResponseReturnValue:
    """One account: who watches it, one more who does, and the checks so far."""
    setting = desk().setting
    found = account_or_404(setting.id, account_id)
    form = MonitorForm(_who_else(found))
    if form.validate_on_submit():
        today = clock.today(setting.time_zone)
        add_monitor(found, form.person(), desk().manager.id, today)
        flash("Written down.", "success")
        return redirect(url_for("manager.account", account_id=account_id))
    return show(
        "account",
        "settings",
        form=form,
        watch=watched(found),
        checks=checks_of(found, CHECKS_SHOWN),
        names=_names(found),
        today=clock.today(setting.time_zone),
    )


@manager.post("/accounts/<uuid:account_id>/monitors/<uuid:person_id>/ending")
def end_of_monitor(account_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Somebody watches an account no more."""
    setting = desk().setting
    found = account_or_404(setting.id, account_id)
    end_monitor(found, person_id, desk().manager.id, clock.today(setting.time_zone))
    flash("Written down.", "success")
    return redirect(url_for("manager.account", account_id=account_id))


@manager.route("/accounts/<uuid:account_id>/checks", methods=["GET", "POST"])
def check_of_account(account_id: UUID) -> ResponseReturnValue:
    """Somebody looked at an account today: one tap on the list, or two questions here."""
    setting = desk().setting
    found = account_or_404(setting.id, account_id)
    form = CheckForm(watched(found).monitors)
    if form.validate_on_submit():
        today = clock.today(setting.time_zone)
        note_check(found, form.person(), str(form.outcome.data), desk().manager.id, today)
        flash(f"{found.words}: looked at today.", "success")
        return redirect(url_for("manager.accounts"))
    return show("account_check", "settings", form=form, account=found)


def _who_else(account: Account) -> list[Person]:
    """Everybody who is here and does not watch it yet."""
    watching = {person.id for person in watched(account).monitors}
    people = [row[0] for row in db.session.execute(people_now(account.setting_id))]
    return [person for person in people if person.id not in watching]


def _names(account: Account) -> dict[UUID, str]:
    """What whoever checked is called, those who left as well."""
    wanted = {check.person_id for check in checks_of(account, CHECKS_SHOWN)}
    found = db.session.scalars(of(account.setting_id, Person).where(Person.id.in_(wanted)))
    return {person.id: person.full_name for person in found}
