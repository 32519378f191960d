"""A signature on paper: photographs come in, are looked at, and are filed as a sealed record."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from blueprints.manager.blueprint import manager, show
from blueprints.manager.person import person_or_404
from blueprints.manager.scan_forms import MOST_TOGETHER, ScanForm
from models.agreements import versions_signed_by
from models.scans import Photograph, Scan, photograph_of, photographs_of, scan_of
from models.signings import signing_of
from models.writing import end_reading
from records.days import long_date
from records.errors import NotAcceptable
from records.scanning import NotReadable, Paper, begin_scan, drop_scan, file_scan, tidied, would_run
from web.access import check_address, desk

# Beside the photographs come the form's other answers.
ROOM_FOR_THE_REST = 100_000


@manager.url_value_preprocessor
def room_for_photographs(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A telephone's photographs are larger than anything else that is sent here."""
    if endpoint == "manager.new_scan":
        request.max_content_length = MOST_TOGETHER + ROOM_FOR_THE_REST


@manager.route("/people/<uuid:person_id>/scans", methods=["GET", "POST"])
def new_scan(person_id: UUID) -> ResponseReturnValue:
    """Say what was signed on paper and choose its photographs; nothing is filed yet."""
    setting = desk().setting
    known = person_or_404(setting.id, person_id)
    form = ScanForm(versions_signed_by(setting.id, known.category), setting)
    if form.validate_on_submit() and (scan_id := _begun(person_id, form)):
        return redirect(url_for("manager.scan", scan_id=scan_id))
    return show("scan_new", "people", form=form, known=known)


@manager.route("/scans/<uuid:scan_id>", methods=["GET", "POST"])
def scan(scan_id: UUID) -> ResponseReturnValue:
    """What will be filed, as it will be filed; and the one press that files it."""
    setting = desk().setting
    if filed := signing_of(setting.id, scan_id):
        return redirect(url_for("manager.person", person_id=filed.person_id))
    waiting = scan_or_404(setting.id, scan_id)
    if FlaskForm().validate_on_submit():
        return _filed(waiting)
    version, runs = would_run(setting, waiting)
    return show(
        "scan",
        "people",
        waiting=waiting,
        known=person_or_404(setting.id, waiting.person_id),
        version=version,
        runs=runs,
        photographs=photographs_of(setting.id, scan_id),
    )


@manager.post("/scans/<uuid:scan_id>/dropping")
def forget_scan(scan_id: UUID) -> ResponseReturnValue:
    """Forget the photographs; nothing was filed."""
    setting = desk().setting
    person_id = scan_or_404(setting.id, scan_id).person_id
    drop_scan(setting.id, scan_id)
    flash("The photographs are forgotten. Nothing was filed.", "success")
    return redirect(url_for("manager.person", person_id=person_id))


@manager.get("/photographs/<uuid:photograph_id>.jpg")
def photograph(photograph_id: UUID) -> Response:
    """One photograph of a paper that is not filed yet, as it would be filed."""
    jpeg = photograph_or_404(desk().setting.id, photograph_id).jpeg
    return Response(jpeg, mimetype="image/jpeg")


def scan_or_404(setting_id: UUID, scan_id: UUID) -> Scan:
    """A paper of this setting that is not filed and not older than a day."""
    return scan_of(setting_id, scan_id) or abort(404)


def photograph_or_404(setting_id: UUID, photograph_id: UUID) -> Photograph:
    """A photograph of this setting, and of no other."""
    return photograph_of(setting_id, photograph_id) or abort(404)


def _begun(person_id: UUID, form: ScanForm) -> UUID | None:
    """The paper that came; None where the form says what to do instead."""
    setting_id, manager_id = desk().setting.id, desk().manager.id
    paper = Paper(person_id, form.found.id, form.signed_on.data, form.seen_by.data or None)
    # Looking at them takes a moment, and no reader may stay open meanwhile.
    end_reading()
    try:
        photographs = tidied(form.sent())
    except NotReadable as refused:
        form.photographs.errors = (f"{refused} Nothing was kept; choose them all again.",)
        return None
    return begin_scan(setting_id, manager_id, paper, photographs)


def _filed(waiting: Scan) -> ResponseReturnValue:
    person_id, day = waiting.person_id, waiting.signed_on
    try:
        accepted = file_scan(desk().setting, waiting, desk().manager, check_address())
    except NotAcceptable as refused:
        flash(f"{refused} Nothing was filed.", "error")
        return redirect(url_for("manager.new_scan", person_id=person_id))
    said = f"Filed and sealed: signed on paper on {long_date(day)}."
    flash(f"{said} Its check code is {accepted.code}.", "success")
    return redirect(url_for("manager.person", person_id=person_id))
