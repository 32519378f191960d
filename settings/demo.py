"""The demo setting: a believable cast, some of whom have signed today."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import clock
from extensions import db
from models.agreements import current_versions
from models.base import new_id
from models.events import happened
from models.people import Person, add_person
from models.settings import Setting
from models.tablets import Tablet, approve_pairing, new_pairing
from models.writing import writing
from records.signing import sign
from renewals.dues import ask_first_time
from settings.opening import Opening, open_setting

EMAIL = "demo@example.org"


@dataclass(frozen=True)
class Part:
    """One person of the demo: added some days ago, and perhaps signing today."""

    full_name: str
    category: str
    organisation: str | None
    added_days_ago: int
    signs: bool


PARTS = (
    Part("Gwenllian Morfydd Angharad Llewellyn-Fairweather", "employee", None, 40, True),
    Part("Siân Rhiannon Prydderch", "employee", None, 40, True),
    Part("Tom Baker", "bank_staff", None, 20, False),
    Part("Łukasz Żółkiewski", "agency_worker", "Bright Staff Ltd", 1, True),
    Part("Chloe Adeyemi", "agency_worker", "Bright Staff Ltd", 9, False),
    Part("Amelia Hart", "volunteer", None, 12, True),
    Part("Priya Raman", "volunteer", None, 3, False),
    Part("ليلى حداد", "parent_helper", None, 2, True),
    Part("James O’Connor", "parent_helper", None, 0, False),
    Part("Margaret Ann Pugh", "committee_member", None, 30, True),
    Part("Wei Chen 陈伟", "student", "Weston College", 5, True),
    Part("Ngozi Okafor", "visitor", None, 8, False),
)


def load_demo(password: str) -> Iterator[str]:
    """Open the setting and let its cast sign; gives each name as it is done."""
    setting = open_setting(
        Opening(
            "Bluebells Pre-School",
            EMAIL,
            password,
            is_dsl=True,
            charity_number="1072298",
            ofsted_urn="EY123456",
            address="The Old Chapel, Church Lane, Clevedon BS21 6AB",
        )
    )
    tablet = approve_pairing(setting, new_pairing().user_code, "Front door", None)
    for number, part in enumerate(PARTS):
        person = _add(setting, part)
        if part.signs:
            sign(tablet, new_id(), _body(setting, tablet, person, number), clock.now(), None)
        yield part.full_name


def _add(setting: Setting, part: Part) -> Person:
    since = clock.today(setting.time_zone) - timedelta(days=part.added_days_ago)
    with writing():
        person = add_person(
            setting.id,
            full_name=part.full_name,
            category=part.category,
            organisation=part.organisation,
            since=since,
        )
        ask_first_time(setting.id, person.id, part.category, since)
        happened(setting.id, "person.added", {"person": str(person.id)}, {"by": "demo"})
    return person


def _body(setting: Setting, tablet: Tablet, person: Person, number: int) -> dict[str, Any]:
    now = clock.now().isoformat()
    version = current_versions(setting.id)[0]
    db.session.rollback()
    declares = number == 5
    return {
        "format": 1,
        "sitting_id": str(new_id()),
        "version_id": str(version.id),
        "person_id": str(person.id),
        "person": None,
        "method": "drawn",
        "drawing": _scribble(number),
        "declaration": {
            "kind": "relationship" if declares else "none",
            "note": "My niece starts in the Bluebell room in January." if declares else None,
        },
        "reading": {"opened_at": now, "furthest": 1.0, "text_size": "normal"},
        "signed_at": now,
    }


def _scribble(seed: int) -> dict[str, Any]:
    """Loops that look like handwriting, different for each person."""
    groups = []
    for stroke in range(3):
        left, tall = 60 + stroke * 170, 26 + (seed * 7 + stroke * 11) % 24
        points = [
            {
                "x": left + i * 2.4 + 12 * math.cos(i / 2.6),
                "y": 110 + tall * math.sin(i / (2.2 + seed % 3 / 5)),
                "time": stroke * 900 + i * 16,
            }
            for i in range(54)
        ]
        groups.append({"minWidth": 0.5, "maxWidth": 2.5, "dotSize": 0, "points": points})
    return {"width": 600, "height": 220, "groups": groups}
