"""/login/second: after the password, a code, a passkey or a recovery code."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from blueprints.setup.blueprint import setup
from models.second_steps import ways_of
from web.passkeys import party
from web.proving import SECOND, ProvingForm
from web.second_step import Waiting, waiting
from web.sessions import come_in


@setup.route("/login/second", methods=["GET", "POST"])
def second_step() -> ResponseReturnValue:
    """Ask for the second step of whoever has just given their password."""
    who = waiting()
    if who is None:
        flash("Please sign in again: your password counts for five minutes here.", "warning")
        return redirect(url_for("security.login"))
    form = ProvingForm()
    if form.shows(who.manager, SECOND):
        return _come_in(who, str(form.way.data))
    ways = ways_of(who.manager.id)
    page = render_template("setup/second_step.html", form=form, ways=ways, party=party())
    return make_response(page, 422 if form.errors else 200)


def _come_in(who: Waiting, way: str) -> Response:
    come_in(who.manager, way, kept=who.kept)
    if way != "recovery_code":
        return redirect(who.next)
    left = ways_of(who.manager.id).codes
    flash(
        f"You used up a recovery code, and {left} are left. If your phone or your passkey is lost, "
        "remove it here and set up a new one.",
        "warning",
    )
    return redirect(url_for("manager.me"))
