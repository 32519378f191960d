"""The year: its picture, whom to remind, what was said to whom, and letters that wait for a yes."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.person import person_or_404
from blueprints.manager.reminder_forms import DigestForm, RemindingForm, SlipsForm
from blueprints.manager.worries import worries
from config import Config
from models.feeds import digest_wish, wish_for_digest
from models.reminders import held_decision
from renewals.chasing import Asked, asked, one_each, remind_in_person
from renewals.coverage import places
from renewals.deciding import release
from renewals.groups import groups
from renewals.picture import picture
from renewals.told import reminder_of, told, told_lately
from web.access import desk

NEWEST = 5


@manager.get("/reminders")
def reminders() -> ResponseReturnValue:
    """The year on one page."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    everybody, found = places(setting.id, today), asked(setting.id, today)
    people = one_each(found)
    config: Config = current_app.config["FINGERPOST"]
    return show(
        "reminders",
        "reminders",
        form=SlipsForm(found),
        picture=picture(setting.id, everybody, today, setting.time_zone),
        groups=groups(setting.id, today),
        pressing=by_group([one for one in people if one.stage != "soon"][:PAGE]),
        soon=by_group([one for one in people if one.stage == "soon"][:PAGE]),
        last=told_lately(setting.id, [one.person_id for one in people]),
        today=today,
        newest=told(setting.id, NEWEST),
        worries=worries(setting),
        letters=bool(config.mail_url),
        digest=digest_wish(setting.id, desk().manager.id) is not None,
    )


@manager.get("/reminders/history")
def reminder_history() -> ResponseReturnValue:
    """Every reminder with what became of it, the newest first, a page at a time."""
    setting_id = desk().setting.id
    last = request.args.get("before", type=UUID)
    before = (reminder_of(setting_id, last) or abort(404)) if last else None
    found = told(setting_id, PAGE + 1, before=before)
    return show(
        "reminder_history",
        "reminders",
        found=found[:PAGE],
        before=found[PAGE - 1].id if len(found) > PAGE else None,
        paged=last is not None,
    )


@manager.post("/people/<uuid:person_id>/reminding")
def reminding(person_id: UUID) -> ResponseReturnValue:
    """Note that a manager reminded somebody in person."""
    person = person_or_404(desk().setting.id, person_id).person
    form, full_name = RemindingForm(), person.full_name
    if form.validate_on_submit():
        if remind_in_person(desk().setting, person_id, desk().manager.id):
            flash(f"Noted: you reminded {full_name} today.", "success")
        else:
            flash(f"{full_name} was reminded today already, or has nothing to sign.", "success")
    if form.back.data == "person":
        return redirect(url_for("manager.person", person_id=person_id))
    if form.back.data == "home":
        return redirect(url_for("manager.home", _anchor="ask"))
    return redirect(url_for("manager.reminders", _anchor="chase"))


@manager.post("/reminders/release")
def release_letters() -> ResponseReturnValue:
    """A manager's yes: the letters that were held may leave."""
    held = held_decision(desk().setting.id)
    if held is not None:
        release(held, desk().manager.id)
        flash("Thank you. The letters leave in the next minutes, by day.", "success")
    return redirect(url_for("manager.reminders"))


@manager.post("/reminders/digest")
def digest_switch() -> ResponseReturnValue:
    """Begin or end this manager's weekly digest."""
    form = DigestForm()
    if form.validate_on_submit():
        wanted = form.wanted.data == "yes"
        wish_for_digest(desk().setting.id, desk().manager.id, wanted=wanted)
        said = "You get the digest on Monday mornings." if wanted else "You get no digest any more."
        flash(said, "success")
    return redirect(url_for("manager.reminders", _anchor="digest"))


def by_group(people: list[Asked]) -> dict[tuple[str, str | None], list[Asked]]:
    """People under their category and sender, the group with the most pressing person first."""
    found: dict[tuple[str, str | None], list[Asked]] = {}
    for one in people:
        found.setdefault((one.category, one.organisation), []).append(one)
    return found
