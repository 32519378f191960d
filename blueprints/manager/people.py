"""The people of the setting: the list, narrowed down or searched, and everybody in one stage."""

from uuid import UUID

import sqlalchemy as sa
from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.person import person_or_404
from blueprints.manager.person_forms import SearchForm
from blueprints.manager.rules import may
from extensions import db
from models.categories import CATEGORIES
from models.people import Known, Person, after
from models.search import find_people
from models.settings import Setting
from people.listing import Filters, how_many, listed, organisations_in_use
from renewals.coverage import STAGES, Place, people_in, places
from web.access import desk

MOST_MATCHES = 50


@manager.route("/people", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    """Everybody by name, a page at a time; or, after a search, those whose name may be meant."""
    setting, form, filters = desk().setting, SearchForm(), filters_asked()
    today = clock.today(setting.time_zone)
    rows = listed(setting.id, filters, today)
    searched = form.validate_on_submit()
    if searched:
        found, onward = find_people(setting.id, str(form.name.data), MOST_MATCHES, rows), None
        count = len(found)
    else:
        (found, onward), count = _page(setting.id, filters), how_many(rows)
    return show(
        "people",
        "people",
        form=form,
        found=found,
        count=count,
        after=onward,
        where=_where(setting, found),
        searched=searched,
        paged="after" in request.args,
        filters=filters,
        categories=CATEGORIES,
        organisations=organisations_in_use(setting.id),
        most=MOST_MATCHES,
    )


@manager.post("/people/found")
def people_found() -> str:
    """The matches of a name that is still being typed: only the list, for the page it is on."""
    setting, form = desk().setting, SearchForm()
    today = clock.today(setting.time_zone)
    typed = str(form.name.data) if form.validate_on_submit() else ""
    rows = listed(setting.id, filters_asked(), today)
    found = find_people(setting.id, typed, MOST_MATCHES, rows) if typed else []
    return render_template(
        "manager/people_found.html", found=found, where=_where(setting, found), typed=typed, may=may
    )


@manager.get("/people/stages/<stage>")
def people_in_stage(stage: str) -> ResponseReturnValue:
    """Everybody in one stage, the most pressing first, a page at a time."""
    name = next((name for name in STAGES if name == stage), None) or abort(404)
    setting = desk().setting
    last = request.args.get("after", type=UUID)
    person = person_or_404(setting.id, last).person if last else None
    rows = people_in(setting.id, clock.today(setting.time_zone), name, person)
    found, onward = _one_page(rows)
    return show(
        "stage", "people", stage_name=stage, found=found, after=onward,
        where=_where(setting, found), paged=last is not None,
    )  # fmt: skip


def filters_asked() -> Filters:
    """What the address narrows the list down to; a word that is none of ours is not there."""
    category, stage = request.args.get("category"), request.args.get("stage")
    if (category and category not in CATEGORIES) or (stage and stage not in STAGES):
        abort(404)
    return Filters(
        category=category or None,
        organisation=request.args.get("organisation", type=UUID),
        stage=next((known for known in STAGES if known == stage), None),
    )


def _page(setting_id: UUID, filters: Filters) -> tuple[list[Known], UUID | None]:
    """One page of the list, and the person after whom the next page starts."""
    rows = listed(setting_id, filters, clock.today(desk().setting.time_zone))
    last = request.args.get("after", type=UUID)
    if last is not None:
        rows = rows.where(after(person_or_404(setting_id, last).person))
    return _one_page(rows)


def _one_page(rows: sa.Select[Person, str, str | None]) -> tuple[list[Known], UUID | None]:
    """The first of these people, and the last of them if there are more."""
    found = [Known(*row) for row in db.session.execute(rows.limit(PAGE + 1))]
    return found[:PAGE], found[PAGE - 1].person.id if len(found) > PAGE else None


def _where(setting: Setting, found: list[Known]) -> dict[UUID, Place]:
    people = [known.person.id for known in found]
    return places(setting.id, clock.today(setting.time_zone), people)
