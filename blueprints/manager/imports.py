"""Bringing in a list of people: choose it, look at what would come of it, say yes."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.import_forms import AddingForm, ColumnsForm, ImportForm
from models.imports import Import, import_of
from models.writing import end_reading
from people.importing.doing import (
    ChangedMeanwhile,
    StillWrong,
    begin,
    carry_out,
    drop,
    look,
    say_columns,
    seen,
)
from people.importing.judging import Judged, lines_of, unknown_words
from people.importing.reading import read
from people.importing.refusals import ListRefused
from web.access import desk

# More of them nobody reads; they are counted all the same.
MOST_SHOWN = 100
MOST_WORDS = 30


@manager.route("/people/import", methods=["GET", "POST"])
def new_import() -> ResponseReturnValue:
    """Choose a file, or paste rows; nobody is added yet."""
    form = ImportForm()
    if form.validate_on_submit() and (import_id := _begun(form)):
        return redirect(url_for("manager.people_import", import_id=import_id))
    return show("import_new", "people", form=form)


@manager.route("/people/imports/<uuid:import_id>", methods=["GET", "POST"])
def people_import(import_id: UUID) -> ResponseReturnValue:
    """What would come of the list; the columns can be put right."""
    kept = import_or_404(desk().setting.id, import_id)
    if kept.rows is None:
        return redirect(url_for("manager.people"))
    form = ColumnsForm(kept.columns, unknown_words(kept.rows, kept.columns)[:MOST_WORDS])
    if form.validate_on_submit():
        say_columns(kept.setting_id, import_id, form.columns())
        return redirect(url_for("manager.people_import", import_id=import_id, _anchor="result"))
    judged = _looked(kept)
    return _shown(kept, form, judged, AddingForm(judged.here[:MOST_SHOWN], seen(kept, judged)))


@manager.post("/people/imports/<uuid:import_id>/adding")
def import_adding(import_id: UUID) -> ResponseReturnValue:
    """The yes: everybody who is new comes onto the list at once, or nobody does."""
    setting = desk().setting
    import_or_404(setting.id, import_id)
    form = AddingForm([], "")
    back = url_for("manager.people_import", import_id=import_id, _anchor="result")
    if not form.validate_on_submit():
        return redirect(back)
    try:
        added = carry_out(
            setting.id,
            import_id,
            desk().manager.id,
            seen_as=str(form.seen.data),
            anyway=form.ticked(),
            leave_out=bool(form.leave_out.data),
            today=clock.today(setting.time_zone),
        )
    except (ChangedMeanwhile, StillWrong) as error:
        flash(str(error.__doc__), "warning")
        return redirect(back)
    people = "1 person is" if added == 1 else f"{added:,} people are"
    flash(f"{people} on the list now.", "success")
    return redirect(url_for("manager.people"))


@manager.post("/people/imports/<uuid:import_id>/dropping")
def drop_import(import_id: UUID) -> ResponseReturnValue:
    """Forget the list; nobody is added."""
    kept = import_or_404(desk().setting.id, import_id)
    drop(kept.setting_id, import_id)
    flash("The list is forgotten. Nobody was added.", "success")
    return redirect(url_for("manager.people"))


def import_or_404(setting_id: UUID, import_id: UUID) -> Import:
    """A list of this setting that is not older than a day."""
    return import_of(setting_id, import_id) or abort(404)


def _begun(form: ImportForm) -> UUID | None:
    """The list that came; None where the form says what to do instead."""
    setting_id, manager_id = desk().setting.id, desk().manager.id
    # Reading takes a moment, and no reader may stay open meanwhile.
    end_reading()
    try:
        return begin(setting_id, manager_id, read(form.came()))
    except ListRefused as refused:
        form.refuse(refused.sentence)
        return None


def _looked(kept: Import) -> Judged:
    return look(kept, clock.today(desk().setting.time_zone))


def _shown(kept: Import, form: ColumnsForm, judged: Judged, adding: AddingForm) -> Any:
    rows = kept.rows or {}
    lines = [cells for _number, cells in lines_of(rows, kept.columns)]
    return show(
        "import_look",
        "people",
        form=form,
        adding=adding,
        kept=kept,
        judged=judged,
        most=MOST_SHOWN,
        headings=rows["cells"][0] if kept.columns["heading"] else [],
        samples=[_samples(lines, place) for place in range(len(kept.columns["kinds"]))],
    )


def _samples(lines: list[list[str]], place: int) -> str:
    """The first few things that stand in a column."""
    found = list(dict.fromkeys(cells[place] for cells in lines if cells[place]))[:3]
    return ", ".join(found) or "nothing"
