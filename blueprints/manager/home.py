"""Today: who needs chasing, what was signed last, and is everything safe?"""

from uuid import UUID

from flask import current_app
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.coming import coming
from blueprints.manager.worries import worries
from config import Config
from extensions import db
from models.agreements import version_names
from models.checks import last_check
from models.handovers import open_handover
from models.managers import holders
from models.pauses import KINDS, Pause, open_pauses
from models.people import Known, Person, people_now
from models.signings import signings_newest_first
from models.tablets import tablets_of
from records.lifetimes import seal_life
from records.voiding import voided
from renewals.coverage import counts, places, to_chase
from web.access import desk

MOST_CHASED = 8
NEWEST = 5


@manager.get("/")
def home() -> ResponseReturnValue:
    """Today's answer on one screen."""
    setting = desk().setting
    everybody = places(setting.id, clock.today(setting.time_zone))
    chase = to_chase(everybody)
    newest = db.session.execute(signings_newest_first(setting.id).limit(NEWEST)).all()
    config: Config = current_app.config["FINGERPOST"]
    return show(
        "home",
        "today",
        today=clock.today(setting.time_zone),
        where=everybody,
        counts=counts(everybody),
        chase=_known(setting.id, chase[:MOST_CHASED]),
        more_to_chase=max(0, len(chase) - MOST_CHASED),
        newest=newest,
        voids=voided(setting.id, [signing.id for signing, _record in newest]),
        pauses=_pauses(setting.id),
        versions=version_names(setting.id),
        tablets=[tablet for tablet in tablets_of(setting.id) if tablet.revoked_at is None],
        dsl_named=bool(holders(setting, "dsl")),
        only_here=not config.public,
        letters=bool(config.mail_url),
        worries=worries(setting),
        seal=seal_life(setting.id, clock.now()),
        coming=coming(setting.id, clock.today(setting.time_zone)),
        check=last_check(setting.id),
        handover=open_handover(setting.id),
    )


def _pauses(setting_id: UUID) -> dict[str, list[tuple[Pause, Person]]]:
    """Who waits for a talk or reads later, by kind; whoever asked twice is there once."""
    kinds: dict[str, dict[UUID, tuple[Pause, Person]]] = {kind: {} for kind in KINDS}
    for pause, person in db.session.execute(open_pauses(setting_id)):
        kinds[pause.kind].setdefault(person.id, (pause, person))
    return {kind: list(found.values()) for kind, found in kinds.items()}


def _known(setting_id: UUID, wanted: list[UUID]) -> list[Known]:
    """These people, in the order asked for."""
    rows = db.session.execute(people_now(setting_id).where(Person.id.in_(wanted)))
    found = {row[0].id: Known(*row) for row in rows}
    return [found[person_id] for person_id in wanted]
