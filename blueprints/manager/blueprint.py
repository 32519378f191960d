"""The prefix, the guard of every page behind it, and how its pages are shown."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from blueprints.manager.gates import check_again, check_second_step
from blueprints.manager.rules import check_role, may
from web.access import desk, guard_desk

manager = Blueprint("manager", __name__, url_prefix="/manager")
# A calendar program cannot sign in: its view looks at a key instead. tests/manager/test_door.py
# holds this list.
OWN_GUARD = frozenset({"manager.renewals_feed"})
PAGE = 100


@manager.before_request
def guard() -> Response | None:
    """Nobody comes in without a membership and a role that may, but for what guards itself."""
    if request.endpoint in OWN_GUARD:
        return None
    elsewhere = guard_desk()
    if elsewhere is None:
        check_role()
        elsewhere = check_second_step() or check_again()
    return elsewhere


def show(
    template: str, place: str, *, form: FlaskForm | None = None, **values: Any
) -> tuple[str, int]:
    """A page of the desk; `place` is its key in the desk's navigation. 422 shows a form again."""
    page = render_template(
        f"manager/{template}.html", desk=desk(), may=may, current_page=place, form=form, **values
    )
    return page, 422 if form is not None and form.errors else 200
