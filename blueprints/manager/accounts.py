"""The setting's social media accounts: which there are, and what each is called."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.manager.account_forms import AccountForm
from blueprints.manager.blueprint import manager, show
from models.accounts import Account, account_of, watched_accounts
from settings.accounts import add_account, change_account, end_account
from web.access import desk


@manager.get("/accounts")
def accounts() -> ResponseReturnValue:
    """Each account with who watches it, and a button for "looked at today"."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    return show("accounts", "settings", accounts=watched_accounts(setting.id), today=today)


@manager.route("/accounts/new", methods=["GET", "POST"])
def new_account() -> ResponseReturnValue:
    """Add an account; who watches it comes next."""
    setting = desk().setting
    form = AccountForm()
    if form.validate_on_submit():
        today = clock.today(setting.time_zone)
        account = add_account(setting.id, desk().manager.id, form.answers(), today)
        flash("Saved. Now say who watches it.", "success")
        return redirect(url_for("manager.account", account_id=account.id))
    return show("account_form", "settings", form=form, account=None)


@manager.route("/accounts/<uuid:account_id>/change", methods=["GET", "POST"])
def change_of_account(account_id: UUID) -> ResponseReturnValue:
    """Change what an account is called, or how often somebody looks."""
    account = account_or_404(desk().setting.id, account_id)
    form = AccountForm(obj=account)
    if form.validate_on_submit():
        change_account(account, desk().manager.id, form.answers())
        flash("Saved.", "success")
        return redirect(url_for("manager.account", account_id=account_id))
    return show("account_form", "settings", form=form, account=account)


@manager.route("/accounts/<uuid:account_id>/ending", methods=["GET", "POST"])
def end_of_account(account_id: UUID) -> ResponseReturnValue:
    """Ask once, then take an account off the list."""
    account = account_or_404(desk().setting.id, account_id)
    form = FlaskForm()
    if form.validate_on_submit():
        end_account(account, desk().manager.id)
        flash("The account is off the list.", "success")
        return redirect(url_for("manager.accounts"))
    return show("account_end", "settings", form=form, account=account)


def account_or_404(setting_id: UUID, account_id: UUID) -> Account:
    """An account of this setting, and of no other."""
    return account_of(setting_id, account_id) or abort(404)
