"""Publishing a draft: what is decided, who must sign again, and how far it is."""

from datetime import date
from uuid import UUID

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from agreements.drafting import SavedMeanwhile, edition_of
from agreements.incoming.report import Incoming
from agreements.progress import Progress, draft_underway, progress_of
from agreements.publishing import news
from agreements.underway import (
    Decision,
    NotReady,
    ask_to_publish,
    problems,
    stop_publishing,
)
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.drafts import draft_or_404
from blueprints.manager.publish_forms import PublishForm
from models.agreements import Version, newest_version, published_version
from models.base import new_id
from models.drafts import Draft
from renewals.asking import Effect, effect
from renewals.schedule import DAYS_TO_SIGN_FIRST
from web.access import desk
from web.answers import whole_number

CHANGED = "Somebody saved the draft meanwhile, so nothing was published. Please look at it again."


@manager.route("/agreements/drafts/<uuid:draft_id>/publishing", methods=["GET", "POST"])
def publishing(draft_id: UUID) -> ResponseReturnValue:
    """Ask what changed, show who must sign again, and publish when the manager says so."""
    setting = desk().setting
    found = draft_or_404(setting.id, draft_id)
    progress = progress_of(found)
    if progress is not None and progress.underway:
        return redirect(url_for("manager.publishing_progress", version_id=progress.version_id))
    newest = _newest(found)
    today = clock.today(setting.time_zone)
    form = PublishForm(today, first=newest is None, draft=_answers(found, today))
    missing = problems(found)
    if form.validate_on_submit() and not missing and "back" not in request.form:
        decision = form.decision(desk().manager.id)
        if "publish" in request.form:
            return _publish(found, form, decision)
        return _check(found, newest, form, decision)
    return show(
        "publish",
        "agreements",
        form=form,
        draft=found,
        newest=newest,
        problems=missing,
        fault=progress.fault if progress else None,
    )


@manager.get("/agreements/publishing/<uuid:version_id>")
def publishing_progress(version_id: UUID) -> ResponseReturnValue:
    """How far it is; the version itself once it is published. A script asks for JSON."""
    setting_id = desk().setting.id
    done = published_version(setting_id, version_id)
    found = draft_underway(setting_id, version_id)
    progress = progress_of(found) if found else None
    if request.accept_mimetypes.best == "application/json":
        return jsonify(done=progress is None or not progress.underway)
    if done is not None:
        flash("Published. The tablet shows it from now on.", "success")
        return redirect(url_for("manager.version", version_id=version_id))
    if found is None or progress is None:
        abort(404)
    return _progress(found, progress)


@manager.post("/agreements/publishing/<uuid:version_id>/stopping")
def stopping(version_id: UUID) -> ResponseReturnValue:
    """Go on writing instead, while it is not published yet."""
    setting_id = desk().setting.id
    found = draft_underway(setting_id, version_id)
    if found is None and published_version(setting_id, version_id) is None:
        abort(404)
    draft_id = found.id if found else None
    if draft_id is None or not stop_publishing(setting_id, draft_id):
        return redirect(url_for("manager.publishing_progress", version_id=version_id))
    flash("Stopped. Nothing was published, and the draft is as it was.", "success")
    return redirect(url_for("manager.draft", draft_id=draft_id))


def _progress(found: Draft, progress: Progress) -> ResponseReturnValue:
    if not progress.underway:
        return redirect(url_for("manager.publishing", draft_id=found.id))
    return show("publish_progress", "agreements", form=FlaskForm(), draft=found, progress=progress)


def _publish(found: Draft, form: PublishForm, decision: Decision) -> ResponseReturnValue:
    draft_id, seen = found.id, whole_number(form.revision.data)
    try:
        version_id = ask_to_publish(found, decision, began_from=seen)
    except SavedMeanwhile:
        flash(CHANGED, "error")
        return redirect(url_for("manager.publishing", draft_id=draft_id))
    except NotReady:
        return redirect(url_for("manager.publishing", draft_id=draft_id))
    return redirect(url_for("manager.publishing_progress", version_id=version_id))


def _check(
    found: Draft, newest: Version | None, form: PublishForm, decision: Decision
) -> ResponseReturnValue:
    setting, edition = desk().setting, edition_of(found)
    agreement_id = found.agreement_id or new_id()
    would_be = news(agreement_id, edition, decision.change, newest)
    does: Effect = effect(setting.id, would_be, clock.today(setting.time_zone))
    return show(
        "publish_check",
        "agreements",
        form=form,
        draft=found,
        number=newest.number + 1 if newest else 1,
        change=decision.change,
        adopted=decision.adopted,
        last_day=would_be.material.day.on if would_be.material else None,
        effect=does,
        signs=does.must_sign,
        week=DAYS_TO_SIGN_FIRST,
        most=PAGE,
    )


def _newest(found: Draft) -> Version | None:
    if found.agreement_id is None:
        return None
    return newest_version(found.setting_id, found.agreement_id)


def _answers(found: Draft, today: date) -> dict[str, object]:
    """What the text itself says of its adoption, and what was decided before, if that failed."""
    answers: dict[str, object] = {"revision": found.revision, "effective_on": today}
    if found.source is not None:
        answers |= Incoming.from_dict(found.source).adoption.answers()
    if found.publishing is not None:
        decision = Decision.read(found.publishing)
        change = decision.change
        answers |= {"kind": change.kind, "reason": change.reason}
        answers |= {"effective_on": change.effective_on, "days_to_sign": change.days_to_sign}
        answers |= vars(decision.adopted) if decision.adopted else {}
    return answers
