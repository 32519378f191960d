"""Opens a setting: its keys, its first manager and the agreement it starts with."""

from dataclasses import dataclass

import clock
from agreements.starter import publish_starter
from extensions import db
from models.base import new_id
from models.events import begin_history, happened
from models.links import usable_link
from models.managers import Manager, manager_by_email
from models.settings import Setting, any_setting, free_slug
from models.writing import writing
from records.keys import make_keys
from settings.passwords import hashed
from settings.team import add_role


class AlreadySetUp(Exception):
    """Fingerpost is set up already. Sign in instead."""


@dataclass(frozen=True)
class Opening:
    """The answers of the set-up page."""

    name: str
    email: str
    password: str
    is_dsl: bool
    charity_number: str | None = None
    ofsted_urn: str | None = None
    address: str | None = None
    logo: bytes | None = None
    # Whether managers are asked for a second step, or it is only offered.
    asks_second_step: bool = True


def open_first_setting(opening: Opening, token: str) -> Manager:
    """Set up an empty installation with its one-time link; raises LinkNotUsable, AlreadySetUp."""
    password_hash = hashed(opening.password)
    with writing():
        if any_setting():
            raise AlreadySetUp
        usable_link("setup", token).used_at = clock.now()
        _setting, manager = _open(opening, password_hash)
    return manager


def open_setting(opening: Opening) -> Setting:
    """Open one more setting, for whoever hosts; a manager who is known keeps their password."""
    password_hash = hashed(opening.password)
    with writing():
        setting, _manager = _open(opening, password_hash)
    return setting


def _open(opening: Opening, password_hash: str) -> tuple[Setting, Manager]:
    setting = Setting(
        slug=free_slug(opening.name),
        name=opening.name,
        address=opening.address,
        charity_number=opening.charity_number,
        ofsted_urn=opening.ofsted_urn,
        logo=opening.logo,
    )
    db.session.add(setting)
    db.session.flush()
    if opening.asks_second_step:
        setting.second_step_since = clock.today(setting.time_zone)
    begin_history(setting.id)
    make_keys(setting)
    manager = manager_by_email(opening.email) or new_manager(opening.email, password_hash)
    happened(setting.id, "setting.opened", {"manager": str(manager.id)}, {"name": setting.name})
    for role in ("owner", "manager", *(("dsl",) if opening.is_dsl else ())):
        add_role(setting.id, manager.id, role, None, manager.id)
    publish_starter(setting.id)
    return setting, manager


def new_manager(email: str, password_hash: str, name: str | None = None) -> Manager:
    """Add a sign-in inside writing(); what it may do comes with its memberships."""
    manager = Manager(
        email=email.strip().lower(),
        name=name,
        password=password_hash,
        fs_uniquifier=new_id().hex,
    )
    db.session.add(manager)
    db.session.flush()
    return manager
