"""The authenticator app and the codes on paper of whoever is at the desk."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.manager.blueprint import manager, show
from blueprints.manager.my_forms import AppForm
from models.authenticators import (
    Authenticator,
    CodeNotRight,
    address_of,
    authenticator_of,
    spelled,
    waiting_authenticator,
)
from models.recovery_codes import codes_left
from models.second_steps import has_second_step
from models.throttles import TooMany, count_try
from settings.second_steps import begin_app, confirm_app, make_recovery_codes, remove_app
from web.access import desk
from web.addresses import qr


@manager.post("/me/app/beginning")
def begin_my_app() -> ResponseReturnValue:
    """Make a secret, and show it."""
    begin_app(desk().manager.id)
    return redirect(url_for("manager.my_app"))


@manager.route("/me/app", methods=["GET", "POST"])
def my_app() -> ResponseReturnValue:
    """Show the secret as picture and letters; the app counts when a code of it comes back."""
    waits = waiting_authenticator(desk().manager.id)
    if waits is None:
        return redirect(url_for("manager.me"))
    form = AppForm()
    if form.validate_on_submit() and _confirms(waits, form):
        flash("Your app is your second step from now on.", "success")
        return redirect(
            url_for("manager.me" if codes_left(waits.manager_id) else "manager.my_codes")
        )
    address = address_of(waits.secret, desk().manager.email)
    return show(
        "my_app",
        "me",
        form=form,
        address=address,
        picture=qr(address),
        secret=spelled(waits.secret),
    )


@manager.route("/me/app/removal", methods=["GET", "POST"])
def remove_my_app() -> ResponseReturnValue:
    """Ask once, then let the app's codes open nothing any more."""
    held = authenticator_of(desk().manager.id)
    if held is None:
        return redirect(url_for("manager.me"))
    form = FlaskForm()
    if form.validate_on_submit():
        remove_app(held)
        flash("The app is removed. Its codes open nothing any more.", "success")
        return redirect(url_for("manager.me"))
    return show("my_app_removal", "me", form=form)


@manager.route("/me/codes", methods=["GET", "POST"])
def my_codes() -> ResponseReturnValue:
    """Say what recovery codes are; make ten and show them this once."""
    manager_id, form = desk().manager.id, FlaskForm()
    if not has_second_step(manager_id):
        return redirect(url_for("manager.me"))
    if form.validate_on_submit():
        return show("my_codes_made", "me", codes=make_recovery_codes(manager_id))
    return show("my_codes", "me", form=form, left=codes_left(manager_id))


def _confirms(waits: Authenticator, form: AppForm) -> bool:
    try:
        count_try("second_step", str(waits.manager_id))
        confirm_app(waits, str(form.code.data))
    except TooMany as error:
        form.code.errors = (error.words,)
    except CodeNotRight as error:
        form.code.errors = (str(error.__doc__),)
    return not form.errors
