"""Between the password and the desk: who waits for their second step, for five minutes at most."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import redirect, request, session, url_for
from flask_security.tf_plugin import TfPlugin
from werkzeug.wrappers import Response

import clock
from extensions import db
from models.managers import Manager
from models.second_steps import has_second_step
from web.sessions import come_in, own_address

WAITS = timedelta(minutes=5)


@dataclass(frozen=True)
class Waiting:
    """Somebody who knew the password; where they wanted to go, and whether to be remembered."""

    manager: Manager
    next: str
    kept: bool


class SecondStep(TfPlugin):
    """Flask-Security's hook for what comes after the password; its own second steps stay off."""

    def tf_enter(  # type: ignore[override]
        self, user: Manager, remember_me: bool | None, primary_authn_via: str, next_loc: str | None
    ) -> Response:
        """Lead on to the second step, or into the desk where there is none."""
        wanted = own_address(request.form.get("next") or request.args.get("next"))
        kept = bool(remember_me)
        if not has_second_step(user.id):
            come_in(user, primary_authn_via, kept=kept)
            return redirect(wanted)
        session["second_step"] = {
            "login": user.fs_uniquifier,
            "since": clock.now().timestamp(),
            "next": wanted,
            "kept": kept,
        }
        return redirect(url_for("setup.second_step"))


def waiting() -> Waiting | None:
    """Who waits in this browser for their second step; None after five minutes."""
    held = session.get("second_step")
    if held is None or clock.now().timestamp() - held["since"] > WAITS.total_seconds():
        return None
    # A password that is changed meanwhile renews the login, and this one is not found any more.
    manager = db.session.scalar(sa.select(Manager).where(Manager.fs_uniquifier == held["login"]))
    if manager is None or not manager.active:
        return None
    return Waiting(manager, own_address(held["next"]), bool(held["kept"]))
