"""One person: the facts on file, where they stand, their records, and what happened."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.person_forms import ParticularsForm
from extensions import db
from models.addresses import check_of
from models.agreements import version_names
from models.holds import holds_on
from models.leavings import anybody, leaving_of
from models.merges import joined_to, kept_id
from models.people import Known
from models.reviews import told_of
from models.signings import Signing, signings_newest_first
from people.changing import change
from people.doubles import doubles_of
from people.listing import organisations_in_use
from people.particulars import particulars_of
from people.timeline import timeline
from records.retention import kept_of_person
from records.voiding import voided
from renewals.chasing import asked
from renewals.dues import standings
from renewals.told import told
from web.access import desk

MOST_REMINDERS = 20
MOST_MOMENTS = 50


@manager.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Everything the desk knows about somebody; a joined entry leads to the one that was kept."""
    setting = desk().setting
    if (kept := kept_id(setting.id, person_id)) != person_id:
        return redirect(url_for("manager.person", person_id=kept))
    known = person_or_404(setting.id, person_id)
    today = clock.today(setting.time_zone)
    signings = signings_newest_first(setting.id).where(Signing.person_id == person_id)
    found = db.session.execute(signings.limit(PAGE)).all()
    joined = joined_to(setting.id, person_id)
    entries = [person_id, *(one.id for one in joined)]
    return show(
        "person",
        "people",
        known=known,
        address=check_of(setting.id, person_id, known.person.email) if known.person.email else None,
        # Nothing is asked of somebody who left.
        standings=[] if known.left_on else standings(known, today),
        asked=asked(setting.id, today, [person_id]),
        declared=told_of(setting.id, person_id),
        reminders=told(setting.id, MOST_REMINDERS, people=entries),
        today=today,
        signings=found,
        leaving=leaving_of(setting.id, person_id),
        holds=holds_on(setting.id, person_id, today),
        kept=kept_of_person(known, today) if known.left_on else None,
        voids=voided(setting.id, [signing.id for signing, _record in found]),
        versions=version_names(setting.id),
        doubles=doubles_of(setting.id, person_id, known.person.full_name),
        other_entries=joined,
        moments=timeline(known.person, MOST_MOMENTS),
    )


@manager.route("/people/<uuid:person_id>/particulars", methods=["GET", "POST"])
def change_person(person_id: UUID) -> ResponseReturnValue:
    """Change what is on file; records keep the name that was sealed."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    form = ParticularsForm(obj=particulars_of(known))
    if form.validate_on_submit():
        wanted, today = form.answers(), clock.today(setting.time_zone)
        if change(setting.id, person_id, desk().manager.id, wanted, today):
            flash("Saved. Records that were signed before keep what they said.", "success")
        return redirect(url_for("manager.person", person_id=person_id))
    return show(
        "person_change",
        "people",
        form=form,
        known=known,
        organisations=organisations_in_use(setting.id),
    )


def person_or_404(setting_id: UUID, person_id: UUID) -> Known:
    """A person of this setting, whether they are here or left, and of no other."""
    return anybody(setting_id, person_id) or abort(404)
