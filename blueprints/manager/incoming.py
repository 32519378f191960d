"""A text comes in: choose a file or paste, look at what came of it, and go on with the draft."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from agreements.drafting import SavedMeanwhile
from agreements.incoming.becoming import (
    called,
    confirm_headings,
    draft_from,
    edition_from,
    open_guesses,
)
from agreements.incoming.reading import MOST_BYTES, read
from agreements.incoming.refusals import Refused
from agreements.incoming.report import Incoming
from blueprints.manager.blueprint import manager, show
from blueprints.manager.incoming_forms import IncomingForm, ReviewForm
from models.agreements import Version, current_versions
from models.drafts import Draft, draft_for, draft_of
from models.writing import end_reading
from records.text import to_html
from web.access import desk

# Beside the file come the form's other answers.
ROOM_FOR_THE_REST = 600_000


@manager.url_value_preprocessor
def room_for_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Word files with a photograph are larger than anything else that is sent here."""
    if endpoint == "manager.new_agreement":
        request.max_content_length = MOST_BYTES + ROOM_FOR_THE_REST


@manager.route("/agreements/new", methods=["GET", "POST"])
def new_agreement() -> ResponseReturnValue:
    """Bring a text in, as a new agreement or as the next version of one."""
    versions = current_versions(desk().setting.id)
    form = IncomingForm(versions, chosen=request.args.get("agreement", ""))
    if form.validate_on_submit() and (draft := _begun(desk().setting.id, form)):
        return redirect(url_for("manager.review", draft_id=draft.id))
    return show("agreement_new", "agreements", form=form)


@manager.route("/agreements/drafts/<uuid:draft_id>/review", methods=["GET", "POST"])
def review(draft_id: UUID) -> ResponseReturnValue:
    """What came of a file, beside it: what was left out, and which headings were guessed."""
    draft, incoming = _reviewed_or_404(desk().setting.id, draft_id)
    form = ReviewForm(open_guesses(draft, incoming), draft.revision)
    if form.validate_on_submit():
        return _use(draft, incoming, form)
    return show(
        "agreement_review",
        "agreements",
        form=form,
        draft=draft,
        incoming=incoming,
        text=to_html(draft.text, top_heading=3),
        wordings=list(dict.fromkeys(draft.wordings.values())),
    )


def _begun(setting_id: UUID, form: IncomingForm) -> Draft | None:
    """The draft of what came; None where the form says what to do instead."""
    before = form.before
    if _taken(setting_id, form, before, form.title.data or ""):
        return None
    end_reading()
    try:
        incoming = read(form.file_name, form.came())
    except Refused as refused:
        form.refuse(refused.sentence)
        return None
    title = form.called(incoming.title)
    if not title:
        form.title.errors = ("Give it a title, such as Camera Policy.",)
    if not title or _taken(setting_id, form, before, title):
        return None
    edition = edition_from(incoming, title, before)
    return draft_from(setting_id, incoming, edition, desk().manager.id, before)


def _taken(setting_id: UUID, form: IncomingForm, before: Version | None, title: str) -> bool:
    """Whether this agreement is there or in somebody's hands already; says so beside its field."""
    if before is not None and draft_for(setting_id, before.agreement_id):
        form.agreement.errors = (
            "Somebody has begun its next version already. Finish that draft first, or drop it.",
        )
    elif before is None and called(setting_id, title):
        form.agreement.errors = (
            f"You have an agreement called “{title}”. Choose it here, or type another title below.",
        )
    return bool(form.agreement.errors)


def _use(draft: Draft, incoming: Incoming, form: ReviewForm) -> ResponseReturnValue:
    try:
        confirm_headings(draft, incoming, form.chosen(), desk().manager.id, form.began_from)
    except SavedMeanwhile:
        flash("Somebody else changed this draft meanwhile. This is how it stands now.", "warning")
        return redirect(url_for("manager.review", draft_id=draft.id))
    flash(f"“{draft.title}” is kept as a draft. Nobody is asked to sign it yet.", "success")
    return redirect(url_for("manager.draft", draft_id=draft.id))


def _reviewed_or_404(setting_id: UUID, draft_id: UUID) -> tuple[Draft, Incoming]:
    """A draft of this setting that came from a file or was pasted, and the report of that."""
    draft = draft_of(setting_id, draft_id)
    if draft is None or draft.source is None:
        abort(404)
    return draft, Incoming.from_dict(draft.source)
