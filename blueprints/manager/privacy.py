"""The privacy notice, filled with what this setting really does, and what stays in a browser."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.privacy_forms import ContactForm
from models.categories import CATEGORIES
from models.retentions import years_of
from settings.privacy import STORED, change_contact
from web.access import desk


@manager.route("/privacy", methods=["GET", "POST"])
def privacy() -> ResponseReturnValue:
    """The notice to read, change in one line, and print."""
    setting = desk().setting
    form = ContactForm(contact=setting.privacy_contact)
    if form.validate_on_submit():
        change_contact(setting.id, desk().manager.id, form.contact.data or None)
        flash("Saved. The notice says it now.", "success")
        return redirect(url_for("manager.privacy"))
    return show(
        "privacy",
        "settings",
        form=form,
        times=_times(years_of(setting.id)),
        stored=STORED,
        today=clock.today(setting.time_zone),
    )


def _times(years: dict[str, int]) -> list[tuple[int, list[str]]]:
    """The numbers of years, the longest first, each with the categories that it is for."""
    numbers = sorted(set(years.values()), reverse=True)
    return [
        (number, [words for name, words in CATEGORIES.items() if years[name] == number])
        for number in numbers
    ]
