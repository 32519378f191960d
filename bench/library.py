"""What publishing costs in a setting of 2,000 people, and what three agreements weigh on the wire.

`python -m bench.library` measures this alone, in a process and on a database of its own.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import clock
from agreements.drafting import edition_of_version
from agreements.publishing import Change, news, publish
from agreements.starter import starter_edition
from app import create_app
from bench.decisions import run, set_up
from bench.server import OWN_PAGE
from extensions import db
from models.agreements import current_versions
from models.base import token_hash
from models.people import add_person
from models.settings import Setting, all_settings
from models.tablets import Tablet
from models.writing import writing
from renewals.asking import effect

PEOPLE = 2000
TOKEN = "tablet-token-of-the-bench"  # noqa: S105


def measure() -> dict[str, Any]:
    """Set an installation up and do it there."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        found: dict[str, Any] = json.loads(run(Path(folder), "bench.library", "here"))
    return found


def main() -> None:
    """Without a word: everything. With "here": on the installation of this process."""
    if sys.argv[1:] != ["here"]:
        print(json.dumps(measure(), indent=2))
        return
    app = create_app()
    with app.app_context():
        setting = all_settings()[0]
        _fill(setting)
        found = {"people": PEOPLE} | _publishing(setting)
        _add_two_more(setting)
    headers = OWN_PAGE | {"Accept-Encoding": "gzip", "Cookie": f"fingerpost-tablet={TOKEN}"}
    bundle = app.test_client(use_cookies=False).get("/kiosk/bundle", headers=headers)
    packed = {"bundle_of_three_kilobytes_gzip": round(len(bundle.data) / 1000, 1)}
    print(json.dumps(found | packed))


def _fill(setting: Setting) -> None:
    since = clock.today(setting.time_zone)
    tablet = Tablet(setting_id=setting.id, name="By the door", token_hash=token_hash(TOKEN))
    with writing():
        db.session.add(tablet)
        for number in range(PEOPLE):
            who = {"category": "volunteer", "organisation": None, "since": since}
            add_person(tablet.setting_id, full_name=f"Person {number}", **who)  # type: ignore[arg-type]


def _publishing(setting: Setting) -> dict[str, Any]:
    """A version that asks everybody for the first time, then one that moves everybody's day."""
    setting_id, today = setting.id, clock.today(setting.time_zone)
    found: dict[str, Any] = {}
    for kind in ("minor", "material"):
        version = current_versions(setting_id)[0]
        edition = edition_of_version(version)
        change = Change(kind, today, "Measured.", days_to_sign=3)  # type: ignore[arg-type]
        would = news(version.agreement_id, edition, change, version)
        found[f"{kind}_preview"] = _cost(lambda: effect(setting_id, would, today))  # noqa: B023

        def act() -> None:
            with writing():
                publish(setting_id, edition, None, change)  # noqa: B023

        found[f"{kind}_publishing"] = _cost(act)
    return found


def _cost(act: Callable[[], object]) -> dict[str, float]:
    said: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    began = time.process_time()
    act()
    cost = time.process_time() - began
    sa.event.remove(db.engine, "before_cursor_execute", count)
    return {"cpu_seconds": round(cost, 3), "statements": len(said)}


def _add_two_more(setting: Setting) -> None:
    """As long as the starting agreement, in another order of words: packing finds little there."""
    setting_id, shuffle = setting.id, random.Random(5)  # noqa: S311
    for title in ("Camera Policy", "Whistleblowing Policy"):
        edition = starter_edition()
        words = edition.text.split(" ")
        shuffle.shuffle(words)
        with writing():
            publish(setting_id, replace(edition, title=title, text=" ".join(words)))


if __name__ == "__main__":
    main()
