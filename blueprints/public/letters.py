"""/letters/<token>/…: "that is my address" and "that wasn't me", each a page with one button.

Mail scanners open every link of a letter and press nothing, so opening a page changes nothing.
"""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.public.blueprint import public
from extensions import db
from models.addresses import AddressCheck
from models.settings import Setting
from models.throttles import count_try
from renewals.addresses import NotALetterLink, check_of_token, confirm, disown


@public.route("/letters/<token>/mine", methods=["GET", "POST"])
def confirm_address(token: str) -> ResponseReturnValue:
    """Somebody says that the address is theirs; their copies follow."""
    check = _check(token)
    if check is None:
        return _unknown()
    form = FlaskForm()
    if form.validate_on_submit():
        confirm(token)
        return redirect(url_for("public.confirm_address", token=token))
    return _page("confirm_address", check, token, form)


@public.route("/letters/<token>/not-mine", methods=["GET", "POST"])
def disown_address(token: str) -> ResponseReturnValue:
    """Somebody says that it was not them; nothing more is sent there."""
    check = _check(token)
    if check is None:
        return _unknown()
    form = FlaskForm()
    if form.validate_on_submit():
        disown(token)
        return redirect(url_for("public.disown_address", token=token))
    return _page("disown_address", check, token, form)


def _check(token: str) -> AddressCheck | None:
    """The check of a link; guessing is slow."""
    count_try("letter_link", request.remote_addr or "unknown")
    try:
        return check_of_token(token)
    except NotALetterLink:
        return None


def _page(template: str, check: AddressCheck, token: str, form: FlaskForm) -> str:
    setting = db.session.get_one(Setting, check.setting_id)
    return render_template(
        f"public/{template}.html", check=check, setting=setting, token=token, form=form
    )


def _unknown() -> Response:
    return make_response(render_template("public/letter_unknown.html"), 404)
