"""The people of the setting: the list, the search, and adding one."""

from uuid import UUID

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.forms import PersonForm, SearchForm
from blueprints.manager.person import person_or_404
from extensions import db
from models.events import happened
from models.people import Known, Person, add_person, people_after, people_now
from models.people_search import people_called
from models.settings import Setting
from models.writing import writing
from records.page import missing_glyphs
from renewals.coverage import STAGES, Place, people_in, places
from renewals.dues import ask_first_time
from web.access import desk

MOST_MATCHES = 50


@manager.route("/people", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    """Everybody by name, a page at a time; or, after a search, those whose name may be meant."""
    setting, form = desk().setting, SearchForm()
    searched = form.validate_on_submit()
    if searched:
        found, after = _matches(setting.id, str(form.name.data)), None
    else:
        found, after = _page(setting.id)
    return show(
        "people", "people", form=form, found=found, after=after, where=_where(setting, found),
        searched=searched, paged="after" in request.args,
    )  # fmt: skip


@manager.get("/people/stages/<stage>")
def people_in_stage(stage: str) -> ResponseReturnValue:
    """Everybody in one stage, the most pressing first, a page at a time."""
    name = next((name for name in STAGES if name == stage), None) or abort(404)
    setting = desk().setting
    last = request.args.get("after", type=UUID)
    person = person_or_404(setting.id, last).person if last else None
    rows = people_in(setting.id, clock.today(setting.time_zone), name, person)
    found, after = _one_page(rows)
    return show(
        "stage", "people", stage_name=stage, found=found, after=after,
        where=_where(setting, found), paged=last is not None,
    )  # fmt: skip


@manager.route("/people/new", methods=["GET", "POST"])
def add_someone() -> ResponseReturnValue:
    """Add a person, so that the tablet finds their name; what they sign is asked from today."""
    form = PersonForm(desk().setting.id)
    if form.validate_on_submit():
        person = _add(desk().setting, desk().manager.id, form)
        flash(f"{person.full_name} is on the list.", "success")
        return redirect(url_for("manager.person", person_id=person.id))
    return show("person_new", "people", form=form)


def _page(setting_id: UUID) -> tuple[list[Known], UUID | None]:
    """One page of the list, and the person after whom the next page starts."""
    after = request.args.get("after", type=UUID)
    rows = people_now(setting_id)
    if after is not None:
        rows = people_after(setting_id, person_or_404(setting_id, after).person)
    return _one_page(rows)


def _one_page(rows: sa.Select[Person, str, str | None]) -> tuple[list[Known], UUID | None]:
    """The first of these people, and the last of them if there are more."""
    found = [Known(*row) for row in db.session.execute(rows.limit(PAGE + 1))]
    return found[:PAGE], found[PAGE - 1].person.id if len(found) > PAGE else None


def _where(setting: Setting, found: list[Known]) -> dict[UUID, Place]:
    people = [known.person.id for known in found]
    return places(setting.id, clock.today(setting.time_zone), people)


def _matches(setting_id: UUID, name: str) -> list[Known]:
    return people_called(setting_id, name, MOST_MATCHES, here=True)


def _add(setting: Setting, manager_id: UUID, form: PersonForm) -> Person:
    today, answers = clock.today(setting.time_zone), form.answers()
    boxes = bool(missing_glyphs(answers["full_name"]))
    with writing():
        person = add_person(setting.id, since=today, **answers)
        person.name_prints_boxes = boxes
        ask_first_time(setting.id, person.id, answers["category"], today)
        happened(
            setting.id,
            "person.added",
            {"person": str(person.id), "manager": str(manager_id)},
            {"full_name": person.full_name, "category": answers["category"]},
        )
    return person
