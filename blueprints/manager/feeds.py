"""The calendar feed for other programs, and the keys that open it."""

from uuid import UUID

from flask import Response, abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.manager.blueprint import manager, show
from blueprints.manager.reminder_forms import FeedForm
from config import Config
from extensions import db
from models.feeds import FeedKey, feed_key, feed_key_of, feed_keys, new_feed_key, revoke_feed_key
from models.settings import Setting
from outbox.links import link
from renewals.calendar import feed
from web.access import desk
from web.addresses import outside
from web.headers import unless_known

# Where a new address waits for the one page that shows it.
NEW = "new_feed_key"


@manager.get("/renewals.ics")
def renewals_feed() -> Response:
    """The calendar, for whoever holds a key: a program that cannot sign in. Guards itself."""
    row = feed_key(request.args.get("key", "")) or abort(404)
    setting = db.session.get_one(Setting, row.setting_id)
    body = feed(setting, names=row.names, address=link("manager.reminders"))
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="renewals.ics"'
    return unless_known(response)


@manager.route("/reminders/calendar", methods=["GET", "POST"])
def calendar() -> ResponseReturnValue:
    """The addresses for calendar programs: make one, and see which there are."""
    setting, form = desk().setting, FeedForm()
    if form.validate_on_submit():
        session[NEW] = new_feed_key(setting.id, desk().manager.id, names=bool(form.names.data))
        return redirect(url_for("manager.calendar"))
    key = session.pop(NEW, None)
    config: Config = current_app.config["FINGERPOST"]
    return show(
        "calendar",
        "reminders",
        form=form,
        keys=feed_keys(setting.id),
        address=outside("manager.renewals_feed", key=key) if key else None,
        only_here=not config.public,
    )


@manager.route("/reminders/calendar/<uuid:key_id>/revocation", methods=["GET", "POST"])
def revoke_feed(key_id: UUID) -> ResponseReturnValue:
    """Ask once, then let an address open nothing any more."""
    row = feed_key_or_404(desk().setting.id, key_id)
    if row.revoked_at is not None:
        return redirect(url_for("manager.calendar"))
    form = FlaskForm()
    if form.validate_on_submit():
        revoke_feed_key(row, desk().manager.id)
        flash("That address shows nothing any more.", "success")
        return redirect(url_for("manager.calendar"))
    return show("calendar_revoke", "reminders", form=form, row=row)


def feed_key_or_404(setting_id: UUID, key_id: UUID) -> FeedKey:
    """A key of this setting, and of no other."""
    return feed_key_of(setting_id, key_id) or abort(404)
