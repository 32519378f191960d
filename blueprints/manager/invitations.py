"""Inviting somebody to the desk by a link: made, shown once, sent, withdrawn."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.team_forms import InviteForm
from config import Config
from models.invitations import Invitation, invitation_of
from settings.inviting import invite, offer_letter, withdraw
from settings.team import HeldAlready
from web.access import desk
from web.addresses import outside

# Where a new link waits for the one page that shows it.
NEW = "new_invitation"


@manager.route("/team/invitations/new", methods=["GET", "POST"])
def new_invitation() -> ResponseReturnValue:
    """Ask whom to invite and for what, and make the link."""
    setting = desk().setting
    form = InviteForm(clock.today(setting.time_zone))
    if form.validate_on_submit():
        asked = (str(form.email.data), list(form.roles.data or []), form.until.data)
        try:
            invitation_id, token = invite(setting.id, *asked, desk().manager.id)
        except HeldAlready as error:
            form.email.errors = (str(error.__doc__),)
        else:
            session[NEW] = [str(invitation_id), token]
            return redirect(url_for("manager.invitation", invitation_id=invitation_id))
    return show("team_invite", "settings", form=form)


@manager.get("/team/invitations/<uuid:invitation_id>")
def invitation(invitation_id: UUID) -> ResponseReturnValue:
    """What was asked of whom; the link itself only once."""
    found = open_invitation_or_404(desk().setting.id, invitation_id)
    new_id, token = session.pop(NEW, (None, None))
    shown = token is not None and new_id == str(invitation_id)
    return show(
        "team_invitation",
        "settings",
        invitation=found,
        address=outside("setup.invitation", token=token) if shown else None,
        letters=_letters_leave(),
    )


@manager.post("/team/invitations/<uuid:invitation_id>/letter")
def send_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Have the link sent to the address it is for."""
    found = open_invitation_or_404(desk().setting.id, invitation_id)
    if _letters_leave():
        email = found.email
        offer_letter(desk().setting.id, invitation_id)
        flash(f"The letter to {email} leaves in the next minutes.", "success")
    return redirect(url_for("manager.team"))


@manager.route("/team/invitations/<uuid:invitation_id>/withdrawal", methods=["GET", "POST"])
def withdraw_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Ask once, then let the link open nothing any more."""
    found = open_invitation_or_404(desk().setting.id, invitation_id)
    if FlaskForm().validate_on_submit():
        withdraw(desk().setting.id, invitation_id, desk().manager.id)
        flash("The invitation is withdrawn. Its link opens nothing any more.", "success")
        return redirect(url_for("manager.team"))
    return show("team_withdraw", "settings", invitation=found)


def open_invitation_or_404(setting_id: UUID, invitation_id: UUID) -> Invitation:
    """An invitation of this setting, and of no other, that nobody has answered or withdrawn."""
    found = invitation_of(setting_id, invitation_id)
    if found is None or found.accepted_at or found.withdrawn_at:
        abort(404)
    return found


def _letters_leave() -> bool:
    """Whether a letter could leave, and hold a link that works."""
    config: Config = current_app.config["FINGERPOST"]
    return config.public and bool(config.mail_url)
