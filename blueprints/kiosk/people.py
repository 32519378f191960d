"""Who are you? Names are looked up three letters at a time; there is no list to browse."""

from collections import Counter
from uuid import UUID

from flask import Response, abort, jsonify
from flask.typing import ResponseReturnValue

import clock
from blueprints.kiosk.blueprint import kiosk, told
from blueprints.kiosk.changes import shown
from models.merges import kept_id
from models.names import name_key
from models.pauses import open_pause_of
from models.people import Known, known_person
from models.search import find_people
from models.settings import Setting
from models.signings import last_signed
from models.throttles import count_try
from records.changes import changes_for
from renewals.dues import Standing, standings
from web.access import holder, tablet
from web.errors import error_page

FEWEST_LETTERS = 3
MOST_MATCHES = 8
LONGEST_QUERY = 100


@kiosk.post("/people/search")
def search() -> ResponseReturnValue:
    """At most eight people whose name may be the one that was typed, masked."""
    typed = told("q")
    if typed is None or len(typed) > LONGEST_QUERY:
        return error_page(400)
    if len(name_key(typed).replace(" ", "")) < FEWEST_LETTERS:
        return {"errors": {"q": "Type at least three letters of your name."}}, 422
    count_try("people_search", str(holder().id))
    setting_id = holder().setting_id
    return jsonify(people=_labelled(setting_id, find_people(setting_id, typed, MOST_MATCHES)))


@kiosk.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> Response:
    """The full name for "Is this you?", and where they stand with each agreement."""
    setting = tablet().setting
    # A tablet that was offline may still know somebody by the entry that was joined to another.
    known = known_person(setting.id, kept_id(setting.id, person_id))
    if known is None:
        abort(404)
    pause = open_pause_of(setting.id, known.person.id)
    return jsonify(
        id=str(known.person.id),
        full_name=known.person.full_name,
        category=known.category,
        category_words=known.category_words,
        organisation=known.organisation,
        under_18=known.person.under_18,
        pause=pause.kind if pause else None,
        agreements=_standings(setting, known),
    )


def _standings(setting: Setting, known: Known) -> list[dict[str, object]]:
    return [
        {
            "agreement_id": str(standing.version.agreement_id),
            "version_id": str(standing.version.id),
            "title": standing.version.title,
            "stage": standing.stage,
            "due_on": standing.due_on.isoformat(),
            "anew": standing.anew,
            "version_signed": str(standing.signed.version_id) if standing.signed else None,
            "signed_at": standing.signed.effective_at.isoformat() if standing.signed else None,
            "what_changed": _what_changed(known, standing),
        }
        for standing in standings(known, clock.today(setting.time_zone))
    ]


def _what_changed(known: Known, standing: Standing) -> dict[str, object] | None:
    """For somebody whose last signing was of an older version: what is different now."""
    version, person = standing.version, known.person
    if standing.signed is None or standing.signed.version_id == version.id:
        return None
    found = next(changes_for(person.setting_id, person.id, version, known.category), None)
    return shown(found) if found else None


def _labelled(setting_id: UUID, found: list[Known]) -> list[dict[str, str]]:
    """First name and initial; where two look alike, who sends them or when they last signed."""
    labels = [_mask(known.person.full_name) for known in found]
    twice = Counter(zip(labels, (known.category for known in found), strict=True))
    months = last_signed(setting_id, [known.person.id for known in found])
    people = []
    for label, known in zip(labels, found, strict=True):
        if twice[label, known.category] > 1:
            month = months.get(known.person.id)
            told_apart = known.organisation or (f"signed {month:%B %Y}" if month else "not signed")
            label = f"{label} ({told_apart})"
        people.append(
            {"id": str(known.person.id), "label": label, "category": known.category_words}
        )
    return people


def _mask(full_name: str) -> str:
    first, *rest = full_name.split()
    return f"{first} {rest[-1][0]}." if rest else first
