"""A manager of several settings goes from one desk to another."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager
from web.access import desk, stand_in


@manager.post("/setting")
def switch_setting() -> ResponseReturnValue:
    """Go to the first page of another setting; this one's pages are about other people."""
    wanted = request.form.get("to", type=UUID)
    if wanted not in desk().setting_ids:
        abort(404)
    stand_in(wanted)
    return redirect(url_for("manager.home"))
