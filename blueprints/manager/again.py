"""/manager/again: is it still you? Asked before exports, erasure and new ways in."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from models.second_steps import ways_of
from models.sessions import confirm
from web.access import desk
from web.passkeys import party
from web.proving import AGAIN, ProvingForm
from web.sessions import HOME, own_address, this_session


@manager.route("/again", methods=["GET", "POST"])
def again() -> ResponseReturnValue:
    """Ask for the password, a code or a passkey, and lead back to what was wanted."""
    wanted = own_address(request.args.get("next"))
    here = url_for("manager.again")
    if wanted.startswith(here):
        wanted = HOME
    form = ProvingForm()
    if form.shows(desk().manager, AGAIN):
        confirm(this_session())
        # A file would leave this page standing there; so the page says that it is ready.
        return redirect(url_for("manager.again", next=wanted) if _is_file(wanted) else wanted)
    if this_session().is_fresh(clock.now()):
        return show("again_ready", "", wanted=wanted) if _is_file(wanted) else redirect(wanted)
    return show("again", "", form=form, ways=ways_of(desk().manager.id), party=party())


def _is_file(address: str) -> bool:
    return "." in address.partition("?")[0].rpartition("/")[2]
