"""/sign-in/<token>: a one-time link for a manager who has lost every other way in."""

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.setup.blueprint import setup
from extensions import db
from models.links import LinkNotUsable, usable_link
from models.managers import Manager
from models.throttles import count_try
from models.writing import writing
from web.sessions import come_in

SKIPPED = (
    "You came in by a link, so neither your password nor a second step was asked for. Please "
    "choose a new password now, and set up a new second step if your phone or passkey is lost."
)


@setup.route("/sign-in/<token>", methods=["GET", "POST"])
def sign_in_by_link(token: str) -> ResponseReturnValue:
    """Show one button; pressing it uses the link. Mail scanners open links and press nothing."""
    count_try("sign_in_link", request.remote_addr or "unknown")
    form = FlaskForm()
    try:
        usable_link("sign_in", token)
        if form.validate_on_submit():
            come_in(db.session.get_one(Manager, _use(token)), "link")
            flash(SKIPPED, "warning")
            return redirect(url_for("manager.me"))
    except LinkNotUsable:
        return make_response(render_template("setup/sign_in_link_gone.html"), 410)
    return render_template("setup/sign_in_link.html", form=form)


def _use(token: str) -> UUID:
    """Use a link up, once, and say whose it was."""
    with writing():
        link = usable_link("sign_in", token)
        if link.manager_id is None:
            raise LinkNotUsable
        link.used_at = clock.now()
        return link.manager_id
