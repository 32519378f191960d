"""Agencies and colleges: the list, one with whom it sends, and the list to send to it."""

from uuid import UUID

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.downloads import to_save
from blueprints.manager.organisation_forms import OrganisationForm
from models.people import Organisation
from people.organisations import (
    NameTaken,
    Sent,
    end,
    organisation_of,
    save,
    sent_by,
)
from people.organisations import organisations as all_organisations
from records.days import short_date
from records.export_papers import sheet
from web.access import desk

STAGE_WORDS = {"overdue": "Overdue", "due": "Due", "soon": "Due soon", "current": "Up to date"}
HEADINGS = ("Name", "Last signed", "Next due", "Stage")


@manager.get("/organisations")
def organisations() -> ResponseReturnValue:
    """Every agency and college, with how many people it sends."""
    return show("organisations", "people", found=all_organisations(desk().setting.id))


@manager.get("/organisations/<uuid:organisation_id>")
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    """One agency or college: whom to ask there, and whom it sends."""
    setting = desk().setting
    found = organisation_or_404(setting.id, organisation_id)
    sent = sent_by(setting, organisation_id)
    return show(
        "organisation",
        "people",
        found=found,
        sent=sent,
        text=_text(found, sent),
        today=clock.today(setting.time_zone),
    )


@manager.route("/organisations/<uuid:organisation_id>/contact", methods=["GET", "POST"])
def change_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Change its name or its contact."""
    setting = desk().setting
    found = organisation_or_404(setting.id, organisation_id)
    form = OrganisationForm(found)
    if form.validate_on_submit() and (stays := _saved(found, form)):
        flash("Saved.", "success")
        return redirect(url_for("manager.organisation", organisation_id=stays))
    return show("organisation_change", "people", form=form, found=found)


@manager.post("/organisations/<uuid:organisation_id>/ending")
def end_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Put one away that sends nobody any more."""
    found = organisation_or_404(desk().setting.id, organisation_id)
    name = found.name
    if not end(desk().setting.id, organisation_id, desk().manager.id):
        flash(f"{name} still sends somebody, so it stays.", "warning")
        return redirect(url_for("manager.organisation", organisation_id=organisation_id))
    flash(f"{name} is put away. It comes back with the next person it sends.", "success")
    return redirect(url_for("manager.organisations"))


@manager.get("/organisations/<uuid:organisation_id>/list.csv")
def organisation_list(organisation_id: UUID) -> Response:
    """Their list to send: who they send, last signed and due."""
    setting = desk().setting
    organisation_or_404(setting.id, organisation_id)
    data = sheet(HEADINGS, map(_row, sent_by(setting, organisation_id)))
    return to_save(data, "text/csv", f"people-{clock.today(setting.time_zone)}.csv")


def organisation_or_404(setting_id: UUID, organisation_id: UUID) -> Organisation:
    """An agency or a college of this setting, and of no other."""
    return organisation_of(setting_id, organisation_id) or abort(404)


def _saved(found: Organisation, form: OrganisationForm) -> UUID | None:
    """The one that stays; None where the form asks whether two are one."""
    today, answers = clock.today(desk().setting.time_zone), form.answers()
    answers["checked_on"] = today if form.checked.data else found.checked_on
    try:
        return save(
            desk().setting.id, found.id, desk().manager.id, answers, join=bool(form.same.data)
        )
    except NameTaken as error:
        form.take_name(str(error.__doc__))
        return None


def _row(one: Sent) -> tuple[str, str, str, str]:
    signed = short_date(one.last_signed) if one.last_signed else "never"
    if one.place is None:
        return one.known.person.full_name, signed, "", "Nothing to sign"
    due_on = short_date(one.place.due_on)
    return one.known.person.full_name, signed, due_on, STAGE_WORDS[one.place.stage]


def _text(found: Organisation, sent: list[Sent]) -> str:
    """The list as plain text, to paste into an e-mail."""
    today = short_date(clock.today(desk().setting.time_zone))
    lines = [f"{desk().setting.name}: people from {found.name} on {today}", ""]
    for one in sent:
        name, signed, due_on, stage = _row(one)
        due = f", next due {due_on} ({stage.lower()})" if due_on else ""
        lines.append(f"- {name}: last signed {signed}{due}")
    return "\n".join(lines)
