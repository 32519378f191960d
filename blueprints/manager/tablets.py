"""The tablets: which there are, letting a new one in, and taking access away."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.manager.blueprint import manager, show
from blueprints.manager.forms import TabletForm
from config import is_loopback
from models.tablets import (
    NameTaken,
    PairingGone,
    Tablet,
    approve_pairing,
    revoke,
    tablet_of,
    tablets_of,
)
from models.throttles import count_try
from web.access import desk
from web.addresses import outside


@manager.get("/tablets")
def tablets() -> ResponseReturnValue:
    """The tablets in use, those whose access was taken away, and how to connect one."""
    address = outside("kiosk.page")
    return show(
        "tablets",
        "tablets",
        tablets=tablets_of(desk().setting.id),
        kiosk_address=address,
        only_here=is_loopback(urlsplit(address).hostname or ""),
    )


@manager.route("/tablets/approve", methods=["GET", "POST"])
def approve_tablet() -> ResponseReturnValue:
    """Let in the tablet that shows this code, and give it a name."""
    form = TabletForm(code=request.args.get("code", ""))
    if form.validate_on_submit():
        count_try("pairing_approval", str(desk().manager.id))
        name = str(form.name.data)
        try:
            approve_pairing(desk().setting, str(form.code.data), name, desk().manager.id)
        except PairingGone as error:
            form.code.errors = (str(error.__doc__),)
        except NameTaken as error:
            form.name.errors = (str(error.__doc__),)
        else:
            flash(f"{name} is connected. It opens by itself in a few seconds.", "success")
            return redirect(url_for("manager.tablets"))
    return show("tablet_approve", "tablets", form=form)


@manager.route("/tablets/<uuid:tablet_id>/revocation", methods=["GET", "POST"])
def revoke_tablet(tablet_id: UUID) -> ResponseReturnValue:
    """Ask once, then take a tablet's access away."""
    tablet = tablet_or_404(desk().setting.id, tablet_id)
    if tablet.revoked_at is not None:
        return redirect(url_for("manager.tablets"))
    form = FlaskForm()
    if form.validate_on_submit():
        revoke(tablet, desk().manager.id)
        flash(f"{tablet.name} has no access any more.", "success")
        return redirect(url_for("manager.tablets"))
    return show("tablet_revoke", "tablets", form=form, tablet=tablet)


def tablet_or_404(setting_id: UUID, tablet_id: UUID) -> Tablet:
    """A tablet of this setting, and of no other."""
    return tablet_of(setting_id, tablet_id) or abort(404)
