"""/setup/<token>: one page sets up the first setting and its manager; then the door is gone."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from blueprints.setup.blueprint import setup
from blueprints.setup.forms import OpeningForm
from models.links import LinkNotUsable, usable_link
from models.settings import any_setting
from models.throttles import count_try
from settings.logo import LOGO_TOO_LARGE
from settings.opening import AlreadySetUp, open_first_setting
from web.errors import error_page
from web.sessions import come_in


@setup.route("/setup/<token>", methods=["GET", "POST"])
def open_page(token: str) -> ResponseReturnValue:
    """Ask everything on one page, open the setting, and go to its desk, signed in."""
    count_try("setup_link", request.remote_addr or "unknown")
    try:
        _refuse_used_door(token)
        form = OpeningForm()
        if form.validate_on_submit():
            come_in(open_first_setting(form.opening(), token), "setup")
            return redirect(url_for("manager.home"))
    except AlreadySetUp:
        return _gone("setup/already.html", 404)
    except LinkNotUsable:
        return _gone("setup/link_gone.html", 410)
    return render_template("setup/opening.html", form=form), 422 if form.errors else 200


@setup.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Only a logo can be: say how large it may be."""
    return error_page(413, LOGO_TOO_LARGE)


def _refuse_used_door(token: str) -> None:
    if any_setting():
        raise AlreadySetUp
    usable_link("setup", token)


def _gone(template: str, status: int) -> Response:
    return make_response(render_template(template), status)
