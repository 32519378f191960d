"""The list of records: the newest first, a page at a time, narrowed down by what is asked."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.record_filters import Filter
from blueprints.manager.record_forms import FindForm
from models.agreements import version_names
from models.choices import Page, page_of, texts_of
from models.exports import how_much
from models.leavings import anybody
from models.people import Person
from models.search import find_anybody
from models.signings import Signing, signing_of
from records.voiding import voided
from web.access import desk

MOST_NAMESAKES = 50
NOBODY = "Nobody of this name was found. Try the first letters of the first name or the last name."


@manager.route("/records", methods=["GET", "POST"])
def records() -> ResponseReturnValue:
    """The records that are asked for. Names are posted and lead to a person's number."""
    asked = Filter.read(request.args)
    form = FindForm(_texts(desk().setting.id), **_shown(asked))
    if form.validate_on_submit():
        answers = form.answers()
        if not form.name.data:
            return redirect(url_for("manager.records", **answers))
        found = find_anybody(desk().setting.id, form.name.data, MOST_NAMESAKES)
        if len(found) == 1:
            return redirect(url_for("manager.records", **answers, person=found[0].person.id))
        if found:
            return show("records_whose", "records", form=form, found=found, answers=answers)
        form.name.errors = (NOBODY,)
    return _list(asked, form)


def _list(asked: Filter, form: FindForm) -> tuple[str, int]:
    setting = desk().setting
    page = _page(setting.id, asked)
    # Counting what was found takes longer than finding a page of it; everything is quick to count.
    whole = page.older is None and page.newer is None
    known = whole or not asked.arguments
    return show(
        "records",
        "records",
        form=form,
        page=page,
        asked=asked,
        person=_asked_for(setting.id, asked.person) if asked.person else None,
        voids=voided(setting.id, [signing.id for signing, _record in page.rows]),
        versions=version_names(setting.id),
        how_much=how_much(setting.id, len(page.rows) if whole else None) if known else None,
    )


def _page(setting_id: UUID, asked: Filter) -> Page:
    before, after = (_from(setting_id, name) for name in ("before", "after"))
    choice = asked.choice(desk().setting.time_zone)
    return page_of(setting_id, choice, PAGE, before=before, after=after)


def _from(setting_id: UUID, name: str) -> Signing | None:
    """The signing that a page is before or after; one of this setting, and of no other."""
    signing_id = request.args.get(name, type=UUID)
    return (signing_of(setting_id, signing_id) or abort(404)) if signing_id else None


def _texts(setting_id: UUID) -> list[tuple[str, str]]:
    """Each agreement that has several versions, and each version."""
    texts, found = texts_of(setting_id), list[tuple[str, str]]()
    agreements = [agreement_id for agreement_id, *_ in texts]
    for agreement_id, version_id, title, number in texts:
        whole = f"agreement:{agreement_id}"
        if agreements.count(agreement_id) > 1 and whole not in dict(found):
            found.append((whole, f"{title}, every version"))
        found.append((f"version:{version_id}", f"{title}, version {number}"))
    return found


def _shown(asked: Filter) -> dict[str, object]:
    """The form as it was answered."""
    kind = "version" if asked.version else "agreement"
    number = asked.version or asked.agreement
    names = ("category", "method", "standing", "first", "last")
    shown = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    return shown | ({"text": f"{kind}:{number}"} if number else {})


def _asked_for(setting_id: UUID, person_id: UUID) -> Person | None:
    known = anybody(setting_id, person_id)
    return known.person if known else None
