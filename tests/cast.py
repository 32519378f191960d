"""The people of the tests: Alice owns, Bob helps, Charlie belongs elsewhere."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_security.utils import hash_password

import clock
from agreements.drafting import edition_of_version
from agreements.publishing import publish
from extensions import db
from models.agreements import Version, current_versions
from models.base import new_id, token_hash
from models.managers import Manager, Membership, manager_by_email
from models.outbox import OutboxItem
from models.people import Person, add_person
from models.settings import Setting, setting_by_slug
from models.tablets import Tablet
from models.writing import writing
from renewals.dues import ask_first_time
from settings.opening import Opening, open_setting

PASSWORD = "a long enough password"
TABLET_TOKEN = "tablet-token-of-bluebells"
OTHER_TOKEN = "tablet-token-of-the-owls"


class Cast:
    """Finds everybody by name, in whatever session is open."""

    @property
    def bluebells(self) -> Setting:
        """The setting most tests happen in."""
        return _one(setting_by_slug("bluebells"))

    @property
    def owls(self) -> Setting:
        """Somebody else's setting; nothing of it may show at Bluebells."""
        return _one(setting_by_slug("little-owls"))

    @property
    def alice(self) -> Manager:
        """Owner, manager and safeguarding lead of Bluebells."""
        return _one(manager_by_email("alice@example.org"))

    @property
    def bob(self) -> Manager:
        """Manager at Bluebells, and not its safeguarding lead."""
        return _one(manager_by_email("bob@example.org"))

    @property
    def charlie(self) -> Manager:
        """Owner of Little Owls, and a stranger at Bluebells."""
        return _one(manager_by_email("charlie@example.org"))

    @property
    def tablet(self) -> Tablet:
        """Bluebells' tablet by the front door; its token is TABLET_TOKEN."""
        return _one(db.session.scalar(sa.select(Tablet).where(Tablet.name == "Front door")))

    @property
    def sian(self) -> Person:
        """A volunteer at Bluebells who has never signed."""
        return _one(
            db.session.scalar(sa.select(Person).where(Person.full_name == "Siân Llewellyn"))
        )

    @property
    def version(self) -> Version:
        """Bluebells' one agreement, version 1."""
        return current_versions(self.bluebells.id)[0]


def opening(name: str, email: str) -> Opening:
    """A setting whose owner is its safeguarding lead, and which only offers a second step."""
    return Opening(name, email, PASSWORD, is_dsl=True, asks_second_step=False)


def bring_in_the_cast() -> None:
    """Commit the cast into an empty, migrated database."""
    bluebells = open_setting(opening("Bluebells", "alice@example.org"))
    owls = open_setting(opening("Little Owls", "charlie@example.org"))
    with writing():
        bob = Manager(
            email="bob@example.org", password=hash_password(PASSWORD), fs_uniquifier=new_id().hex
        )
        db.session.add(bob)
        db.session.flush()
        today = clock.today(bluebells.time_zone)
        db.session.add(
            Membership(setting_id=bluebells.id, manager_id=bob.id, role="manager", since=today)
        )
        for setting, name, token in (
            (bluebells, "Front door", TABLET_TOKEN),
            (owls, "Owls' tablet", OTHER_TOKEN),
        ):
            db.session.add(Tablet(setting_id=setting.id, name=name, token_hash=token_hash(token)))
        sian = add_person(
            bluebells.id,
            full_name="Siân Llewellyn",
            category="volunteer",
            organisation=None,
            since=today,
        )
        ask_first_time(bluebells.id, sian.id, "volunteer", today)
        # No test but that of laying out ahead waits for the cast's pages.
        db.session.execute(sa.delete(OutboxItem))


def publish_next(**changes: Any) -> Version:
    """Publish Bluebells' next version: like the one before it, but for these fields."""
    old = Cast().version
    edition = replace(edition_of_version(old), **changes)
    with writing():
        return publish(old.setting_id, edition)


def loops(strokes: int = 3, samples: int = 24) -> dict[str, Any]:
    """A drawing such as a finger makes, in signature_pad's own shape."""
    groups = []
    for stroke in range(strokes):
        left = 40 + stroke * 150
        points = [
            {
                "x": left + i * 4.0,
                "y": 100 + (40 if i % 6 < 3 else -40) * (1 - i / (2 * samples)),
                "time": 1763970000000 + stroke * 800 + i * 16,
                "pressure": 0.5,
            }
            for i in range(samples)
        ]
        groups.append(
            {
                "penColor": "black",
                "dotSize": 0,
                "minWidth": 0.5,
                "maxWidth": 2.5,
                "velocityFilterWeight": 0.7,
                "points": points,
            }
        )
    return {"width": 600, "height": 200, "groups": groups}


def signing_body(version_id: UUID, /, **changes: Any) -> dict[str, Any]:
    """A body of the contract that is accepted as it stands; `changes` replace its fields."""
    body: dict[str, Any] = {
        "format": 1,
        "sitting_id": str(new_id()),
        "version_id": str(version_id),
        "person_id": None,
        "person": {
            "full_name": "Gwenllian Morfydd Angharad Llewellyn-Fairweather",
            "category": "parent_helper",
            "organisation": None,
            "email": None,
            "under_18": False,
        },
        "method": "drawn",
        "drawing": loops(),
        "typed_name": None,
        "witness": None,
        "declaration": {"kind": "none", "note": None},
        "reading": {
            "opened_at": clock.now().isoformat(),
            "reached_end_at": None,
            "furthest": 0.6,
            "read_aloud": False,
            "text_size": "normal",
        },
        "signed_at": clock.now().isoformat(),
    }
    return body | changes


def _one(found: Any) -> Any:
    assert found is not None, "the cast was not brought in"
    return found
