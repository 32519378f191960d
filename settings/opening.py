"""Opens a setting: its keys, its first manager and the agreement it starts with."""

from dataclasses import dataclass

import clock
from agreements.starter import publish_starter
from extensions import db
from models.base import new_id
from models.events import begin_history, happened
from models.links import usable_link
from models.managers import Manager, Membership, manager_by_email
from models.settings import Setting, any_setting, free_slug
from models.writing import writing
from records.keys import make_keys
from settings.passwords import hashed


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
    manager = _manager(opening.email, password_hash)
    happened(setting.id, "setting.opened", {"manager": str(manager.id)}, {"name": setting.name})
    for role in ("owner", "manager", *(("dsl",) if opening.is_dsl else ())):
        _give(setting, manager, role)
    publish_starter(setting.id)
    return setting, manager


def _manager(email: str, password_hash: str) -> Manager:
    known = manager_by_email(email)
    if known is not None:
        return known
    manager = Manager(
        email=email.strip().lower(), password=password_hash, fs_uniquifier=new_id().hex
    )
    db.session.add(manager)
    db.session.flush()
    return manager


def _give(setting: Setting, manager: Manager, role: str) -> None:
    db.session.add(
        Membership(
            setting_id=setting.id,
            manager_id=manager.id,
            role=role,
            since=clock.today(setting.time_zone),
            given_by_id=manager.id,
        )
    )
    happened(setting.id, "membership.given", {"manager": str(manager.id), "role": role})
