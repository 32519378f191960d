"""Drafts: begun from a version, written, looked at, dropped."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from agreements.drafting import (
    BeingPublished,
    SavedMeanwhile,
    begin_draft,
    drop_draft,
    edition_of,
    edition_of_version,
    save_draft,
)
from agreements.health import health_of
from agreements.pages import pages_of
from agreements.planning import plan_next
from agreements.progress import progress_of, version_of_draft
from agreements.publishing import Edition, facts_of_edition
from blueprints.manager.agreements import version_or_404
from blueprints.manager.blueprint import manager, show
from blueprints.manager.draft_forms import DraftForm
from extensions import db
from models.agreements import by_sentence, newest_version
from models.categories import CATEGORIES
from models.drafts import Draft, draft_of
from models.managers import Manager
from models.writing import end_reading
from records.pressing import print_draft
from records.text import to_html
from web.access import desk
from web.answers import whole_number


@manager.post("/agreements/<uuid:version_id>/next")
def next_version(version_id: UUID) -> ResponseReturnValue:
    """Begin the next version from the newest one, or go on with the draft there is."""
    found = version_or_404(desk().setting.id, version_id)
    newest = newest_version(found.setting_id, found.agreement_id) or found
    edition, by_id = edition_of_version(newest), desk().manager.id
    draft = begin_draft(found.setting_id, edition, by_id, agreement_id=found.agreement_id)
    return redirect(url_for("manager.draft", draft_id=draft.id))


@manager.route("/agreements/drafts/<uuid:draft_id>", methods=["GET", "POST"])
def draft(draft_id: UUID) -> ResponseReturnValue:
    """The editor, with the text as the tablet will show it."""
    found = draft_or_404(desk().setting.id, draft_id)
    progress = progress_of(found)
    if progress is not None and progress.underway:
        return redirect(url_for("manager.publishing_progress", version_id=progress.version_id))
    if request.method == "GET":
        return _editor(found, DraftForm(edition_of(found), found.revision))
    form = DraftForm()
    if form.validate_on_submit():
        return _save(found, form)
    return _editor(found, form)


@manager.post("/agreements/drafts/<uuid:draft_id>/preview")
def draft_preview(draft_id: UUID) -> str:
    """A piece of the editor: what is typed so far, as the tablet will show it."""
    draft_or_404(desk().setting.id, draft_id)
    return render_template("manager/draft_preview.html", **looks(DraftForm().edition()))


@manager.get("/agreements/drafts/<uuid:draft_id>/pages.pdf")
def draft_pages(draft_id: UUID) -> Response:
    """The pages as they will be printed for one of the sentences, blank, and marked as a draft."""
    setting = desk().setting
    found = draft_or_404(setting.id, draft_id)
    edition = edition_of(found)
    planned = plan_next(setting.id, edition.title, agreement_id=found.agreement_id)
    facts = facts_of_edition(edition, planned)
    pages = pages_of(setting, facts, edition.wordings.values(), addressed=False)
    number = request.args.get("sentence", 1, int)
    if not 1 <= number <= len(pages):
        abort(404)
    end_reading()
    return Response(print_draft(pages[number - 1]), mimetype="application/pdf")


@manager.route("/agreements/drafts/<uuid:draft_id>/dropping", methods=["GET", "POST"])
def dropping_draft(draft_id: UUID) -> ResponseReturnValue:
    """Ask once, then throw a draft away."""
    found = draft_or_404(desk().setting.id, draft_id)
    form = FlaskForm()
    if form.validate_on_submit():
        try:
            drop_draft(found)
            flash("The draft is gone. What was published is as it was.", "success")
        except BeingPublished as error:
            flash(str(error.__doc__), "error")
        return redirect(url_for("manager.agreements"))
    return show("draft_dropping", "agreements", form=form, draft=found)


def draft_or_404(setting_id: UUID, draft_id: UUID) -> Draft:
    """A draft of this setting, and of no other; one that was published leads to its version."""
    found = draft_of(setting_id, draft_id)
    if found is not None:
        return found
    version_id = version_of_draft(setting_id, draft_id) or abort(404)
    return abort(redirect(url_for("manager.publishing_progress", version_id=version_id)))


def looks(edition: Edition) -> dict[str, object]:
    """What draft_preview.html shows of an edition."""
    return {
        "title": edition.title,
        "summary": to_html(edition.summary, top_heading=4),
        "text": to_html(edition.text, top_heading=4),
        "signoff_title": edition.signoff_title,
        "wordings": by_sentence(edition.wordings),
    }


def _save(found: Draft, form: DraftForm) -> ResponseReturnValue:
    began_from, draft_id = whole_number(form.revision.data), found.id
    try:
        save_draft(found, form.edition(), desk().manager.id, began_from=began_from)
    except SavedMeanwhile as error:
        # Saving once more puts it in place of what is there now, which is shown.
        form.revision.raw_data, form.revision.data = None, error.revision
        return _editor(found, form, theirs=error.now)
    except BeingPublished as error:
        flash(str(error.__doc__), "error")
        return redirect(url_for("manager.draft", draft_id=draft_id))
    flash("Saved.", "success")
    if request.form.get("on") == "publishing":
        return redirect(url_for("manager.publishing", draft_id=draft_id))
    return redirect(url_for("manager.draft", draft_id=draft_id))


def _editor(found: Draft, form: DraftForm, theirs: Edition | None = None) -> ResponseReturnValue:
    edition = form.edition()
    newest = found.agreement_id and newest_version(found.setting_id, found.agreement_id)
    page, status = show(
        "draft",
        "agreements",
        form=form,
        draft=found,
        newest=newest,
        editor=db.session.get(Manager, found.edited_by_id) if found.edited_by_id else None,
        theirs=theirs,
        their_wordings=by_sentence(theirs.wordings) if theirs else {},
        everybody=len(CATEGORIES),
        saved_sentences=list(dict.fromkeys(found.wordings.values())),
        health=health_of(found.setting_id, edition_of(found), found.agreement_id),
        **looks(edition),
    )
    return page, 409 if theirs else status
