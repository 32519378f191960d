"""Who can sign in: the roles of everybody, giving one, and ending one."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.team_forms import EndForm, RolesForm
from extensions import db
from models.invitations import open_invitations
from models.managers import Manager, Membership, membership_of, team_of
from records.days import long_date
from settings.team import HeldAlready, LastOwner, end, give, names_in_team
from web.access import desk


@manager.get("/team")
def team() -> ResponseReturnValue:
    """Everybody who can sign in, who is invited, and who could."""
    setting = desk().setting
    today, everybody = clock.today(setting.time_zone), team_of(setting.id)
    counts = [(held, who) for held, who in everybody if not _is_over(held)]
    return show(
        "team",
        "settings",
        now=_by_manager(counts),
        over=[(held, who) for held, who in everybody if _is_over(held)],
        names=names_in_team(everybody),
        invited=open_invitations(setting.id),
        today=today,
    )


@manager.route("/team/<uuid:manager_id>/roles/new", methods=["GET", "POST"])
def give_role(manager_id: UUID) -> ResponseReturnValue:
    """Give somebody who can sign in one role more, or several."""
    setting = desk().setting
    who = colleague_or_404(setting.id, manager_id)
    form = RolesForm(clock.today(setting.time_zone))
    if form.validate_on_submit():
        words, until, by_id = who.words, form.until.data, desk().manager.id
        for role in form.roles.data or []:
            try:
                give(setting, manager_id, role, until, by_id)
            except HeldAlready as error:
                flash(str(error.__doc__), "warning")
            else:
                flash(f"{words} has one role more.", "success")
        return redirect(url_for("manager.team"))
    return show("team_give", "settings", form=form, who=who)


@manager.route("/team/roles/<uuid:membership_id>/ending", methods=["GET", "POST"])
def end_role(membership_id: UUID) -> ResponseReturnValue:
    """Say what will happen, ask when, and let a role end."""
    setting = desk().setting
    held = membership_or_404(setting.id, membership_id)
    if _is_over(held):
        return redirect(url_for("manager.team"))
    form, who = EndForm(clock.today(setting.time_zone), held.until), _who(held)
    if form.validate_on_submit():
        words, role, last_day = who.words, held.role_words, form.chosen()
        try:
            end(held, last_day, desk().manager.id)
        except LastOwner as error:
            form.when.errors = (str(error.__doc__),)
        else:
            later = f"{words} stays {role} until {long_date(last_day)}."
            now = f"{words} is no longer {role}."
            flash(later if form.when.data == "later" else now, "success")
            return redirect(url_for("manager.team"))
    return show("team_end", "settings", form=form, held=held, who=who)


def membership_or_404(setting_id: UUID, membership_id: UUID) -> Membership:
    """A role in this setting, and in no other."""
    return membership_of(setting_id, membership_id) or abort(404)


def colleague_or_404(setting_id: UUID, manager_id: UUID) -> Manager:
    """Somebody who has or had a role in this setting."""
    found = [manager for _held, manager in team_of(setting_id) if manager.id == manager_id]
    return found[0] if found else abort(404)


def _who(held: Membership) -> Manager:
    return db.session.get_one(Manager, held.manager_id)


def _is_over(held: Membership) -> bool:
    return held.until is not None and held.until < clock.today(desk().setting.time_zone)


def _by_manager(counts: list[tuple[Membership, Manager]]) -> list[tuple[Manager, list[Membership]]]:
    """Everybody with their roles; whoever came first is first."""
    found: dict[UUID, tuple[Manager, list[Membership]]] = {}
    for held, who in counts:
        found.setdefault(who.id, (who, []))[1].append(held)
    return list(found.values())
