"""The code on a record leads here: what was signed, when, and whether it was signed again."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.verify.blueprint import verify
from blueprints.verify.forms import CodeForm, FileForm
from models.standings import found_by_code, standing_of
from models.throttles import count_try
from records.codes import tidy


@verify.route("", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for a code or a file; a code leads to its answer."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for("verify.answer", code=form.code.data))
    page = render_template("verify/ask.html", form=form, file_form=FileForm())
    return page, 422 if form.errors else 200


@verify.get("/<code>")
def answer(code: str) -> ResponseReturnValue:
    """Setting, agreement, version, day and standing; never a name, never the record itself."""
    count_try("code_lookup", request.remote_addr or "unknown")
    tidied = tidy(code)
    found = found_by_code(tidied) if tidied else None
    if found is None:
        return make_response(render_template("verify/unknown.html", form=CodeForm()), 404)
    return render_template(
        "verify/answer.html",
        found=found,
        signed_on=clock.local_day(found.signed_at, found.time_zone),
        standing=standing_of(found.signing_id),
    )
