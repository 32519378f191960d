"""Many records at once: a ZIP that is made while it is downloaded."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager
from blueprints.manager.downloads import a_place, sent_off
from blueprints.manager.record_filters import Filter
from blueprints.manager.record_forms import ChosenForm
from models.choices import EVERYTHING, Choice, how_many
from records.export import begin_export
from web.access import desk

NONE_TICKED = "Tick the records you want, and then download them."
NONE_MEANT = "There is no such record, so there is nothing to download."


@manager.get("/records.zip")
def records_zip() -> ResponseReturnValue:
    """Every record, or all that the list was narrowed down to."""
    setting, asked = desk().setting, Filter.read(request.args)
    choice = asked.choice(setting.time_zone)
    if choice != EVERYTHING and not how_many(setting.id, choice):
        flash(NONE_MEANT, "warning")
        return redirect(url_for("manager.records", **asked.arguments))
    return _stream(choice)


@manager.route("/records/chosen.zip", methods=["GET", "POST"])
def chosen_zip() -> ResponseReturnValue:
    """The records that were ticked on a page of the list."""
    form = ChosenForm()
    ticked = Choice(signing_ids=tuple(form.record.data or ()))
    if form.validate_on_submit() and how_many(desk().setting.id, ticked):
        return _stream(ticked)
    flash(NONE_TICKED, "warning")
    return redirect(url_for("manager.records"))


def _stream(choice: Choice) -> Response:
    """Stream the export; its exact length lets the browser show how far it is."""
    setting_id, manager_id = desk().setting.id, desk().manager.id
    with a_place() as place:
        export = begin_export(setting_id, {"manager": str(manager_id)}, choice)
        name = f"records-{export.start.slug}-{export.start.at:%Y-%m-%d}.zip"
        response = sent_off(place, export.zip(), "application/zip", name)
        response.call_on_close(export.close)
        response.content_length = export.size
        return response
