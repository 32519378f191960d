"""Today: who needs chasing, what was signed last, and is everything safe?"""

from flask import current_app
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.coming import coming
from blueprints.manager.home_people import pauses_by_kind, to_ask
from blueprints.manager.safety import safety
from blueprints.manager.worries import worries
from config import Config
from models.agreements import version_names
from models.checks import last_check
from models.choices import EVERYTHING, page_of
from models.handovers import open_handover
from models.managers import holders
from models.tablets import tablets_of
from records.confirmed import stamps_of
from records.lifetimes import seal_life
from records.retention import waiting_for_erasure
from records.voiding import voided
from renewals.groups import by_category, counts, groups
from web.access import desk

NEWEST = 3


@manager.get("/")
def home() -> ResponseReturnValue:
    """Today's answer on one screen."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    found = groups(setting.id, today)
    newest = page_of(setting.id, EVERYTHING, NEWEST).rows
    tablets = [tablet for tablet in tablets_of(setting.id) if tablet.revoked_at is None]
    config: Config = current_app.config["FINGERPOST"]
    return show(
        "home",
        "today",
        today=today,
        counts=counts(found),
        coverage=by_category(found),
        ask=to_ask(setting, today),
        newest=newest,
        voids=voided(setting.id, [signing.id for signing, _record in newest]),
        pauses=pauses_by_kind(setting.id),
        versions=version_names(setting.id),
        tablets=tablets,
        dsl_named=bool(holders(setting, "dsl")),
        only_here=not config.public,
        letters=bool(config.mail_url),
        worries=worries(setting),
        safety=safety(setting.id, tablets),
        stamps=stamps_of(setting.id) if config.timestamp_url else None,
        seal=seal_life(setting.id, clock.now()),
        coming=coming(setting.id, today),
        check=last_check(setting.id),
        time_over=waiting_for_erasure(setting.id, today),
        handover=open_handover(setting.id),
    )
