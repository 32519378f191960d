"""The prefix, the guard of every page behind it, and how its pages are shown."""

from typing import Any

from flask import Blueprint, render_template
from flask_wtf import FlaskForm

from web.access import desk, guard_desk

manager = Blueprint("manager", __name__, url_prefix="/manager")
manager.before_request(guard_desk)

PAGE = 100


def show(
    template: str, place: str, *, form: FlaskForm | None = None, **values: Any
) -> tuple[str, int]:
    """A page of the desk; `place` is its key in the desk's navigation. 422 shows a form again."""
    page = render_template(
        f"manager/{template}.html", desk=desk(), current_page=place, form=form, **values
    )
    return page, 422 if form is not None and form.errors else 200
