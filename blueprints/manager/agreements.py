"""The agreements of the setting, as the tablet shows them."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from agreements.adopting import Adopted, adopt
from agreements.health import health_of, open_counts
from blueprints.manager.blueprint import manager, show
from blueprints.manager.contact_forms import AdoptionForm
from models.adoptions import adoption_of, history_of
from models.agreements import (
    Agreement,
    Version,
    agreement_of,
    archived_agreements,
    by_sentence,
    current_versions,
    newest_version,
    published_version,
)
from models.categories import CATEGORIES
from models.drafts import draft_for, drafts_of
from records.text import to_html
from renewals.moving import rule_of
from renewals.schedule import Rule
from settings.charity import charity_number_hint
from web.access import desk


@manager.get("/agreements")
def agreements() -> ResponseReturnValue:
    """The library: what is in use, what is being written, what is archived."""
    setting_id = desk().setting.id
    newest = [
        newest_version(setting_id, agreement.id) for agreement in archived_agreements(setting_id)
    ]
    versions = current_versions(setting_id)
    return show(
        "agreements",
        "agreements",
        versions=versions,
        hints=open_counts(versions),
        drafts=drafts_of(setting_id),
        archived=[version for version in newest if version],
        everybody=len(CATEGORIES),
    )


@manager.get("/agreements/<uuid:version_id>")
def version(version_id: UUID) -> ResponseReturnValue:
    """One published version, what to do with its agreement, and how it came to be."""
    setting = desk().setting
    found = version_or_404(setting.id, version_id)
    agreement = agreement_or_404(found)
    return show(
        "version",
        "agreements",
        version=found,
        agreement=agreement,
        draft=draft_for(setting.id, found.agreement_id),
        text=to_html(found.text, top_heading=3),
        summary=to_html(found.summary, top_heading=3),
        wordings=by_sentence(found.sentences),
        hint=charity_number_hint(setting.charity_number, found.text),
        adoption=adoption_of(setting.id, found.id),
        health=health_of(setting.id, found, found.agreement_id),
        history=history_of(setting.id, found.agreement_id),
        rule=rule_of(setting, agreement),
        settings_rule=Rule.read(setting.renewal_rule),
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


def agreement_or_404(found: Version) -> Agreement:
    """The agreement of a version that was found."""
    return agreement_of(found.setting_id, found.agreement_id) or abort(404)
