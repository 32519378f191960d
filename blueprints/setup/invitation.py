"""/invitations/<token>: somebody says yes and comes to the desk, as a newcomer or signed in."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf import FlaskForm

from blueprints.setup.blueprint import setup
from blueprints.setup.forms import NewcomerForm
from extensions import db
from models.invitations import Invitation, invitation_by_token
from models.links import LinkNotUsable
from models.managers import Manager, manager_by_email
from models.settings import Setting
from models.throttles import count_try
from settings.inviting import Newcomer, SignInFirst, accept, accept_as_newcomer
from web.access import stand_in
from web.sessions import come_in


@setup.route("/invitations/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Whoever signs in already presses a button; a newcomer chooses a name and a password."""
    count_try("invitation_link", request.remote_addr or "unknown")
    try:
        found = invitation_by_token(token)
        known = manager_by_email(found.email)
        if current_user.is_authenticated and (known is None or known.id == current_user.id):
            return _accept(found, token)
        return _sign_in_first(found, token) if known else _begin(found, token)
    except SignInFirst:
        return redirect(url_for("setup.invitation", token=token))
    except LinkNotUsable:
        return make_response(render_template("setup/invitation_gone.html"), 410)


def _accept(found: Invitation, token: str) -> ResponseReturnValue:
    form = FlaskForm()
    if form.validate_on_submit():
        return _to_the_desk(accept(token, current_user.id))
    return _page("invitation", found, form, me=current_user.words)


def _begin(found: Invitation, token: str) -> ResponseReturnValue:
    form, setting_id = NewcomerForm(), found.setting_id
    if form.validate_on_submit():
        newcomer = Newcomer(str(form.name.data), str(form.password.data))
        come_in(_loaded(accept_as_newcomer(token, newcomer).id), "invitation")
        return _to_the_desk(setting_id)
    return _page("invitation_new", found, form, 422 if form.errors else 200, token=token)


def _sign_in_first(found: Invitation, token: str) -> ResponseReturnValue:
    me = current_user.words if current_user.is_authenticated else None
    return _page("invitation_sign_in", found, FlaskForm(), token=token, me=me)


def _loaded(manager_id: UUID) -> Manager:
    return db.session.get_one(Manager, manager_id)


def _to_the_desk(setting_id: UUID) -> Response:
    """The desk opens where they were invited to, whatever else they look after."""
    stand_in(setting_id)
    return redirect(url_for("manager.home"))  # type: ignore[return-value]


def _page(
    template: str, found: Invitation, form: FlaskForm, status: int = 200, **values: object
) -> Response:
    setting = db.session.get_one(Setting, found.setting_id)
    page = render_template(
        f"setup/{template}.html", invitation=found, setting=setting, form=form, **values
    )
    return make_response(page, status)
