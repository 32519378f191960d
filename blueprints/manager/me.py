"""My sign-in: a manager's own name, password, second step and devices, whatever their role."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.my_forms import NameForm, NewPasswordForm
from models.second_steps import ways_of
from models.sessions import DeskSession, live_sessions
from models.throttles import TooMany, count_try, forget_tries
from models.writing import writing
from settings.passwords import change_password, fits
from web.access import desk
from web.passkeys import local_name, party
from web.sessions import this_session


@manager.get("/me")
def me() -> ResponseReturnValue:
    """Everything about one's own sign-in, and what of it is still missing."""
    return show(
        "me",
        "me",
        today=clock.today(desk().setting.time_zone),
        ways=ways_of(desk().manager.id),
        devices=live_sessions(desk().manager.id),
        here=this_session(),
        party=party(),
        local_name=local_name(),
    )


@manager.route("/me/name", methods=["GET", "POST"])
def my_name() -> ResponseReturnValue:
    """Say what one is called."""
    form = NameForm(obj=desk().manager)
    if form.validate_on_submit():
        with writing():
            desk().manager.name = form.name.data or None
        flash("Saved.", "success")
        return redirect(url_for("manager.me"))
    return show("my_name", "me", form=form)


@manager.route("/me/password", methods=["GET", "POST"])
def my_password() -> ResponseReturnValue:
    """Choose another password; every other device is signed out."""
    form, asks_old = NewPasswordForm(), not _came_by_link(this_session())
    if form.validate_on_submit() and (not asks_old or _knows_the_old(form)):
        here = this_session().id
        session["_user_id"] = change_password(desk().manager.id, str(form.password.data), here)
        flash("Your password is changed, and every other device is signed out.", "success")
        return redirect(url_for("manager.me"))
    return show("my_password", "me", form=form, asks_old=asks_old)


def _came_by_link(held: DeskSession) -> bool:
    """Whoever used a one-time link has lost the old password; for a while it is not asked."""
    return held.how == "link" and held.is_fresh(clock.now())


def _knows_the_old(form: NewPasswordForm) -> bool:
    who = str(desk().manager.id)
    try:
        count_try("second_step", who)
    except TooMany as error:
        form.old.errors = (error.words,)
        return False
    if not fits(desk().manager, str(form.old.data or "")):
        form.old.errors = ("That is not your password now. Please try again.",)
        return False
    forget_tries("second_step", who)
    return True
