"""The committee changes: what is inherited, who comes and who goes, and how far that is."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.handover_forms import HandoverForm
from extensions import db
from models.agreements import current_versions
from models.choices import EVERYTHING, how_many
from models.handovers import Handover, open_handover, who_comes, who_goes
from models.managers import Manager, team_of
from models.people import people_now
from models.settings import Setting
from models.tablets import tablets_of
from settings.handover import BegunAlready, begin, finish
from web.access import desk
from web.addresses import outside

# Where the new links wait for the one page that shows them.
NEW = "new_handover"


@dataclass(frozen=True)
class Inherited:
    """What whoever comes finds here, in numbers."""

    people: int
    records: int
    agreements: int
    tablets: int


@manager.route("/handover", methods=["GET", "POST"])
def handover() -> ResponseReturnValue:
    """Begin the handover, or see how far the one is that is underway."""
    setting = desk().setting
    underway = open_handover(setting.id)
    if underway is not None:
        return _underway(underway)
    today = clock.today(setting.time_zone)
    form = HandoverForm(today, _team(setting))
    if form.validate_on_submit():
        try:
            session[NEW] = begin(setting.id, form.plan(), desk().manager.id)
        except BegunAlready as error:
            flash(str(error.__doc__), "warning")
        return redirect(url_for("manager.handover"))
    return show("handover", "settings", form=form, inherited=_inherited(setting.id))


@manager.post("/handover/ending")
def finish_handover() -> ResponseReturnValue:
    """An owner says that it is done."""
    finish(desk().setting.id, desk().manager.id)
    flash("The handover is done. The history keeps it.", "success")
    return redirect(url_for("manager.home"))


def _underway(underway: Handover) -> ResponseReturnValue:
    links = [
        (email, outside("setup.invitation", token=token)) for email, token in session.pop(NEW, [])
    ]
    return show(
        "handover_underway",
        "settings",
        handover=underway,
        links=links,
        comes=who_comes(underway),
        goes=who_goes(underway),
        now=clock.now(),
        today=clock.today(desk().setting.time_zone),
    )


def _team(setting: Setting) -> list[Manager]:
    """Whoever has a role today, each once."""
    today = clock.today(setting.time_zone)
    found = {who.id: who for held, who in team_of(setting.id) if held.in_force(today)}
    return list(found.values())


def _inherited(setting_id: UUID) -> Inherited:
    people = people_now(setting_id).order_by(None).subquery()
    return Inherited(
        people=db.session.scalar(sa.select(sa.func.count()).select_from(people)) or 0,
        records=how_many(setting_id, EVERYTHING),
        agreements=len(current_versions(setting_id)),
        tablets=len([one for one in tablets_of(setting_id) if one.revoked_at is None]),
    )
