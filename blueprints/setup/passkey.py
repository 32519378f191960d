"""Signing in with a passkey alone: the device checks who it is, so it counts as both steps."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from backends.passkeys import PasskeyNotRight
from blueprints.setup.blueprint import setup
from blueprints.setup.sign_in_forms import PasskeyForm
from models.throttles import count_try
from settings.passkeys import ask_for_any
from web.errors import error_page
from web.passkeys import manager_by_passkey, party, remember_challenge
from web.sessions import come_in, own_address


@setup.post("/login/challenge")
def challenge() -> ResponseReturnValue:
    """What the browser asks of a device: for signing in, for the second step, for asking again."""
    here = party()
    if here is None:
        return error_page(404)
    count_try("passkey_address", request.remote_addr or "unknown")
    value, options = ask_for_any(here)
    remember_challenge(value)
    return options


@setup.post("/login/passkey")
def passkey_sign_in() -> ResponseReturnValue:
    """Come in with what the device answered."""
    form = PasskeyForm()
    wanted = own_address(form.next.data)
    try:
        manager = manager_by_passkey(form.answer.data)
    except PasskeyNotRight:
        flash("That passkey did not fit. Please try again, or sign in with your password.", "error")
        return redirect(url_for("security.login", next=wanted))
    come_in(manager, "passkey")
    return redirect(wanted)
