"""The agreements of the setting, as the tablet shows them."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from agreements.adopting import Adopted, adopt
from blueprints.manager.blueprint import manager, show
from blueprints.manager.contact_forms import AdoptionForm
from models.adoptions import adoption_of
from models.agreements import Version, current_versions, published_version
from records.text import to_html
from settings.charity import charity_number_hint
from web.access import desk


@manager.get("/agreements")
def agreements() -> ResponseReturnValue:
    """Each agreement with its newest version."""
    return show("agreements", "agreements", versions=current_versions(desk().setting.id))


@manager.get("/agreements/<uuid:version_id>")
def version(version_id: UUID) -> ResponseReturnValue:
    """One published version: its text, its summary, and the words each category signs under."""
    setting = desk().setting
    found = version_or_404(setting.id, version_id)
    return show(
        "version",
        "agreements",
        version=found,
        text=to_html(found.text, top_heading=3),
        summary=to_html(found.summary, top_heading=3),
        wordings=_by_sentence(found),
        hint=charity_number_hint(setting.charity_number, found.text),
        adoption=adoption_of(setting.id, found.id),
    )


@manager.route("/agreements/<uuid:version_id>/adoption", methods=["GET", "POST"])
def adoption(version_id: UUID) -> ResponseReturnValue:
    """Write down that the provider adopted a version, and when to look at it again."""
    setting = desk().setting
    found = version_or_404(setting.id, version_id)
    form = AdoptionForm(clock.today(setting.time_zone), obj=adoption_of(setting.id, found.id))
    if form.validate_on_submit():
        adopt(setting.id, found.id, desk().manager.id, Adopted(**form.answers()))
        flash("Written down.", "success")
        return redirect(url_for("manager.version", version_id=version_id))
    return show("adoption", "agreements", form=form, version=found)


def version_or_404(setting_id: UUID, version_id: UUID) -> Version:
    """A published version of this setting, and of no other."""
    return published_version(setting_id, version_id) or abort(404)


def _by_sentence(found: Version) -> dict[str, list[str]]:
    """Each sign-off wording once, with the categories that sign under it."""
    wordings: dict[str, list[str]] = {}
    for wording in found.wordings:
        wordings.setdefault(wording.sentence, []).append(wording.category)
    return wordings
