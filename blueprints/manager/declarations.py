"""What was told to the safeguarding lead. Nobody else opens these pages."""

from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.note_forms import ReviewForm
from extensions import db
from models.pauses import open_pauses
from models.reviews import Told, told_of
from models.signings import Declaration, told_by_id
from records.declarations import look
from records.reviewing import review, reviews_read
from web.access import desk

KINDS = {
    "relationship": "They are related to a child or family here.",
    "online_contact": "They are in touch online with a family here.",
    "other": "Something else.",
}


@manager.get("/declarations")
def declarations() -> ResponseReturnValue:
    """Who told something, and where it stands; what it was stays closed until it is opened."""
    setting = desk().setting
    told = told_of(setting.id)
    today = clock.today(setting.time_zone)
    found: dict[str, list[Told]] = {"waiting": [], "again": [], "later": [], "reviewed": []}
    for one in told:
        found[one.stand(today)].append(one)
    for coming in (found["again"], found["later"]):
        coming.sort(key=lambda one: one.review_on or date.max)
    pauses = db.session.execute(open_pauses(setting.id))
    return show(
        "declarations",
        "declarations",
        found=found | {"reviewed": found["reviewed"][:PAGE]},
        any_told=bool(told),
        older=max(0, len(found["reviewed"]) - PAGE),
        talk_first=[(pause, person) for pause, person in pauses if pause.kind == "talk_first"],
    )


@manager.get("/declarations/<uuid:declaration_id>")
def declaration(declaration_id: UUID) -> ResponseReturnValue:
    """Open one. This GET writes: every look is an event of the setting."""
    return _opened(declaration_id, ReviewForm(clock.today(desk().setting.time_zone)))


@manager.post("/declarations/<uuid:declaration_id>/reviews")
def declaration_review(declaration_id: UUID) -> ResponseReturnValue:
    """Note what came of one. What is missing is asked again beside what was told."""
    setting = desk().setting
    told, full_name = told_or_404(setting.id, declaration_id)
    form = ReviewForm(clock.today(setting.time_zone))
    if form.validate_on_submit():
        review(setting.id, told.id, desk().manager.id, form.noted(), form.review_on.data)
        flash(f"Noted. What {full_name} told you counts as reviewed.", "success")
        return redirect(url_for("manager.declarations"))
    return _opened(declaration_id, form)


def told_or_404(setting_id: UUID, declaration_id: UUID) -> tuple[Declaration, str]:
    """A declaration of this setting that tells something, with the name of who told it."""
    return told_by_id(setting_id, declaration_id) or abort(404)


def _opened(declaration_id: UUID, form: ReviewForm) -> ResponseReturnValue:
    setting_id = desk().setting.id
    told, full_name = told_or_404(setting_id, declaration_id)
    person_id = told.person_id
    [(opened, answer)] = look([told], desk().manager)
    return show(
        "declaration",
        "declarations",
        form=form,
        declaration=opened,
        person_id=person_id,
        full_name=full_name,
        kind=KINDS[answer.kind],
        note=answer.note,
        reviews=reviews_read(setting_id, declaration_id),
        others=[
            one for one in told_of(setting_id, person_id) if one.declaration.id != declaration_id
        ],
    )
