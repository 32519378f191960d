"""The passkeys of whoever is at the desk."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from backends.passkeys import PasskeyNotRight
from blueprints.manager.blueprint import manager, show
from blueprints.manager.my_forms import NewPasskeyForm
from models.passkeys import Passkey, passkey_of
from models.recovery_codes import codes_left
from settings.passkeys import add_passkey, ask_for_new
from settings.passkeys import remove_passkey as forget
from web.access import desk
from web.passkeys import asked_challenge, party, remember_challenge


@manager.route("/me/passkeys/new", methods=["GET", "POST"])
def new_passkey() -> ResponseReturnValue:
    """Ask what to call it, and keep what the device made."""
    here = party()
    if here is None:
        return redirect(url_for("manager.me"))
    manager_id, form = desk().manager.id, NewPasskeyForm()
    if form.validate_on_submit():
        answers = str(form.name.data), str(form.answer.data or "")
        try:
            add_passkey(manager_id, *answers, asked_challenge(), here)
        except PasskeyNotRight as error:
            form.form_errors.append(str(error.__doc__))
        else:
            flash(f"{answers[0]} signs you in from now on.", "success")
            return redirect(url_for("manager.me" if codes_left(manager_id) else "manager.my_codes"))
    return show("my_passkey", "me", form=form)


@manager.post("/me/passkeys/challenge")
def new_passkey_challenge() -> ResponseReturnValue:
    """What the browser asks of a device that is to make a passkey."""
    value, options = ask_for_new(desk().manager, party() or abort(404))
    remember_challenge(value)
    return options


@manager.route("/me/passkeys/<uuid:passkey_id>/removal", methods=["GET", "POST"])
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Ask once, then let a passkey open nothing any more."""
    passkey = passkey_or_404(desk().manager.id, passkey_id)
    form = FlaskForm()
    if form.validate_on_submit():
        name = passkey.name
        forget(passkey)
        flash(f"{name} does not sign you in any more.", "success")
        return redirect(url_for("manager.me"))
    return show("my_passkey_removal", "me", form=form, passkey=passkey)


def passkey_or_404(manager_id: UUID, passkey_id: UUID) -> Passkey:
    """A passkey of this manager, and of no other."""
    return passkey_of(manager_id, passkey_id) or abort(404)
