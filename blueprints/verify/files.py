"""A PDF that somebody brings: checked in memory, answered, and forgotten."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

import clock
from blueprints.verify.blueprint import verify
from blueprints.verify.forms import LARGEST, TOO_LARGE, CodeForm, FileForm
from models.standings import found_by_record
from models.throttles import count_try
from records.confirmed import confirmed_record
from records.looking import TooBusy
from records.stamping import looked_at
from records.verdicts import verdict_on_file
from web.errors import error_page

# What a form needs around the file.
FORM = 100_000


@verify.url_value_preprocessor
def before_it_is_read(endpoint: str | None, _values: object) -> None:
    """Count the try and make room for the file, before anything reads what was sent."""
    if endpoint == "verify.file" and request.method == "POST":
        count_try("file_check", request.remote_addr or "unknown")
        request.max_content_length = LARGEST + FORM


@verify.route("/file", methods=["GET", "POST"])
def file() -> ResponseReturnValue:
    """Give the verdict on a file; it says only what the holder of the file knows already."""
    if request.method == "GET":
        return redirect(url_for("verify.ask"))
    form = FileForm()
    if not form.validate_on_submit():
        return _ask_again(form), 422
    verdict = verdict_on_file(form.pdf)
    found = found_by_record(verdict.signing_id) if verdict.signing_id else None
    good = found if verdict.genuine else None
    confirmed = confirmed_record(good.signing_id, looked_at) if good else None
    return render_template(
        "verify/verdict.html",
        verdict=verdict,
        confirmed=confirmed,
        found=found,
        signed_on=clock.local_day(found.signed_at, found.time_zone) if found else None,
    )


@verify.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say beside the field what is too large; the file itself was not read."""
    form = FileForm(formdata=None)
    form.file.errors = (TOO_LARGE,)
    return _ask_again(form), 413


@verify.errorhandler(TooBusy)
def too_busy(error: TooBusy) -> ResponseReturnValue:
    """Let the next one wait for a moment."""
    response = error_page(503, str(error.__doc__))
    response.headers["Retry-After"] = "20"
    return response


def _ask_again(form: FileForm) -> str:
    return render_template("verify/ask.html", form=CodeForm(formdata=None), file_form=form)
